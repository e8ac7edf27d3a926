import streamlit as st

from ecodash.ui import (
    customers,
    customers_list,
    customers_numbers,
    customers_products,
    customers_segments,
    customers_value,
    empty,
    repurchase,
    shell,
)

view = shell.require()
shell.head(view, "customers")
if not empty.no_data(view):
    standing = repurchase.standing(view)
    if not empty.filtered(view, standing) and not empty.block(standing, "customers"):
        found = customers.look(view)
        if found is None:
            empty.block(None, "customers")
        else:
            customers_value.offer(found)
            customers_numbers.row(view, found)
            customers_segments.answer(view, found)
            left, right = st.columns(2)
            with left:
                customers_segments.sizes(view, found)
                customers_numbers.standings(view, found)
            with right:
                customers_segments.grid(view, found)
                customers_segments.cut_offs(view, found)
            customers_segments.movement(view, found)
            customers_value.curve(view)
            customers_value.forecast(view, found)
            customers_products.upcoming(view, found)
            customers_products.together(view, found)
            customers_list.export(view, found)
