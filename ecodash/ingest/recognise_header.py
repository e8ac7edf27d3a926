"""Where the header of an unknown table stands."""

from collections.abc import Sequence

import polars as pl

from ecodash.ingest.headers import header_key
from ecodash.ingest.known_headers import known_keys
from ecodash.ingest.matcher import number_share


def header_index(rows: Sequence[Sequence[str | None]]) -> int | None:
    """The row with the most known words and no numbers; None when the first filled row is data already."""
    keys = known_keys()
    scored: list[tuple[int, int, int]] = []
    for index, row in enumerate(rows):
        cells = [cell.strip() for cell in row if cell and cell.strip()]
        numbers = number_share(pl.Series(cells, dtype=pl.String)) * len(cells) if cells else 0
        hits = sum(1 for cell in cells if header_key(cell) in keys)
        scored.append((hits if not numbers else 0, len(cells) if not numbers else 0, -index))
    hits, filled, place = max(scored)
    widest = max((sum(1 for cell in row if cell and cell.strip()) for row in rows), default=0)
    if hits == 0 and filled * 2 < widest:
        return None
    return -place
