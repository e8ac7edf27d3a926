"""Words and number formats. Language and currency are always arguments, never remembered here."""

from ecodash.i18n.dates import day_text, moment_text, month_text, period_text, span_text
from ecodash.i18n.format import (
    compact,
    count,
    currency_symbol,
    days,
    money,
    number,
    points,
    ratio,
    tick_text,
    unit_text,
    value_text,
)
from ecodash.i18n.reader import Reader
from ecodash.i18n.sentence import change_text, coverage_text, estimate_text, interval_text, status_text
from ecodash.i18n.words import catalogue, t

__all__ = [
    "Reader",
    "catalogue",
    "change_text",
    "compact",
    "count",
    "coverage_text",
    "currency_symbol",
    "day_text",
    "days",
    "estimate_text",
    "interval_text",
    "moment_text",
    "money",
    "month_text",
    "number",
    "period_text",
    "points",
    "ratio",
    "span_text",
    "status_text",
    "t",
    "tick_text",
    "unit_text",
    "value_text",
]
