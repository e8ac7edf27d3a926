import streamlit as st

from ecodash.ui import changes, empty, overview, shell

view = shell.require()
shell.head(view, "overview")
if not empty.no_data(view) and not empty.filtered(view, view.ask("orders")[0]):
    overview.ahead_of(view)
    shown = overview.kpis(view)
    overview.answer(view, shown)
    left, right = st.columns(2)
    with left:
        changes.changed(view)
    with right:
        changes.needs(view)
    overview.trend(view)
    overview.channels(view)
