"""What the pages about members and the private domain ask of a workspace; ``cache`` keeps the answers."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace

from ecodash.analysis.cross_fitting import Progress
from ecodash.analysis.landmark_curve import AtLandmark
from ecodash.metrics.comparable import holdout, identity, readings, waits
from ecodash.metrics.comparable.adjusted import Adjusted, Plan, adjusted, over_landmarks, over_windows
from ecodash.metrics.comparable.contrast import Contrast
from ecodash.metrics.comparable.exposure import EXPOSURES
from ecodash.metrics.identity import coverage_by
from ecodash.metrics.members.levels import levels
from ecodash.metrics.members.moves import moves
from ecodash.metrics.members.recruits import recruits
from ecodash.metrics.members.silence import silence
from ecodash.metrics.private_domain.cost import OrderCost, order_costs
from ecodash.metrics.private_domain.migration import migration
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import Scope, scope
from ecodash.session import Session

PROGRESS: ContextVar[Progress | None] = ContextVar("progress", default=None)
"""Who is told how far a long comparison has come."""


def scope_of(shop: Session, query: Query) -> Scope:
    """The question against the data; there must be orders."""
    span = shop.data_window(as_of=query.as_of)
    if span is None:
        raise ValueError("a shop without orders cannot be compared")
    return scope(shop.source, query, span)


def contrast(shop: Session, query: Query, exposure: str) -> Contrast:
    """Customers with and without a status."""
    return Contrast(scope=scope_of(shop, query), exposure=EXPOSURES[exposure])


def _known(shop: Session, query: Query, exposure: str) -> bool:
    everybody = replace(query, where=(), window=None)
    return EXPOSURES[exposure].known(scope_of(shop, everybody))


def _adjusted(shop: Session, query: Query, exposure: str, plan: Plan) -> Adjusted:
    return adjusted(contrast(shop, query, exposure), plan, progress=PROGRESS.get())


def _windows(shop: Session, query: Query, exposure: str, plan: Plan) -> tuple[Adjusted, ...]:
    return over_windows(contrast(shop, query, exposure), plan, readings.PRESETS, progress=PROGRESS.get())


def _landmarks(shop: Session, query: Query, exposure: str, plan: Plan) -> tuple[AtLandmark, ...]:
    return over_landmarks(contrast(shop, query, exposure), plan, progress=PROGRESS.get())


def _costs(shop: Session, query: Query) -> tuple[OrderCost, OrderCost]:
    here = scope_of(shop, query)
    return order_costs(Reading(source=shop.source, as_of=query.as_of), here.window.clip(here.span) or here.window)


QUESTIONS: dict[str, Callable[..., object]] = {
    "comparable.known": _known,
    "comparable.readings": lambda shop, query, one, days: readings.readings(contrast(shop, query, one), days),
    "comparable.window": lambda shop, query, one: readings.in_window(contrast(shop, query, one)),
    "comparable.adjusted": _adjusted,
    "comparable.windows": _windows,
    "comparable.landmarks": _landmarks,
    "comparable.waits": lambda shop, query, one, day: waits.waits(contrast(shop, query, one), landmark=day),
    "comparable.arms": lambda shop, query, one: identity.arms(contrast(shop, query, one)),
    "comparable.holdout": lambda shop, query, days: holdout.effects(scope_of(shop, query), days=days),
    "members.levels": lambda shop, query, days: levels(contrast(shop, query, "member"), days=days),
    "members.moves": lambda shop, query: moves(scope_of(shop, query)),
    "members.silence": lambda shop, query, days: silence(contrast(shop, query, "member"), days=days),
    "members.recruits": lambda shop, query: recruits(contrast(shop, query, "member")),
    "private.migration": lambda shop, query, day: migration(scope_of(shop, query), landmark=day),
    "private.costs": _costs,
    "private.coverage": lambda shop, query: coverage_by(shop.source, query, "channel"),
}
