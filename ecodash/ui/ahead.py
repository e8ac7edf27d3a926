"""What a page is going to ask anyway, asked all at once before it draws: then the answers lie in the cache."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from ecodash.core.errors import EcodashError
from ecodash.core.estimate import Estimate
from ecodash.metrics.query import Query
from ecodash.session.at_once import at_once
from ecodash.ui import cache
from ecodash.ui.view import View

Question = Callable[[], object]


def ask(*questions: Question) -> None:
    """Ask them on all cores. An error is left to the block that asks again and knows what to say."""
    at_once([partial(_quietly, one) for one in questions])


def numbers(view: View, *ids: str, query: Query) -> Callable[[], list[Estimate]]:
    """The question ``View.ask`` would ask, for ``ask``: it must not read the address, which a thread cannot see."""
    return lambda: cache.estimates(view.shop, ids, query)


def before(view: View, *ids: str, query: Query) -> Question:
    """The same over the days of comparison; nothing when there are none."""
    if view.compared is None:
        return lambda: None
    return numbers(view, *ids, query=replace(query, window=view.compared))


def _quietly(question: Question) -> None:
    with suppress(EcodashError):
        question()
