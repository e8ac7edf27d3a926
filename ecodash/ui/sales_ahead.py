"""What the sales page is going to ask, asked at once before it draws."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from ecodash.ui import ahead, cache, sales, sales_split, series, state
from ecodash.ui.view import View


def ask(view: View) -> None:
    """Asks it; the blocks then find their answers in the cache."""
    query, chosen, by = view.query(), sales.metric().id, state.value("by")
    split = sales_split.question(view, by)
    ahead.ask(
        ahead.numbers(view, *sales.KPIS, query=query),
        ahead.before(view, *sales.KPIS, query=query),
        ahead.numbers(view, *sales.KPIS, query=replace(series.by_step(view, query), intervals=False)),
        ahead.numbers(view, chosen, query=query),
        ahead.numbers(view, chosen, query=sales.course(view)),
        ahead.numbers(view, chosen, query=split),
        ahead.before(view, chosen, query=split),
        ahead.numbers(view, chosen, query=sales_split.slots(view)),
        *_why(view, chosen, by),
    )


def _why(view: View, chosen: str, by: str) -> list[Callable[[], object]]:
    """The change taken apart; nothing where nothing is compared."""
    before, query = view.compared, view.query()
    if before is None:
        return []
    return [
        partial(cache.by_dimension, view.shop, chosen, query, before=before, by=by),
        partial(cache.by_factors, view.shop, chosen, query, before=before),
    ]
