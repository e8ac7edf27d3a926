"""The time machine: every page as known after an earlier load, said on every page, with one click back to now."""

from datetime import datetime

import polars as pl
import streamlit as st

from ecodash.session import Session
from ecodash.ui import cache, state
from ecodash.ui.state import Param
from ecodash.ui.words import local_moment, say, t

PARAM = Param(name="as_of")
"""Number of the load in the address; nothing means now."""


def chosen(live: Session) -> int | None:
    """The load at which the pages stop; None is now, and so is a number of no load in force."""
    said = state.value(PARAM.name)
    return int(said) if said in _numbers(live) else None


def field(live: Session) -> None:
    """The choice in the side bar; only where there is more than one state to choose from."""
    numbers = _numbers(live)
    if len(numbers) < 2 and not state.value(PARAM.name):  # noqa: PLR2004
        return
    key, store = state.widget(PARAM.name)
    held = state.value(PARAM.name)
    st.selectbox(
        t("as_of.field"),
        [*numbers, *([held] if held and held not in numbers else [])],
        index=None,
        key=key,
        on_change=store,
        format_func={number: _option(live, number) for number in (*numbers, held)}.__getitem__,
        placeholder=t("as_of.now"),
        help=say("as_of.help"),
    )


def banner(shop: Session) -> None:
    """Says on every page that it shows an earlier state, and leads back to now."""
    if shop.moment is None:
        return
    file, moment = _of(shop, shop.moment)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="as_of"):
        st.badge(say("as_of.badge", load=shop.moment), icon=":material/history:", color="violet")
        st.caption(say("as_of.banner", file=file, moment=moment), width="content")
        st.button(say("as_of.back"), on_click=back, key="as_of.back", type="tertiary", icon=":material/update:")


def back() -> None:
    """Shows the present again."""
    state.put(PARAM.name, [])


def _numbers(live: Session) -> list[str]:
    """The loads in force, newest first."""
    active = cache.loads(live).filter(pl.col("active")).sort("load_id", descending=True)
    return [str(number) for number in active["load_id"].to_list()]


def _option(live: Session, number: str) -> str:
    file, moment = _of(live, int(number)) if number.isdigit() else ("", "")
    return t("as_of.option", load=number, moment=moment, file=file)


def _of(shop: Session, number: int) -> tuple[str, str]:
    """File and local time of a load; empty when there is none."""
    found = cache.loads(shop).filter(pl.col("load_id") == number).select("file", "loaded_at").rows()
    for file, loaded in found:
        moment = local_moment(loaded, shop.settings.business_zone) if isinstance(loaded, datetime) else ""
        return str(file), moment
    return "", ""
