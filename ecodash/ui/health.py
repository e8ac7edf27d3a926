"""Data health: what the loaded rows show to be doubtful, the money at stake, and what to do about it."""

import streamlit as st

from ecodash.i18n import money
from ecodash.session import Finding
from ecodash.ui import cache
from ecodash.ui.view import View
from ecodash.ui.words import count, language, say, word


def draw(view: View) -> None:
    """The findings of the shop shown, the most expensive first; nothing when there are no data."""
    found = [one for one in cache.findings(view.shop) if one.count] if view.whole else []
    if view.whole is None:
        return
    st.header(say("health.title"), anchor=False)
    if view.sample:
        st.caption(say("health.sample"))
    if not found:
        st.caption(say("health.nothing"))
    for one in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"finding.{one.code}"):
            if one.severe:
                st.badge(say("health.severe"), color="orange", icon=":material/warning:")
            else:
                st.badge(say("health.note"), color="gray", icon=":material/info:")
            st.markdown(_said(view, one), width="stretch")


def _said(view: View, one: Finding) -> str:
    stake = say("health.stake", money=money(one.money, language(), view.currency)) if one.money else ""
    return f"**{say('health.line', n=count(one.count), what=one.text)}**{stake}  \n:gray[{word(one.advice)}]"
