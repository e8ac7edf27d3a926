"""The files behind a number: which load brought how many of its rows."""

from collections.abc import Sequence

from ecodash.ui import cache
from ecodash.ui.view import View
from ecodash.ui.words import count, say

MOST = 8


def lines(view: View, loads: Sequence[tuple[int, int]]) -> list[str]:
    """One line per file, those with most rows first; beyond eight only how many more."""
    if not loads:
        return []
    history = cache.loads(view.shop)
    files = dict(history.select("load_id", "file").iter_rows())
    largest = sorted(loads, key=lambda one: -one[1])
    said = [say("explain.source", file=files.get(load, ""), load=load, n=count(rows)) for load, rows in largest[:MOST]]
    return said + ([say("card.more", n=len(loads) - MOST)] if len(loads) > MOST else [])
