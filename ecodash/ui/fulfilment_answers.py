"""What the fulfilment page asks of a workspace beyond the registry; ``cache`` keeps the answers."""

from collections.abc import Callable

from ecodash.metrics.answered import Window
from ecodash.metrics.monitoring import flow
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.session import Session


def _steps(shop: Session, query: Query) -> list[flow.Step]:
    span = shop.data_window(as_of=query.as_of)
    if span is None:
        return []
    return flow.steps(Reading(source=shop.source, as_of=query.as_of), Window(days=query.window or span, data=span))


QUESTIONS: dict[str, Callable[..., object]] = {"fulfilment.steps": _steps}
