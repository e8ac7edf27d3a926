import streamlit as st

from ecodash.ui import empty, sales, sales_ahead, sales_goals, sales_notes, sales_split, sales_why, shell

view = shell.require()
shell.head(view, "sales")
if not empty.no_data(view) and not empty.filtered(view, view.ask("orders")[0]):
    sales_ahead.ask(view)
    sales.kpis(view)
    sales.controls()
    sales.answer(view)
    sales.trend(view)
    sales_goals.pacing(view)
    sales_why.why(view)
    sales_split.split(view)
    left, right = st.columns(2)
    with left:
        sales_goals.goals(view)
    with right:
        sales_notes.notes(view)
