"""What the framework pages ask of a workspace. Every indicator is computed once per edition and window, when first wanted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import streamlit as st

from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.framework.actions import Action, actions
from ecodash.framework.catalogue import INDICATORS, of_kind
from ecodash.framework.claims import ClaimResult, over_time, tested
from ecodash.framework.entry import Kind
from ecodash.framework.risk import RiskState, risks
from ecodash.framework.risk_index import RISK_INDEX
from ecodash.framework.scorecard import Scorecard, scorecard
from ecodash.framework.standing import Standing, standings
from ecodash.metrics.query import Query
from ecodash.session.indicators import last_year
from ecodash.session.ledger import Ledger
from ecodash.ui import cache
from ecodash.ui.view import View
from ecodash.ui.words import say

SHORTEST = 90
"""Days an earlier time must have to be compared with."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """The business in the framework: all of it, as the front page and the list of actions need it."""

    found: dict[str, Standing]
    card: Scorecard
    risks: tuple[RiskState, ...]
    actions: tuple[Action, ...]
    sales: float | None


def window(view: View) -> Period | None:
    """The days the framework looks at: the last 365 of the data; None without orders."""
    return last_year(view.shop, end=view.whole) if view.whole else None


def earlier(view: View) -> Period | None:
    """The 365 days before, as far as the data go; None when there are fewer than 90."""
    now = window(view)
    found = now.previous().clip(view.whole) if now and view.whole else None
    return found if found and found.days >= SHORTEST else None


def ledger(view: View) -> Ledger:
    """What the operator wrote down about the framework."""
    return Ledger(view.shop)


def found(view: View, names: Collection[str] | None = None) -> dict[str, Standing]:
    """The indicators called ``names``, or all, as they stand."""
    wanted = [name for name in INDICATORS if names is None or name in names]
    with st.spinner(say("framework.computing"), show_time=True):
        computed = cache.shelf(view.shop, window(view)).take(view.shop, wanted, _query(view, window(view)))
    loaded = view.shop.source.loaded_tables(as_of=view.shop.moment)
    own = ledger(view).benchmarks()
    return standings(computed.estimates, loaded, only=wanted, own=own, failed=computed.failed)


def numbers(view: View, names: Iterable[str], *, days: Period | None) -> dict[str, Estimate]:
    """The single numbers of metrics, indicators or not, over ``days``; a series is left out."""
    computed = cache.shelf(view.shop, days).take(view.shop, list(dict.fromkeys(names)), _query(view, days))
    single: dict[str, Estimate] = {}
    for one in computed.estimates:
        if not one.by:
            single[one.metric] = one
    return single


def before(view: View, names: Iterable[str]) -> dict[str, Estimate]:
    """The same for the time before; none where the data do not go back that far."""
    days = earlier(view)
    return numbers(view, names, days=days) if days else {}


def by_month(view: View, names: Collection[str]) -> dict[str, list[Estimate]]:
    """Every month of the data for those indicators that are one number."""
    wanted = [name for name in INDICATORS if name in names and name != RISK_INDEX]
    query = replace(_query(view, view.whole), by="month")
    with st.spinner(say("framework.computing"), show_time=True):
        found = cache.shelf(view.shop, view.whole, by="month").take(view.shop, wanted, query)
    months: dict[str, list[Estimate]] = {}
    for one in found.estimates:
        if set(one.by) == {"month"}:
            months.setdefault(one.metric, []).append(one)
    return months


def sales(view: View) -> float | None:
    """What was sold in the window; None without orders."""
    paid = numbers(view, ["paid_amount"], days=window(view)).get("paid_amount")
    return paid.value if paid else None


def risk_states(view: View) -> tuple[RiskState, ...]:
    """The eight risks with the thresholds in force."""
    names = _alarm_names()
    now = numbers(view, names, days=window(view))
    return risks(now, before(view, names), ledger(view).thresholds(), sales=sales(view))


def claim_results(view: View) -> tuple[ClaimResult, ...]:
    """The 48 claims on these data."""
    names = [name for name, one in found(view).items() if one.estimate is not None]
    return tested(numbers(view, names, days=window(view)), before(view, over_time()))


def position(view: View) -> Position:
    """Everything at once."""
    standing, states, sold = found(view), risk_states(view), sales(view)
    return Position(
        found=standing,
        card=scorecard(standing),
        risks=states,
        actions=actions(standing, states, sales=sold),
        sales=sold,
    )


def _alarm_names() -> list[str]:
    return [alarm.indicator for risk in of_kind(Kind.RISK) for alarm in risk.alarms]


def _query(view: View, days: Period | None) -> Query:
    return Query(window=days, as_of=view.shop.moment)
