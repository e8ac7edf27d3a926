"""What data health, reconciliation and onboarding ask of a workspace; ``cache`` keeps the answers."""

from collections.abc import Callable

import polars as pl

from ecodash.core.period import Period
from ecodash.metrics.identity import repurchase_bounds
from ecodash.metrics.query import Query
from ecodash.session import Session, onboarding
from ecodash.session.health import examine, rows_of
from ecodash.session.reconciliation import Reconciliation, part_rows, reconcile


def _rows(shop: Session, code: str, limit: int | None) -> pl.DataFrame:
    return rows_of(code, shop.ground(), limit=limit)


def _reconciled(
    shop: Session, stated: str, period: Period, channel: str | None, chosen: tuple[str, ...] | None
) -> Reconciliation:
    return reconcile(shop.ground(), stated, period, channel=channel, chosen=chosen)


def _part(shop: Session, period: Period, code: str, channel: str | None, chosen: tuple[str, ...]) -> pl.DataFrame:
    return part_rows(shop.ground(), period, code, channel=channel, chosen=chosen)


QUESTIONS: dict[str, Callable[..., object]] = {
    "examined": lambda shop: examine(shop.ground()),
    "finding_rows": _rows,
    "bounds": lambda shop: repurchase_bounds(shop.source, Query()),
    "reconciled": _reconciled,
    "part_rows": _part,
    "domains": onboarding.domains,
}
