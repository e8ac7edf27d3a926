"""Something a reader of the file should know, said once, with how often and where it happened."""

from dataclasses import dataclass

from ecodash.core.text import Text

ROWS_KEPT = 20


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One kind of finding in one file.

    ``code`` is stable and language-free, ``count`` is the number of rows or cells concerned (0 when the finding is
    about the file as a whole), ``rows`` are the first file rows concerned (at most ``ROWS_KEPT``), as a spreadsheet
    numbers them.
    """

    code: str
    text: Text
    count: int = 0
    rows: tuple[int, ...] = ()
