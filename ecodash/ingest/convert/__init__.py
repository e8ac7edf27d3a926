"""Text columns → typed columns and the cells that could not be converted. Needs neither format nor mapping."""

from ecodash.ingest.convert.cells import NULLS, cleaned
from ecodash.ingest.convert.column import Converted
from ecodash.ingest.convert.dates import DateStyle, to_date, to_timestamp
from ecodash.ingest.convert.decimals import NumberStyle, comma_is_decimal, to_decimal, to_integer, to_ratio
from ecodash.ingest.convert.flags import to_bool, to_id, to_text
from ecodash.ingest.convert.reasons import REASONS, words

__all__ = [
    "NULLS",
    "REASONS",
    "Converted",
    "DateStyle",
    "NumberStyle",
    "cleaned",
    "comma_is_decimal",
    "to_bool",
    "to_date",
    "to_decimal",
    "to_id",
    "to_integer",
    "to_ratio",
    "to_text",
    "to_timestamp",
    "words",
]
