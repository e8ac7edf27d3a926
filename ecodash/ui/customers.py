"""The customers page, first part: how customers are scored, segments, what scores mean, who moved, who has lapsed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import polars as pl
import streamlit as st

from ecodash.analysis.refused import Refused
from ecodash.analysis.rfm import SEGMENTS, Rules
from ecodash.core.period import Period
from ecodash.metrics.query import Query
from ecodash.metrics.value.lapse import Standings
from ecodash.metrics.value.segments import Segments, day_before
from ecodash.ui import cache, state
from ecodash.ui.customer_answers import Thresholds
from ecodash.ui.customers_params import SCORINGS
from ecodash.ui.view import View
from ecodash.ui.words import language, named, say, t

FIELDS = ("rfm_r", "rfm_f", "rfm_m")


@dataclass(frozen=True, kw_only=True, eq=False)
class Customers:
    """What the blocks of the page share: the segments of the evening in question, by which thresholds, and who lapsed."""

    query: Query
    thresholds: Thresholds | None
    segments: Segments
    standings: Standings

    @property
    def point(self) -> int | None:
        """Days of silence after which a customer has lapsed; None when it cannot be seen."""
        return None if isinstance(self.standings.point, Refused) else self.standings.point.lapsed_after


def look(view: View) -> Customers | None:
    """The controls, and what they lead to; None when nobody known has bought by then."""
    query = view.query()
    thresholds = _controls(view, query)
    found = cast("Segments | None", cache.answer(view.shop, "value.segments", query, thresholds))
    standings = cast("Standings | None", cache.answer(view.shop, "value.standings", query))
    if found is None or standings is None or not found.customers:
        return None
    return Customers(query=query, thresholds=thresholds, segments=found, standings=standings)


def before(query: Query, as_of: date, start: date) -> Query | None:
    """The question as of the evening before the period begins; None for an empty period."""
    evening = day_before(start)
    return replace(query, window=Period(evening, evening)) if evening < as_of else None


def segment_name(code: str | None) -> str:
    """A segment in the reader's language; None is somebody who was no customer yet."""
    return t("customers.not_yet") if code is None else SEGMENTS[code].to(language())


def moved(view: View, found: Customers) -> pl.DataFrame | None:
    """Who moved since the evening before the period; None when the data do not reach back."""
    if view.window is None:
        return None
    earlier = before(found.query, found.segments.as_of, view.window.start)
    if earlier is None:
        return None
    answer = cache.answer(view.shop, "value.moved", earlier, found.query, found.thresholds)
    return cast("pl.DataFrame | None", answer)


def _controls(view: View, query: Query) -> Thresholds | None:
    """Quantiles or rules; for rules their thresholds, those of this shop to begin with."""
    key, store = state.widget("scoring")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            t("customers.scoring"),
            SCORINGS,
            key=key,
            on_change=store,
            required=True,
            format_func=named("customers.scoring_", SCORINGS),
            help=say("customers.scoring_help"),
        )
        if state.value("scoring") == "quantiles":
            return None
        own = cast("Rules | None", cache.answer(view.shop, "value.shop_rules", query))
        usual = ((), (), ()) if own is None else (tuple(own.recency), tuple(own.frequency), tuple(own.money))
        chosen = [_field(name, values) for name, values in zip(FIELDS, usual, strict=True)]
    return (chosen[0], chosen[1], chosen[2])


def _field(name: str, usual: tuple[float, ...]) -> tuple[float, ...]:
    """Thresholds as the visitor writes them; the usual ones when there is nothing or no numbers."""
    key, store = state.widget(name)
    shown = ", ".join(f"{value:g}" for value in usual)
    st.text_input(t(f"customers.{name}"), key=key, on_change=store, placeholder=shown, width=200)
    said = state.value(name)
    read = thresholds(said)
    if said and read is None:
        st.caption(say("customers.not_thresholds", said=said, usual=shown))
    return read or usual


def thresholds(said: str) -> tuple[float, ...] | None:
    """Ascending numbers from a text like "30, 90, 180"; None when it is anything else."""
    parts = [part for part in said.replace("，", ",").replace("、", ",").replace(" ", ",").split(",") if part]
    try:
        values = sorted({float(part) for part in parts})
    except ValueError:
        return None
    return tuple(values) if values and all(0 <= value < float("inf") for value in values) else None
