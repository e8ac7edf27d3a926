"""Reconciliation: what is asked of the operator, and what can be done with the answer."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from ecodash.core.period import Period
from ecodash.session import onboarding
from ecodash.session.reconciliation import Reconciliation
from ecodash.ui import cache, state
from ecodash.ui.labels import label
from ecodash.ui.state import Param
from ecodash.ui.view import View
from ecodash.ui.words import language, say, t, word

PARAMS = (
    Param(name="total"),
    Param(name="account"),
    Param(name="account_channel"),
    Param(name="policies", many=True),
)
CUSTOM, WHOLE_SHOP = "custom", ""
MONTH = "%Y-%m"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed and chosen."""

    stated: str
    period: Period
    channel: str | None


def fields(view: View) -> Asked | None:
    """Period, channel and the platform's total; None without data or while custom days are incomplete."""
    if view.whole is None:
        return None
    with st.container(border=True, key="reconcile.fields"):
        days, place, total = st.columns(3)
        with days:
            period = _period(view.whole)
        with place:
            channel = _channel(view)
        with total:
            key, store = state.widget("total")
            stated = st.text_input(
                say("reconcile.total"),
                key=key,
                on_change=store,
                placeholder="1,204,551.00",
                help=t("reconcile.total_help"),
            )
    return None if period is None else Asked(stated=stated or "", period=period, channel=channel)


def policies(found: Reconciliation) -> None:
    """Which policies to explain by; none chosen means that ecodash suggests them."""
    names = {one.switch.code: one.switch.name.to(language()) for one in found.alone if one.documents}
    if set(state.values("policies")) - set(names):
        state.put("policies", [code for code in state.values("policies") if code in names])
    key, store = state.widget("policies")
    st.multiselect(
        say("reconcile.policies"),
        list(names),
        key=key,
        on_change=store,
        format_func=names.__getitem__,
        placeholder=t("reconcile.policies_auto"),
    )


def actions(view: View, found: Reconciliation) -> None:
    """Count like the platform from now on, and tick the month off; only in a workspace of the visitor's own, as it is now."""
    if view.sample or view.shop.moment is not None:
        st.caption(say("reconcile.look_only"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if found.settings:
            _adopt(view, found)
        if not {step.code: step.done for step in onboarding.steps(view.shop)}["reconcile"]:
            st.button(
                say("reconcile.tick"), icon=":material/task_alt:", key="reconcile.tick", on_click=_tick, args=(view,)
            )


def _adopt(view: View, found: Reconciliation) -> None:
    with st.popover(say("reconcile.adopt"), icon=":material/policy:"):
        st.markdown(say("reconcile.adopt_help"))
        named = [part.switch.name for part in found.parts if part.switch.settings]
        st.markdown("\n".join(f"- {word(name)}" for name in named))
        st.button(
            say("reconcile.adopt_sure"), type="primary", key="reconcile.adopt", on_click=_change, args=(view, found)
        )


def _change(view: View, found: Reconciliation) -> None:
    view.shop.change_settings(found.settings)
    onboarding.confirm(view.shop, "policy")
    cache.look(view.shop)
    state.put("policies", [])
    state.leave_message(say("reconcile.adopted"), lasting=True)


def _tick(view: View) -> None:
    onboarding.confirm(view.shop, "reconcile")
    state.leave_message(say("reconcile.ticked"))


def _period(whole: Period) -> Period | None:
    """A month of the data, the newest finished one by default, or days of one's own."""
    months = {month.start.strftime(MONTH): month for month in whole.months()}
    finished = [code for code, month in months.items() if month.end <= whole.end]
    options = [*reversed(months), CUSTOM]
    if state.value("account") not in options:
        state.put("account", [finished[-1] if finished else options[0]])
    key, store = state.widget("account")
    names: dict[str, str] = {CUSTOM: t("reconcile.custom")}
    st.selectbox(
        say("reconcile.month"), options, key=key, on_change=store, format_func=lambda code: names.get(code, code)
    )
    chosen = state.value("account")
    if chosen != CUSTOM:
        return months[chosen]
    picked: tuple[date, ...] = st.date_input(
        say("reconcile.days"), value=(whole.start, whole.end), key="reconcile.days", format="YYYY-MM-DD"
    )
    return Period(min(picked), max(picked)) if len(picked) == 2 else None  # noqa: PLR2004 - both ends


def _channel(view: View) -> str | None:
    codes = [WHOLE_SHOP, *cache.codes(view.shop, "channel")]
    if state.value("account_channel") not in codes:
        state.put("account_channel", [])
    key, store = state.widget("account_channel")
    everything = t("reconcile.all_channels")
    st.selectbox(
        say("reconcile.channel"),
        codes[1:],
        key=key,
        on_change=store,
        index=None,
        placeholder=everything,
        format_func=lambda code: label("channel", code),
    )
    return state.value("account_channel") or None
