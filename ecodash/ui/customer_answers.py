"""What the pages about customers and acquisition ask of a workspace; ``cache`` keeps the answers."""

from collections.abc import Callable, Sequence

import polars as pl

from ecodash.analysis.refused import Refused
from ecodash.analysis.rfm import SEGMENTS, Rules
from ecodash.metrics.acquisition.discounts import discount_cohorts, first_orders
from ecodash.metrics.acquisition.funnel import funnel
from ecodash.metrics.acquisition.payback import paybacks
from ecodash.metrics.acquisition.returns import returns
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.value import baskets, lapse, predicted, segments
from ecodash.metrics.value.listing import COLUMNS, customer_list
from ecodash.metrics.value.observed import ObservedValue, curve_days, observed, of_customers
from ecodash.metrics.value.purchases import born_in, customers, looking_back
from ecodash.session import Session

Thresholds = tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]


def rules_of(thresholds: Thresholds | None) -> Rules | None:
    """Rules from their thresholds; None stays None (quantiles)."""
    return None if thresholds is None else Rules(recency=thresholds[0], frequency=thresholds[1], money=thresholds[2])


def listing(shop: Session, query: Query, thresholds: Thresholds | None) -> pl.DataFrame:
    """One row per customer, as it leaves the house; no rows without orders."""
    here = looking_back(shop.source, query)
    return pl.DataFrame(schema=COLUMNS) if here is None else customer_list(here, rules_of(thresholds))


def _segments(shop: Session, query: Query, thresholds: Thresholds | None) -> segments.Segments | None:
    here = looking_back(shop.source, query)
    return segments.segments(here, rules_of(thresholds)) if here else None


def _moved(shop: Session, before: Query, query: Query, thresholds: Thresholds | None) -> pl.DataFrame | None:
    earlier, here = looking_back(shop.source, before), looking_back(shop.source, query)
    return segments.moved(earlier, here, rules_of(thresholds)) if earlier and here else None


def _shop_rules(shop: Session, query: Query) -> Rules | None:
    here = looking_back(shop.source, query)
    return segments.shop_rules(here) if here else None


def _standings(shop: Session, query: Query) -> lapse.Standings | None:
    here = looking_back(shop.source, query)
    return lapse.standings(here) if here else None


def _curve(shop: Session, query: Query, by: str, watched: int) -> ObservedValue | None:
    here = born_in(shop.source, query)
    if here is None:
        return None
    days = curve_days(watched)
    if by == "discount":
        return of_customers(here, first_orders(here).select("customer_id", "first_day", "group"), days, watched=watched)
    return observed(here, days, watched=watched)


def _predicted(shop: Session, query: Query, days: int) -> predicted.Predicted | Refused | None:
    here = looking_back(shop.source, query)
    return predicted.predicted(here, days=days) if here else None


def _next(shop: Session, query: Query, thresholds: Thresholds | None) -> baskets.NextProducts | None:
    here = looking_back(shop.source, query)
    if here is None:
        return None
    table = segments.scored(here, rules_of(thresholds)).select("customer", "segment").sort("customer")
    parts = {
        str(key[0]): part["customer"].to_list() for key, part in table.partition_by("segment", as_dict=True).items()
    }
    groups: dict[str, Sequence[str]] = {name: parts[name] for name in SEGMENTS if name in parts}
    return baskets.next_products(here, groups)


def _pairs(shop: Session, query: Query) -> pl.DataFrame | None:
    here = looking_back(shop.source, query)
    return baskets.basket_pairs(here) if here else None


def _known(shop: Session, query: Query) -> int:
    here = looking_back(shop.source, query)
    return customers(here).height if here else 0


def _reading(shop: Session, query: Query) -> Reading:
    return Reading(source=shop.source, as_of=query.as_of)


QUESTIONS: dict[str, Callable[..., object]] = {
    "value.known": _known,
    "value.segments": _segments,
    "value.moved": _moved,
    "value.shop_rules": _shop_rules,
    "value.standings": _standings,
    "value.curve": _curve,
    "value.predicted": _predicted,
    "value.next": _next,
    "value.pairs": _pairs,
    "acquisition.paybacks": lambda shop, query, months: paybacks(_reading(shop, query), query.window, months=months),
    "acquisition.returns": lambda shop, query: returns(_reading(shop, query), query.window),
    "acquisition.funnel": lambda shop, query: funnel(_reading(shop, query), query.window),
    "acquisition.discounts": lambda shop, query: (
        discount_cohorts(here) if (here := born_in(shop.source, query)) else None
    ),
}
