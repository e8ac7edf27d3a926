"""How numbers and dates of one file are written: from the load's settings, its format, and the column itself."""

import polars as pl

from ecodash.ingest.conform.draft import Context
from ecodash.ingest.conform.kinds import Kind
from ecodash.ingest.convert import NULLS, DateStyle, NumberStyle, comma_is_decimal
from ecodash.ingest.convert.cells import EMPTY_TEXT, cleaned, half_width
from ecodash.ingest.convert.day_order import order_of
from ecodash.ingest.convert.zones import spoken_zone

_ZONE_HEADERS = ("time zone", "timezone", "时区", "時區")


def number_style(context: Context, cells: pl.Series, kind: Kind) -> NumberStyle:
    """Separators, signs and empty words of a numeric column. A zero is a number, whatever the format says of it."""
    numbers = context.export.numbers if context.export else None
    nulls = NULLS | frozenset(numbers.nulls if numbers else ()) - {"0"}
    return NumberStyle(
        decimal=_decimal(context, cells),
        strip=numbers.strip if numbers else (),
        nulls=nulls,
        percent=numbers.percent if numbers else None,
        divisor=(context.options.money_divisor or 1) if kind is Kind.MONEY else 1,
    )


def _decimal(context: Context, cells: pl.Series) -> str:
    if context.options.decimal:
        return context.options.decimal
    if context.options.thousands == ".":
        return ","
    numbers = context.export.numbers if context.export else None
    if numbers is None or numbers.decimal_comma:
        return "," if context.once("decimal", cells.name, lambda: comma_is_decimal(cells)) else "."
    return numbers.decimal


def date_style(context: Context, cells: pl.Series, zone: str | None) -> DateStyle:
    """Formats, day order and clock of a date column."""
    export, options = context.export, context.options
    formats = (*options.date_formats, *(export.date_formats if export else ()))
    nulls = NULLS | frozenset(export.numbers.nulls if export else ())
    day_first = options.day_first
    if day_first is None and context.choices is not None:
        day_first = context.once("day_first", cells.name, lambda: _day_first(cells, formats))
    return DateStyle(
        formats=formats,
        day_first=day_first,
        zone=zone,
        business_zone=context.settings.business_zone,
        nulls=nulls,
    )


def _day_first(cells: pl.Series, formats: tuple[str, ...]) -> bool | None:
    """What all of the file says about days and months, for its parts to follow."""
    return order_of(half_width(cleaned(cells)), formats=formats, day_first=None).day_first


def text_nulls(context: Context) -> frozenset[str]:
    """Words that mean "nothing" in a text column: what the format says; of an unknown file only dashes."""
    return frozenset(context.export.numbers.nulls) | EMPTY_TEXT if context.export else EMPTY_TEXT


def file_zone(context: Context) -> str | None:
    """The clock of naive times: as set for the load, else of the format, else None (the business clock)."""
    return context.options.zone or (context.export.timezone if context.export else None)


def zones_of_rows(context: Context) -> pl.Series | None:
    """The clock of each row, where a column of the file names it."""
    if context.options.zone or context.switches.zone_from != "column":
        return None
    header = next((name for name in context.text.columns if name.strip().lower() in _ZONE_HEADERS), None)
    if header is None:
        return None
    words = context.text[header].fill_null("")
    known = {text: spoken_zone(text) for text in words.unique()}
    return words.replace_strict(known, return_dtype=pl.String)
