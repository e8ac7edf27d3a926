"""Which channels are private and which public: the proposal, to be changed or confirmed."""

from typing import cast

import streamlit as st

from ecodash.session import Session, onboarding
from ecodash.ui import cache, state
from ecodash.ui.labels import label
from ecodash.ui.words import md, named, say

DOMAINS = ("private", "public")


def draw(shop: Session) -> None:
    """One choice per channel with orders; nothing is changed before it is sent, nothing is drawn without channels."""
    found = cast("dict[str, str | None]", cache.answer(shop, "domains"))
    if not found:
        return
    with st.expander(say("domains.title"), icon=":material/lock_person:", key="domains"):
        st.caption(say("domains.about"))
        with st.form("domains.form", border=False):
            chosen = {channel: _choice(channel, now) for channel, now in found.items()}
            sent = st.form_submit_button(say("domains.save"), icon=":material/check:", type="primary")
        if sent:
            _save(shop, {channel: domain for channel, domain in chosen.items() if domain}, found)
            st.rerun()


def _choice(channel: str, now: str | None) -> str | None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(md(label("channel", channel)), width="stretch")
        return st.segmented_control(
            label("channel", channel),
            DOMAINS,
            default=now,
            key=f"domain.{channel}.{now}",
            format_func=named("domain.", DOMAINS),
            label_visibility="collapsed",
            width="content",
        )


def _save(shop: Session, chosen: dict[str, str], before: dict[str, str | None]) -> None:
    changed = {channel: domain for channel, domain in chosen.items() if before[channel] != domain}
    if changed:
        onboarding.set_domains(shop, changed)
        cache.look(shop)
    onboarding.confirm(shop, "channels")
    state.leave_message(say("domains.saved" if changed else "domains.kept"), lasting=bool(changed))
