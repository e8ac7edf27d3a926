"""Choosing an entry of the framework, and links to the page of one."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from ecodash.framework.catalogue import ENTRIES, INDICATORS, of_kind
from ecodash.framework.entry import Entry, Kind
from ecodash.ui import shell, state
from ecodash.ui.framework_params import ANALYSIS, PAGE_OF
from ecodash.ui.words import language, md, named, say, t

FED = ("models", "trends", "risks")
MOST_FED = 5


def choose(*kinds: Kind, first: str = "") -> Entry:
    """The entry chosen among those of ``kinds``; ``first``, or the first one, when the address names another."""
    known = {entry.id: kind for kind in kinds for entry in of_kind(kind)}
    if state.value("entry") not in known:
        state.put("entry", [first if first in known else next(iter(known))])
    kind = known[state.value("entry")]
    if len(kinds) > 1:
        _kind(kinds, kind)
    entries = of_kind(kind)
    key, store = state.widget("entry")
    names = {entry.id: entry.name.to(language()) for entry in entries}
    st.pills(
        t(f"framework.kind_{kind.value}"),
        list(names),
        key=key,
        on_change=store,
        required=True,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    return ENTRIES[state.value("entry")]


def _kind(kinds: Sequence[Kind], now: Kind) -> None:
    """Which kind of entry is listed; another one begins with its first."""
    chosen = st.segmented_control(
        t("framework.kind"),
        [kind.value for kind in kinds],
        default=now.value,
        required=True,
        key=f"kind.{now.value}",
        format_func=named("framework.kind_", [kind.value for kind in kinds]),
        label_visibility="collapsed",
    )
    if chosen != now.value:
        state.put("entry", [of_kind(Kind(chosen))[0].id])
        st.rerun()


def link(entry: Entry, *, note: str = "") -> None:
    """A link to the page that shows an entry."""
    name = entry.name.to(language())
    label = f"{name} {note}" if note else name
    query = {"entry": entry.id}
    st.page_link(shell.page(PAGE_OF[entry.kind.value]), label=md(label), query_params=query)


def back() -> None:
    """The link to the front page of the framework."""
    st.page_link(shell.page("framework"), label=say("framework.back"), icon=":material/grid_view:")


def feeds(page: str) -> None:
    """At the end of an analytical page: the entries of the framework that rest most on what it shows."""
    families = {family for family, pages in ANALYSIS.items() if page in pages}
    counted = Counter(
        entry.id
        for entry in ENTRIES.values()
        if entry.kind.value in FED
        for name in entry.all_indicators
        if INDICATORS[name].family in families
    )
    if counted:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="framework.feeds"):
            st.caption(say("framework.feeds"), width="content")
            for name, _ in counted.most_common(MOST_FED):
                link(ENTRIES[name])
