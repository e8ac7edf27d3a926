"""What the pages ask of a workspace, gathered for ``cache``."""

from collections.abc import Callable

from ecodash.metrics import contributions, goals
from ecodash.metrics.alongside import alongside
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.events import calendar_of
from ecodash.metrics.query import Query
from ecodash.metrics.ranking import over_time
from ecodash.metrics.sales_bridge import price_bridge, sales_bridge
from ecodash.metrics.switchboard import switchboard
from ecodash.session import Session
from ecodash.ui import (
    customer_answers,
    forecast_answers,
    fulfilment_answers,
    health_answers,
    inventory_answers,
    member_answers,
    monitoring_answers,
    pictures,
)


def _codes(shop: Session, dimension: str) -> list[str]:
    found = [one for one in shop.compute(["orders"], Query(by=dimension)) if dimension in one.by]
    if not DIMENSIONS[dimension].numeric:
        found = sorted(found, key=lambda one: -(one.value or 0))
    return [one.by[dimension] for one in found]


_BRIDGES = {"sales": sales_bridge, "price": price_bridge}
QUESTIONS: dict[str, Callable[..., object]] = {
    **health_answers.QUESTIONS,
    **customer_answers.QUESTIONS,
    **forecast_answers.QUESTIONS,
    **inventory_answers.QUESTIONS,
    **fulfilment_answers.QUESTIONS,
    **monitoring_answers.QUESTIONS,
    **member_answers.QUESTIONS,
    "estimates": Session.compute,
    "explanation": Session.explain,
    "first_rows": lambda shop, metric, query, limit: shop.rows(metric, query, limit=limit),
    "codes": _codes,
    "loads": Session.loads,
    "curve": pictures.curve,
    "gaps": pictures.gaps,
    "money": pictures.money,
    "window": Session.data_window,
    "switchboard": lambda shop, query: switchboard(shop.source, query),
    "bridge": lambda shop, kind, query: _BRIDGES[kind](shop.source, query),
    "behind": lambda shop, metric, query, comparison, spans: alongside(
        shop.source, metric, query, comparison=comparison, spans=spans
    ),
    "by_dimension": lambda shop, *asked: contributions.by_dimension(shop.source, *asked),
    "by_factors": lambda shop, *asked: contributions.by_factors(shop.source, *asked),
    "division": lambda shop, metric, query, by, top: over_time(shop.source, metric, query, by=by, top=top),
    "pace": lambda shop, goal, day: goals.pace(shop.source, goal, as_of_day=day),
    "calendar": lambda shop: calendar_of(shop.source),
}
