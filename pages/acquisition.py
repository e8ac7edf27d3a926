import streamlit as st

from ecodash.ui import acquisition, acquisition_costs, acquisition_documents, acquisition_visits, empty, shell

view = shell.require()
shell.head(view, "acquisition")
if not empty.no_data(view):
    found = acquisition.look(view)
    if found is not None:
        acquisition.numbers(view, found)
        acquisition.answer(view, found)
        acquisition_costs.by_channel(view, found)
        left, right = st.columns(2)
        with left:
            acquisition_costs.payback(view, found)
        with right:
            acquisition_costs.returned(view, found)
    acquisition_visits.funnel(view)
    acquisition_visits.discounts(view)
    acquisition_documents.against(view)
