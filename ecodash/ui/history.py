"""The loads of the workspace, newest first: what each did, and how to take it back."""

from datetime import datetime
from functools import partial

import polars as pl
import streamlit as st

from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.session import Session
from ecodash.ui import cache, file_cards, report, state
from ecodash.ui.view import View
from ecodash.ui.words import count, local_moment, md, say, t

SHOWN = 6


def draw(view: View, shop: Session) -> None:
    """Draws the newest loads, all of them when asked."""
    st.header(say("data.history"), anchor=False)
    loads = cache.loads(shop).sort("load_id", descending=True)
    if loads.is_empty():
        st.caption(say("data.no_history"))
        return
    everything = loads.height <= SHOWN or st.toggle(say("loads.all", n=loads.height), key="loads.all")
    shown = loads if everything else loads.head(SHOWN)
    report.block("loads", title=t("data.history"), figure=None, table=_table(shown), said=())
    for load in shown.to_dicts():
        _one(view, shop, load)


def _table(loads: pl.DataFrame) -> Table:
    """The loads as a table: file, SHA-256, and what became of the rows; those taken back are said to be."""
    counts = ("kept", "rejected", "new", "changed", "unchanged")
    columns = [Column(name=name, heading=t(f"loads.column.{name}")) for name in ("load_id", "file", "sha256", "active")]
    columns += [Column(name=name, heading=t(f"loads.column.{name}"), unit=Unit.ROWS) for name in counts]
    return Table(title=t("data.history"), frame=loads, columns=columns)


def _one(view: View, shop: Session, load: dict[str, object]) -> None:
    number = int(str(load["load_id"]))
    with st.container(border=True, key=f"load.{number}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{md(load['file'])}**", width="stretch")
            if not load["active"]:
                st.badge(say("loads.undone"), color="gray", icon=":material/undo:")
            st.button(
                say("loads.undo" if load["active"] else "loads.redo"),
                key=f"switch.{number}",
                icon=":material/undo:" if load["active"] else ":material/redo:",
                on_click=partial(switch, shop, number, undo=bool(load["active"])),
            )
        st.caption(f"{_when(view, load)}  \n{_counts(load)}")
        if load["rejected"]:
            _rejects(view, shop, number, str(load["file"]))


def switch(shop: Session, number: int, *, undo: bool) -> None:
    """Takes a load back or brings it back, and says so."""
    (shop.undo if undo else shop.redo)(number)
    cache.look(shop)
    state.leave_message(say("loads.undone_note" if undo else "loads.redone_note", load=number))


def _when(view: View, load: dict[str, object]) -> str:
    loaded = load["loaded_at"]
    moment = local_moment(loaded, view.shop.settings.business_zone) if isinstance(loaded, datetime) else ""
    return say("loads.when", moment=moment)


def _counts(load: dict[str, object]) -> str:
    names = ("kept", "rejected", "new", "changed", "unchanged")
    return say("loads.line", **{name: count(float(str(load[name] or 0))) for name in names})


def _rejects(view: View, shop: Session, number: int, file: str) -> None:
    if st.toggle(say("loads.rejects"), key=f"rejects.open.{number}"):
        file_cards.refused(view, shop.rejects(number), key=f"load.{number}", name=file)
