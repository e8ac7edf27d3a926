import streamlit as st

from ecodash.ui import comparable, comparable_details, comparable_holdout, empty, members, repurchase, shell

view = shell.require()
shell.head(view, "members")
if not empty.no_data(view):
    standing = repurchase.standing(view)
    if not empty.filtered(view, standing) and not empty.block(standing, "members"):
        asked = members.query(view)
        if comparable.known(view, asked, members.EXPOSURE):
            comparable.controls()
            members.numbers(view)
            found = comparable.look(view, asked, members.EXPOSURE, members.FIGURE)
            comparable.answer(found)
            comparable.warnings(found)
            comparable.readings(view, found)
            comparable.verdicts(view, found)
            comparable_details.over_windows(view, found)
            left, right = st.columns(2)
            with left:
                comparable_details.curves(view, found)
            with right:
                comparable_details.over_landmarks(view, found)
            comparable_details.judged(view, found)
            comparable_holdout.draw(view, found)
            left, right = st.columns(2)
            with left:
                members.levels(view)
                members.moves(view)
            with right:
                members.silence(view)
            members.recruits(view)
