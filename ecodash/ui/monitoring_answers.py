"""What the monitoring page asks of a workspace; ``cache`` keeps the answers."""

from collections.abc import Callable

from ecodash.core.period import Period
from ecodash.core.watch import WatchRule
from ecodash.metrics.monitoring.suspicion import Suspicion, suspicious_orders
from ecodash.metrics.monitoring.watch import WatchReport, watch
from ecodash.metrics.reading import Reading
from ecodash.session import Session


def _watch(shop: Session, rules: tuple[WatchRule, ...], days: int, as_of: int | None) -> WatchReport | None:
    return watch(shop.source, rules, days=days, as_of=as_of)


def _suspicious(shop: Session, window: Period, as_of: int | None) -> Suspicion:
    return suspicious_orders(Reading(source=shop.source, as_of=as_of), window)


QUESTIONS: dict[str, Callable[..., object]] = {"monitoring.watch": _watch, "monitoring.suspicious": _suspicious}
