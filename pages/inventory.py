import streamlit as st

from ecodash.ui import (
    empty,
    inventory,
    inventory_documents,
    inventory_places,
    inventory_reorder,
    inventory_stock,
    shell,
)

view = shell.require()
shell.head(view, "inventory")
if not empty.no_data(view):
    here = inventory.look(view)
    inventory.numbers(view, here)
    inventory.answer(view, here)
    if here.counted:
        inventory.trend(view, here)
        left, right = st.columns(2)
        with left:
            inventory_stock.ageing(view, here)
        with right:
            inventory_stock.cover(view, here)
        inventory_places.draw(view, here)
    inventory_stock.classes(view, here)
    if here.counted:
        inventory_stock.sleeping(view, here)
    inventory_stock.lost(view, here)
    inventory_reorder.draw(view, here)
    inventory_documents.draw(view, here)
