"""Confirm: what waits is loaded, in one transaction where all of it can be; before that nothing is written."""

import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.session import FileCard, Session
from ecodash.session.several import load_all
from ecodash.store import LoadResult
from ecodash.ui import arrivals, cache, shell, state
from ecodash.ui.words import count, language, say


def draw(shop: Session) -> None:
    """The confirm bar under the waiting files; nothing when no file waits."""
    waiting = state.waiting()
    if not waiting:
        return
    ready = {key: card for key, card in waiting.items() if card.ready}
    with st.container(horizontal=True, vertical_alignment="center", key="confirm.bar"):
        pressed = st.button(
            say("intake.confirm", n=len(ready)),
            type="primary",
            icon=":material/check:",
            disabled=not ready,
            key="confirm",
        )
        st.button(say("intake.drop_all"), type="tertiary", key="drop_all", on_click=drop_all, args=(shop,))
        st.caption(say("intake.confirm_note"))
    if pressed:
        confirm(shop, ready)
        st.rerun()


def drop_all(shop: Session) -> None:
    """Forgets every waiting file."""
    for key in list(state.waiting()):
        arrivals.drop(key, arrivals.folder(shop))


def confirm(shop: Session, ready: dict[str, FileCard]) -> None:
    """Loads the cards; one that fails stays, with the reason, and the others go on."""
    bar, cards, loaded = st.progress(0.0), list(ready.values()), 0

    def say_so(card: FileCard) -> None:
        bar.progress(
            next(i for i, one in enumerate(cards) if one is card) / len(cards),
            text=say("intake.loading", file=card.file),
        )

    for key, outcome in zip(ready, load_all(shop, cards, starting=say_so), strict=True):
        card = ready[key]
        if isinstance(outcome, EcodashError):
            why = outcome.message.to(language())
            state.leave_message(say("intake.failed", file=card.file, why=why), ":material/error:", lasting=True)
            continue
        loaded += 1
        state.leave_message(_said(card, outcome), lasting=True)
        arrivals.drop(key, arrivals.folder(shop))
    cache.look(shop)
    bar.empty()
    if loaded:
        shell.leave_sample()


def _said(card: FileCard, result: LoadResult) -> str:
    if result.already_loaded:
        return say("intake.loaded_again", file=card.file)
    counts = {name: count(getattr(result, name)) for name in ("new", "changed", "unchanged")}
    return say("intake.loaded", file=card.file, **counts)
