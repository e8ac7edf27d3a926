import streamlit as st

from ecodash.ui import comparable, comparable_details, comparable_verdicts, empty, members, repurchase, shell
from ecodash.ui import comparable_holdout as holdout

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
            comparable_verdicts.verdicts(view, found)
            comparable_details.over_windows(view, found)
            comparable_details.course(view, found)
            comparable_details.judged(view, found)
            holdout.draw(view, found)
            left, right = st.columns(2)
            with left:
                members.levels(view)
                members.moves(view)
            with right:
                members.silence(view)
            members.recruits(view)
