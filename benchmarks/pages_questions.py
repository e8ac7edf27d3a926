"""The questions each page asks the engine when it is opened, without any result cache."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from ecodash.core.period import Period
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.session import Session
from ecodash.session.at_once import at_once
from ecodash.ui import pictures

TILES = ("net_sales", "active_buyers", "spend_per_buyer", "orders", "refund_rate_amount")
IN_WINDOW = (
    *(f"repurchase_rate:{one.id}" for one in METRICS["repurchase_rate"].definitions),
    "cross_window_rate",
    "returning_customer_rate",
)
Ask = Callable[[], object]


def pages(session: Session) -> dict[str, Ask]:
    """Page → everything it asks: the overview over a month and a year, the repurchase page over a year."""
    whole = session.data_window()
    if whole is None:
        raise SystemExit("the workspace is empty")
    month, year = (Query(window=Period.last_days(whole.end, days)) for days in (30, 365))
    asked = {
        "overview 30 d": _overview(session, month, whole, step="day"),
        "overview 1 y": _overview(session, year, whole, step="month"),
        "repurchase": _repurchase(session, year, whole),
    }
    parts = {f"· {name}": part for found in asked.values() for name, part in found.items()}
    return {name: partial(at_once, list(found.values())) for name, found in asked.items()} | parts


def _overview(session: Session, query: Query, whole: Period, *, step: str) -> dict[str, Ask]:
    window = query.window or whole
    before = replace(query, window=window.previous())
    course = replace(query, by=step, intervals=False)
    name = f"{window.days} d"
    return {
        f"tiles {name}": partial(session.compute, TILES, query),
        f"before {name}": partial(session.compute, TILES, before),
        f"sparks {name}": partial(session.compute, TILES, course),
        f"cohorts {name}": partial(session.compute, ["repurchase_90d"], Query(window=whole, by="month")),
        f"trend {name}": partial(session.compute, ["net_sales"], replace(course, window=before.window)),
        f"channels {name}": partial(session.compute, TILES, replace(query, by="channel")),
    }


def _repurchase(session: Session, query: Query, whole: Period) -> dict[str, Ask]:
    everything = Query(window=whole)
    newest = Query(window=Period(list(whole.months())[-12].start, whole.end))
    return {
        "standing": partial(session.compute, ["repurchase_90d:unwatched"], everything),
        "months": partial(session.compute, ["repurchase_90d"], replace(everything, by="month")),
        "matrix": partial(session.compute, ["cohort_retention_curve"], newest),
        "wait": partial(pictures.curve, session, everything),
        "sequence": partial(session.compute, ["order_sequence"], everything),
        "gaps": partial(pictures.gaps, session, query),
        "interval": partial(session.compute, ["purchase_interval"], query),
        "in window": partial(session.compute, IN_WINDOW, query),
    }
