"""Which character separates the cells of a text."""

import re
from collections import Counter
from collections.abc import Sequence

from ecodash.ingest.known_headers import known_hits, split_rows

DELIMITERS = (",", "\t", ";", "|")
BLANKS = " "
_LINES_JUDGED = 200
_NUMBER = re.compile(r"^[-+]?[\d.,:/-]+$")


def choose_delimiter(text: str) -> str:
    """The delimiter of a text from its first lines.

    The one under which most headers are known; then the one that cuts most lines into the same number (> 1) of
    cells, then into more cells. When none cuts anything and the lines are columns of numbers set apart by blanks,
    that is ``" "``; a text with one column has ``","``.
    """
    scored = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scored[delimiter])
    if scored[best] > (0, 0.0, 1):
        return best
    return BLANKS if _is_set_apart_by_blanks(text.splitlines()[:_LINES_JUDGED]) else ","


def _score(text: str, delimiter: str) -> tuple[int, float, int]:
    rows = split_rows(text, delimiter, _LINES_JUDGED)
    counts = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    if not counts:
        return (0, 0.0, 1)
    hits = known_hits(rows[:20])
    width, lines = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1]))
    if width == 1:
        return (0, 0.0, 1)
    return (hits if hits > 1 else 0, lines / sum(counts.values()), width)


def _is_set_apart_by_blanks(lines: Sequence[str]) -> bool:
    rows = [line.split() for line in lines if line.strip()]
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or widths == {1}:  # noqa: PLR2004
        return False
    cells = [cell for row in rows[1:] for cell in row]
    return sum(1 for cell in cells if _NUMBER.match(cell)) * 2 >= len(cells)
