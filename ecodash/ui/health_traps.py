"""Data health: the 26 known mistakes of the field, each looked for in the data or impossible by construction."""

import streamlit as st

from ecodash.session.checks.traps import TRAPS, Trap
from ecodash.ui import cache
from ecodash.ui.view import View
from ecodash.ui.words import count, say, word


def traps(view: View) -> None:
    """All 26 with a green tick, or with what was found."""
    counts = {one.code: one.count for one in cache.examined(view.shop)}
    clear = sum(not _found(trap, counts) for trap in TRAPS)
    st.header(say("traps.title", n=clear, all=len(TRAPS)), anchor=False)
    st.caption(say("traps.about"))
    with st.expander(say("traps.list"), icon=":material/checklist:"):
        st.markdown("\n".join(_line(trap, counts) for trap in TRAPS))


def _found(trap: Trap, counts: dict[str, int]) -> int:
    return sum(counts.get(code, 0) for code in trap.checks)


def _line(trap: Trap, counts: dict[str, int]) -> str:
    found = _found(trap, counts)
    if trap.prevented:
        how = f":gray[{word(trap.prevented)}]"
    elif not any(code in counts for code in trap.checks):
        return f"- :gray[:material/remove:] **{trap.code}** {word(trap.name)} — :gray[{say('traps.no_data')}]"
    else:
        how = say("traps.found", n=count(found)) if found else f":gray[{say('traps.none')}]"
    tick = ":orange[:material/search:]" if found else ":green[:material/check_circle:]"
    return f"- {tick} **{trap.code}** {word(trap.name)} — {how}"
