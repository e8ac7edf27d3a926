import streamlit as st

from ecodash.ui import cohorts, empty, repurchase, shell

view = shell.require()
shell.head(view, "repurchase")
if not empty.no_data(view):
    standing = repurchase.standing(view)
    if not empty.filtered(view, standing) and not empty.block(standing, "repurchase"):
        repurchase.controls()
        cohorts.ahead_of(view)
        months = repurchase.months(view)
        repurchase.answer(months)
        repurchase.rate(view, months)
        cohorts.matrix(view)
        left, right = st.columns(2)
        with left:
            cohorts.wait(view)
        with right:
            cohorts.sequence(view)
        left, right = st.columns(2)
        with left:
            cohorts.gaps(view)
        with right:
            repurchase.in_window(view)
