import streamlit as st

from ecodash.ui import empty, fulfilment, fulfilment_after, shell, stated_figures

view = shell.require()
shell.head(view, "fulfilment")
if not empty.no_data(view) and not empty.filtered(view, view.ask("orders")[0]):
    fulfilment.ahead_of(view)
    if fulfilment.measured(view):
        fulfilment.answer(view)
        fulfilment.course(view)
        fulfilment.split_field()
        left, right = st.columns(2)
        with left:
            fulfilment.promises_by(view)
        with right:
            fulfilment.days_by(view)
        fulfilment.joint(view)
    fulfilment_after.back(view)
    fulfilment_after.steps(view)
    fulfilment_after.care(view)
    fulfilment_after.jobs(view)
    stated_figures.draw(view, fulfilment.FIGURES, query=view.query())
