"""Choosing an entry of the framework, and links to the page of one."""

import streamlit as st

from ecodash.framework.catalogue import ENTRIES, of_kind
from ecodash.framework.entry import Entry, Kind
from ecodash.ui import shell, state
from ecodash.ui.framework_params import PAGE_OF
from ecodash.ui.words import language, md, say, t


def choose(*kinds: Kind) -> Entry:
    """The entry chosen among those of ``kinds``; the first one when the address names another."""
    entries = [entry for kind in kinds for entry in of_kind(kind)]
    ids = [entry.id for entry in entries]
    if state.value("entry") not in ids:
        state.put("entry", [ids[0]])
    key, store = state.widget("entry")
    names = {entry.id: entry.name.to(language()) for entry in entries}
    st.pills(
        t(f"framework.choose_{kinds[0].value}"),
        ids,
        key=key,
        on_change=store,
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    return ENTRIES[state.value("entry")]


def link(entry: Entry, *, note: str = "") -> None:
    """A link to the page that shows an entry."""
    name = entry.name.to(language())
    label = f"{name} {note}" if note else name
    query = {"entry": entry.id}
    st.page_link(shell.page(PAGE_OF[entry.kind.value]), label=md(label), query_params=query)


def back() -> None:
    """The link to the front page of the framework."""
    st.page_link(shell.page("framework"), label=say("framework.back"), icon=":material/grid_view:")
