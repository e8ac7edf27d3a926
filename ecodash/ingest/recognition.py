"""What ``recognise`` found out about one raw table."""

from dataclasses import dataclass

from ecodash.core.period import Period
from ecodash.ingest.mapping import Mapping
from ecodash.ingest.problem import Problem

CANONICAL = "canonical:"
DELIMITER_WORDS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", " ": "space"}


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """The reading of one raw table, or a proposal for it.

    ``format``       catalogue id, ``canonical:<table>`` for a CSV with our own headers, None when unknown
    ``entity``       what one row is, None when even that is open
    ``encoding``     as the catalogue writes it (``gb18030``, ``utf-8-sig`` …); None for workbooks
    ``delimiter``    comma, tab, semicolon, pipe or space; None for workbooks
    ``header_row``   file row of the header, from 1; 0 when the file has none
    ``rows``         data rows without preamble, description, blank, total and footer rows
    ``headers``      column names as in the file; ``names`` the same made unique (``分销员``, ``分销员.1``), unnamed
                     trailing columns left out; the mapping speaks in ``names``
    ``period``       first and last day of the main date column, None without dates
    ``nearest``      for an unknown file the closest known format, with ``missing`` signature headers
    ``mapping``      canonical field → names; from the format, a recipe, or proposed by synonyms
    ``confirmed``    False: a proposal the user must confirm before anything is loaded
    """

    file: str
    format: str | None
    entity: str | None
    encoding: str | None
    delimiter: str | None
    header_row: int
    rows: int
    headers: tuple[str, ...]
    names: tuple[str, ...]
    mapping: Mapping
    confirmed: bool
    period: Period | None = None
    nearest: str | None = None
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
