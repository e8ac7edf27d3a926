"""What a page is about in this run: which shop, for which reader, which days, compared with which, filtered how."""

from contextlib import nullcontext
from dataclasses import dataclass, replace

import streamlit as st

from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.i18n import Reader
from ecodash.metrics.explanation import Explanation
from ecodash.metrics.query import Query
from ecodash.session import Session
from ecodash.ui import cache, filters, periods, state
from ecodash.ui.words import language, say

Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class View:
    """The question a page asks, apart from the metric.

    ``whole`` is everything the data cover, None when nothing is loaded; ``window`` the chosen days; ``compared`` the
    days they are compared with, None when there are none or the comparison is off.
    """

    shop: Session
    sample: bool
    reader: Reader
    whole: Period | None
    window: Period | None
    compared: Period | None
    where: Where

    @property
    def currency(self) -> str:
        """The currency amounts are shown in."""
        return self.reader.currency

    def query(self, *, by: str | None = None) -> Query:
        """The question as the engine takes it, over the chosen days."""
        return Query(window=self.window, by=by, where=self.where)

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
    window = compared = None
    if whole is not None:
        preset = state.value("period")
        window = periods.resolve(preset, whole, periods.custom_from(state.value("from"), state.value("to")))
        compared = periods.comparison(state.value("compare"), preset, window, whole)
    return View(
        shop=shop,
        sample=sample,
        reader=Reader(language=language(), currency=shop.settings.base_currency),
        whole=whole,
        window=window,
        compared=compared,
        where=filters.where(),
    )


def shop_now() -> tuple[Session, bool]:
    """The shop shown in this run and whether it is the sample."""
    if state.value("shop") == "sample":
        folder = cache.sample_folder()
        with nullcontext() if cache.is_ready(folder) else st.spinner(say("sample.preparing")):
            return cache.sample_shop(folder), True
    return cache.own_shop(cache.workspace_folder()), False
