"""What a page is about in this run: which shop, for which reader, which days, compared with which, filtered how."""

from contextlib import nullcontext
from dataclasses import dataclass, replace

import streamlit as st

from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.i18n import Reader
from ecodash.metrics.comparison import Comparison, NoComparison, explained
from ecodash.metrics.explanation import Explanation
from ecodash.metrics.query import Query
from ecodash.session import Session
from ecodash.ui import as_of, cache, filters, periods, state
from ecodash.ui.words import language, say

Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class View:
    """The question a page asks, apart from the metric.

    ``whole`` is everything the data cover, None when nothing is loaded; ``window`` the chosen days; ``comparison``
    what they are compared with and how, or why with nothing.
    """

    shop: Session
    sample: bool
    reader: Reader
    whole: Period | None
    window: Period | None
    comparison: Comparison | NoComparison | None
    where: Where

    @property
    def currency(self) -> str:
        """The currency amounts are shown in."""
        return self.reader.currency

    @property
    def compared(self) -> Period | None:
        """The days the window is compared with; None when there are none or the comparison is off."""
        return self.comparison.before if isinstance(self.comparison, Comparison) else None

    def query(self, *, by: str | None = None) -> Query:
        """The question as the engine takes it, over the chosen days, as known at the chosen load."""
        return Query(window=self.window, by=by, where=self.where, as_of=self.shop.moment)

    def ask(self, *ids: str, query: Query | None = None) -> list[Estimate]:
        """The numbers; see ``Session.compute``."""
        return cache.estimates(self.shop, ids, query or self.query())

    def before(self, *ids: str) -> list[Estimate]:
        """The same numbers for the period of comparison; empty when there is none."""
        if self.compared is None:
            return []
        return self.ask(*ids, query=replace(self.query(), window=self.compared))

    def explain(self, metric: str, query: Query | None = None) -> Explanation:
        """How a number came about."""
        return cache.explanation(self.shop, metric, query or self.query())


def current() -> View:
    """The view of this run, from the address."""
    shop, sample = shop_now()
    whole = cache.window(shop)
    window = comparison = None
    if whole is not None:
        preset = state.value("period")
        window = periods.resolve(preset, whole, periods.custom_from(state.value("from"), state.value("to")))
        comparison = explained(
            window,
            against=state.value("compare"),
            whole=whole,
            calendar=cache.calendar(shop),
            custom=periods.custom_from(state.value("before_from"), state.value("before_to")),
            unit=periods.UNIT_OF.get(preset),
        )
    return View(
        shop=shop,
        sample=sample,
        reader=Reader(language=language(), currency=shop.settings.base_currency),
        whole=whole,
        window=window,
        comparison=comparison,
        where=filters.where(),
    )


def shop_now() -> tuple[Session, bool]:
    """The shop shown in this run, as known at the load the address names, and whether it is the sample."""
    live, sample = live_shop()
    load = as_of.chosen(live)
    return (live if load is None else live.as_known(load)), sample


def live_shop() -> tuple[Session, bool]:
    """The shop of this run as known now, and whether it is the sample."""
    if state.value("shop") == "sample":
        folder = cache.sample_folder()
        with nullcontext() if cache.is_ready(folder) else st.spinner(say("sample.preparing")):
            return cache.sample_shop(folder), True
    return cache.own_shop(cache.workspace_folder()), False
