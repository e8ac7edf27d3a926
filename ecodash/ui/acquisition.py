"""The acquisition page, first part: what the page asks, the row of numbers, the answer in a sentence."""

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from ecodash.core.unit import Unit
from ecodash.i18n import number, value_text
from ecodash.metrics.acquisition.cost import Costs
from ecodash.metrics.acquisition.payback import Payback, Paybacks
from ecodash.metrics.acquisition.returns import Returns
from ecodash.metrics.query import Query
from ecodash.ui import cache, empty, report, state
from ecodash.ui.customers_value import basis
from ecodash.ui.filters import FILTERS
from ecodash.ui.labels import label
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, say, span, t


@dataclass(frozen=True, kw_only=True, eq=False)
class Acquisition:
    """What the blocks about advertising share: the question, costs and paybacks, returns."""

    query: Query
    paybacks: Paybacks
    returns: Returns

    @property
    def costs(self) -> Costs:
        """What new customers cost."""
        return self.paybacks.costs


def ignored() -> tuple[str, ...]:
    """The comparison, and the filters in force: ads and visits know no buyers."""
    return ("compare", *(one.param for one in FILTERS if state.values(one.param)))


def question(view: View) -> Query:
    """The days of the page; ads know no buyers, so nothing else is filtered."""
    return replace(view.query(), where=())


def look(view: View) -> Acquisition | None:
    """Everything about advertising, or the card that says what to upload and None."""
    query = question(view)
    if empty.block(view.ask("roas", query=replace(query, window=None))[0], "ads"):
        return None
    months = int(state.value("pay_months"))
    paybacks = cast("Paybacks | None", cache.answer(view.shop, "acquisition.paybacks", query, months))
    returns = cast("Returns", cache.answer(view.shop, "acquisition.returns", query))
    if paybacks is None or paybacks.costs.days is None:
        with st.container(border=True, key="ads.none"):
            st.markdown(f"**{say('acquisition.no_days')}**")
        return None
    return Acquisition(query=query, paybacks=paybacks, returns=returns)


def numbers(view: View, found: Acquisition) -> None:
    """Cost per new customer both ways, what they are worth against it, MER with its fraction, ROAS."""
    costs, whole = found.costs, found.paybacks.whole
    with st.grid(3, min_column_width=150, gap="small", key="acquisition.numbers"):
        _one("cac", money(view, costs.whole.cac), spend=money(view, costs.whole.spend), n=count(costs.whole.customers))
        _one(
            "paid",
            money(view, costs.placed.cac),
            spend=money(view, costs.placed.spend),
            n=count(costs.placed.customers),
        )
        _one("ratio", times(whole.ratio), months=whole.months, basis=basis(found.paybacks.margins))
        _one("payback", payback_words(whole))
        net, spent = money(view, found.returns.net_sales), money(view, found.returns.spent.total)
        _one("mer", times(found.returns.revenue_per_spend), net=net, spend=spent)
        _one("roas", times(found.returns.roas))


def _one(key: str, value: str, **words: object) -> None:
    meaning = say(f"acquisition.number_{key}_help", **words)
    report.metric("acquisition", say(f"acquisition.number_{key}"), md(value), border=True, meaning=meaning)


def answer(view: View, found: Acquisition) -> None:
    """Spend, new customers, cost each, and when they have paid it back."""
    costs, whole = found.costs, found.paybacks.whole
    if costs.days is None:
        return
    said = [
        say(
            "acquisition.answer",
            span=span(costs.days),
            spend=money(view, costs.whole.spend),
            n=count(costs.whole.customers),
            cac=money(view, costs.whole.cac),
        ),
        say(
            "acquisition.answer_payback",
            payback=payback_words(whole),
            months=whole.months,
            value=money(view, whole.value),
        ),
        say(
            "acquisition.answer_mer",
            mer=times(found.returns.revenue_per_spend),
            inverse="—" if (inverse := found.returns.spend_per_revenue) is None else number(inverse, language(), 3),
        ),
    ]
    if costs.lost:
        named = t("panel.and").join(label("channel", one) for one in costs.lost)
        said.append(say("acquisition.answer_lost", names=named))
    if costs.unpriced:
        said.append(say("acquisition.answer_unpriced", n=count(costs.unpriced)))
    report.answer("  \n".join(said))


def money(view: View, value: float | None) -> str:
    """Money as it is written here; a dash for none."""
    return "—" if value is None else value_text(value, Unit.MONEY, language(), view.currency)


def times(value: float | None) -> str:
    """A multiple as it is written here; a dash for none."""
    return "—" if value is None else value_text(value, Unit.TIMES, language())


def payback_words(one: Payback) -> str:
    """After how many months, with the ends of its interval; or that it is not paid back within the months watched."""
    if one.cost.cac is None or one.curve.is_empty():
        return "—"
    if one.month is None:
        return t("acquisition.not_yet", months=one.months)
    if one.earliest == one.latest:
        return t("acquisition.months", n=one.month) if one.month else t("acquisition.at_once")
    latest = f"{one.latest}" if one.latest is not None else t("acquisition.beyond", months=one.months)
    return t("acquisition.months_between", n=one.month, low=one.earliest, high=latest)
