"""What the inventory page asks of a workspace; ``cache`` keeps the answers, so they hold tables and no histories."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ecodash.analysis.reorder_replay import Replay
from ecodash.core.period import Period
from ecodash.metrics.inventory import movement, places, plan, positions, turnover
from ecodash.metrics.inventory.demand import Spells
from ecodash.metrics.inventory.leads import LeadTimes
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.session import Session


@dataclass(frozen=True, kw_only=True)
class Stocktaking:
    """Everything the page says of stock; what needs counts in the window is None without, ``spells`` without sales."""

    positions: positions.Positions
    spells: Spells | None
    turnover: turnover.Turnover | None
    sell_through: movement.SellThrough | None
    active: movement.ActiveShare | None


def _reading(shop: Session, query: Query) -> Reading:
    return Reading(source=shop.source, as_of=query.as_of)


def _window(query: Query) -> Period:
    if query.window is None:
        raise ValueError(query)
    return query.window


def _stocktaking(shop: Session, query: Query, velocity: int) -> Stocktaking:
    reading, window = _reading(shop, query), _window(query)
    found = positions.positions(reading, window, velocity=velocity)
    counted = found.counted is not None
    return Stocktaking(
        positions=replace(found, demand=None),
        spells=found.demand.spells if found.demand else None,
        turnover=turnover.turnover(reading, window) if counted else None,
        sell_through=movement.sell_through(reading, window) if counted else None,
        active=movement.active_share(reading, window) if counted else None,
    )


def _places(shop: Session, query: Query) -> places.Places | None:
    return places.places(_reading(shop, query), _window(query))


def _plan(shop: Session, query: Query, asked: plan.PlanAsked) -> plan.Plan | LeadTimes | None:
    return plan.plan(_reading(shop, query), _window(query), asked)


def _replayed(shop: Session, query: Query, asked: plan.PlanAsked) -> Replay | None:
    return plan.replayed(_reading(shop, query), _window(query), asked)


QUESTIONS: dict[str, Callable[..., object]] = {
    "inventory.stocktaking": _stocktaking,
    "inventory.places": _places,
    "inventory.plan": _plan,
    "inventory.replayed": _replayed,
}
