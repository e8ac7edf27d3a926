"""The four designed empty states: what is missing, what it would unlock, one button. Never a blank chart."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecodash.core.estimate import Estimate, Status
from ecodash.ui import filters, report, shell, state
from ecodash.ui.labels import label
from ecodash.ui.view import View
from ecodash.ui.words import count, day, language, md, say, t

PLATFORMS = ("taobao_tmall", "jd", "pinduoduo", "douyin", "youzan", "shopify", "amazon")
ICONS = {
    "no_data": "database",
    "no_orders": "receipt_long",
    "filtered": "filter_alt_off",
    "few": "group",
    "missing": "extension_off",
}


def no_data(view: View) -> bool:
    """Says that there are no orders, how to get them out of each platform and how to begin; False when there are."""
    if view.whole is not None:
        return False
    kind = "no_orders" if view.shop.tables_loaded() else "no_data"
    with _card(kind):
        _words(say(f"empty.{kind}.what"), say("empty.no_data.unlocks"))
        with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
            st.page_link(shell.page("data"), label=say("empty.no_data.load"), icon=":material/upload_file:")
            st.button(say("sample.show"), icon=":material/storefront:", on_click=shell.show_sample, key="empty.sample")
    with st.expander(say("export.title"), icon=":material/help:", expanded=kind == "no_orders"):
        st.markdown("\n".join(f"- **{label('platform', one)}** {say(f'export.{one}')}" for one in PLATFORMS))
        st.caption(say("export.note"))
    return True


def filtered(view: View, found: Estimate) -> bool:
    """Says that nothing is left by the filters or in the period, and offers to take off the last; False otherwise."""
    if found.status is not Status.EMPTY:
        return False
    with _card("filtered"):
        last = filters.last_chosen()
        if last is not None:
            _words(say("empty.filtered.what"), "; ".join(md(line) for line in filters.in_words()))
            label = filters.label_of(*last)
            st.button(
                say("empty.filtered.undo", name=t(f"filter.{last[0]}"), value=label),
                icon=":material/close:",
                on_click=partial(filters.take_off, *last),
                key="empty.undo",
            )
        elif view.whole is not None:
            _words(
                say("empty.period.what"),
                say("empty.period.covers", start=day(view.whole.start), end=day(view.whole.end)),
            )
            st.button(say("empty.period.all"), on_click=partial(state.put, "period", ["all"]), key="empty.all")
    return True


def block(found: Estimate | None, key: str) -> bool:
    """The state of one block without a number to show: too few, not due yet, missing table, not applicable."""
    if found is not None and found.value is not None:
        return False
    kind = "few" if found is not None and found.status in {Status.TOO_FEW, Status.IMMATURE} else "missing"
    with _card(kind, key=key):
        if found is None:
            _words(say("empty.nothing.what"), say("empty.nothing.unlocks"))
            return True
        reason = found.reason.to(language()) if found.reason else t(f"empty.{found.status.value}.what")
        _words(md(reason), say(f"empty.{found.status.value}.unlocks", n=count(found.n)))
        if found.status is Status.MISSING:
            st.page_link(shell.page("data"), label=say("empty.missing.load"), icon=":material/upload_file:")
    return True


def _card(kind: str, key: str = "") -> DeltaGenerator:
    card = st.container(border=True, horizontal_alignment="center", key=f"empty.{kind}.{key}")
    card.markdown(f":material/{ICONS[kind]}:", text_alignment="center")
    return card


def _words(what: str, unlocks: str) -> None:
    st.markdown(f"**{what}**", text_alignment="center")
    st.caption(unlocks, text_alignment="center")
    report.lines(what, "", [what, unlocks])
