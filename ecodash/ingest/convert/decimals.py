"""Text → exact decimals (Int64 ten-thousandths), whole numbers and ratios. No float ever touches a value."""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from ecodash.core.decimals import SCALE, to_scaled
from ecodash.ingest.convert.cells import NULLS, blanks, cleaned, half_width
from ecodash.ingest.convert.column import Converted, all_bad, by_distinct_text, marked_bad

LIMIT = 9_000_000_000_000_000_000
UNITS = {"万": 10_000, "萬": 10_000, "w": 10_000, "亿": 100_000_000, "億": 100_000_000, "k": 1_000, "m": 1_000_000}
_ISO = (
    "CNY|RMB|USD|EUR|GBP|JPY|HKD|TWD|NTD|MOP|KRW|SGD|MYR|THB|IDR|VND|PHP|INR|AUD|NZD|CAD|MXN|BRL|ARS|CLP|COP|PEN|"
    "CHF|SEK|NOK|DKK|PLN|CZK|HUF|TRY|RUB|ZAR|AED|SAR|ILS"
)
_CURRENCY = re.compile(
    rf"(?<![A-Z])(?:{_ISO}|Rp\.?|RM)(?![A-Z])|(?:US|AU|A|C|CA|NZ|HK|NT|R|S|MX)\s?\$|S/\.?|元|圆|圓|块", re.IGNORECASE
)
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "‐": "-", "‑": "-"})
_POINT = re.compile(r"\d+\.?\d*|\.\d+")
_POINT_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?")
_COMMA = re.compile(r"\d+,\d*|,\d+|\d+")
_COMMA_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d*)?")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
_GROUPED_COLUMN = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_COMMA_COLUMN = r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$"
_TIE = r"\.\d{4}50*$"


@dataclass(frozen=True, kw_only=True)
class NumberStyle:
    """How numbers of one column are written.

    ``percent``: ``sign`` (3.33%), ``fraction`` (0.0333) or ``points`` (3.33) for ratio columns. ``divisor``: the text
    counts in parts of this size, 1_000_000 for micros. ``strip``: texts around a number that mean nothing.
    """

    decimal: str = "."
    strip: tuple[str, ...] = ()
    nulls: frozenset[str] = NULLS
    percent: str | None = None
    divisor: int = 1


def to_decimal(cells: pl.Series, style: NumberStyle) -> Converted:
    """Exact ten-thousandths, half up at the fifth decimal. Money signs, 万/亿/K/M, brackets for minus are understood."""
    values = _quick(cells, style)
    if values.null_count() == blanks(cells):
        return _divided(Converted(values=values), style.divisor)
    text = half_width(cleaned(cells, style.nulls))
    values = _quick(text, style)
    done = by_distinct_text(values, text, cells, lambda cell: parse_decimal(cell, style))
    return _divided(done, style.divisor)


def to_integer(cells: pl.Series, style: NumberStyle) -> Converted:
    """Whole numbers as Int64 (not scaled); 1.2万 is 12000, 3.5 is a bad cell."""
    scaled = to_decimal(cells, style)
    broken = (scaled.values % SCALE != 0).fill_null(False)
    whole = scaled.values // SCALE
    kept = pl.select(pl.when(broken).then(None).otherwise(whole)).to_series().alias(cells.name)
    return Converted(values=kept, bad=all_bad([scaled.bad, marked_bad(cells, broken, "not_whole")]))


def to_ratio(cells: pl.Series, style: NumberStyle) -> Converted:
    """A share as ten-thousandths: 3.33% is 333. Without a % sign the style of the column decides."""
    text = half_width(cleaned(cells, style.nulls))
    values = pl.Series(cells.name, [None] * len(text), dtype=pl.Int64)
    return by_distinct_text(values, text, cells, lambda cell: parse_ratio(cell, style))


def parse_decimal(text: str, style: NumberStyle) -> tuple[int | None, str | None]:
    """One cell as ten-thousandths, or the code of the reason why it is no number."""
    body, factor = _stripped(text, style)
    number, reason = _plain(body, style.decimal)
    if number is None:
        return None, reason
    scaled = to_scaled(number * factor)
    return (scaled, None) if abs(scaled) < LIMIT else (None, "number_too_large")


def parse_ratio(text: str, style: NumberStyle) -> tuple[int | None, str | None]:
    """One percentage as ten-thousandths, or the reason why not."""
    if "%" in text:
        return parse_decimal(text.strip("<> "), style)
    value, reason = parse_decimal(text, style)
    if value is None or value == 0 or style.percent == "fraction":
        return value, reason
    if style.percent == "points":
        return to_scaled(Decimal(value) / SCALE / 100), None
    return None, "percent_style"


def _quick(text: pl.Series, style: NumberStyle) -> pl.Series:
    """Values of the cells that are plainly numbers, vectorised; everything else stays null."""
    if style.decimal == ",":
        plain = _kept(text, text.str.contains(_COMMA_COLUMN)).str.replace_all(".", "", literal=True)
        plain = plain.str.replace(",", ".", literal=True)
    elif text.str.contains(",", literal=True).any():
        grouped = text.str.contains(_GROUPED_COLUMN)
        plain = pl.select(
            pl.when(grouped).then(text.str.replace_all(",", "", literal=True)).otherwise(text)
        ).to_series()
    else:
        plain = text
    if plain.str.contains(_TIE).any():
        plain = _kept(plain, ~plain.str.contains(_TIE))
    scaled = plain.cast(pl.Decimal(38, 4), strict=False).to_physical().cast(pl.Int64, strict=False)
    return _kept(scaled, scaled.abs() < LIMIT).alias(text.name)


def _kept(values: pl.Series, where: pl.Series) -> pl.Series:
    return pl.select(pl.when(where).then(values).otherwise(None)).to_series()


def _divided(done: Converted, divisor: int) -> Converted:
    if divisor == 1:
        return done
    value, half = pl.lit(done.values), divisor // 2
    rounded = pl.select(value.sign() * ((value.abs() + half) // divisor)).to_series().alias(done.values.name)
    return Converted(values=rounded, bad=done.bad, notes=done.notes)


def _stripped(text: str, style: NumberStyle) -> tuple[str, Decimal]:
    """The bare number, and what to multiply it by: sign, unit of ten thousand, percent."""
    body = unicodedata.normalize("NFKC", html.unescape(text)).translate(_MINUS)
    for noise in style.strip:
        if noise not in UNITS and noise != "%":
            body = body.replace(unicodedata.normalize("NFKC", noise), "")
    body = _CURRENCY.sub("", body)
    body = (
        "".join(c for c in body if unicodedata.category(c) != "Sc" and not c.isspace())
        .replace("'", "")
        .replace("’", "")
    )
    factor = Decimal(1)
    for detach in (_percent, _unit, _sign):
        body, part = detach(body)
        factor *= part
    return body, factor


def _percent(body: str) -> tuple[str, Decimal]:
    return (body.removesuffix("%"), Decimal("0.01")) if body.endswith("%") else (body, Decimal(1))


def _unit(body: str) -> tuple[str, Decimal]:
    size = UNITS.get(body[-1:].lower())
    return (body[:-1], Decimal(size)) if size else (body, Decimal(1))


def _sign(body: str) -> tuple[str, Decimal]:
    if body.startswith("(") and body.endswith(")"):
        return body[1:-1].lstrip("-"), Decimal(-1)
    if body.endswith("-"):
        return body[:-1], Decimal(-1)
    if body.startswith("-"):
        return body[1:], Decimal(-1)
    return body.removeprefix("+"), Decimal(1)


def _plain(body: str, decimal: str) -> tuple[Decimal | None, str | None]:
    """The number written in ``body`` with ``decimal`` as separator; a cell of the other style is never guessed at."""
    readers: list[tuple[re.Pattern[str], Callable[[str], str]]] = [
        (_POINT_GROUPED, lambda t: t.replace(",", "")),
        (_POINT, str),
    ]
    if decimal == ",":
        readers = [(_COMMA_GROUPED, _from_comma), (_COMMA, _from_comma), (_POINT, str)]
    readers.append((_SCIENTIFIC, str))
    for pattern, spell in readers:
        if pattern.fullmatch(body):
            return Decimal(spell(body)), None
    digits_and_separators = bool(re.fullmatch(r"[\d.,]*\d[\d.,]*", body))
    return None, "number_separator" if digits_and_separators else "not_a_number"


def _from_comma(text: str) -> str:
    return text.replace(".", "").replace(",", ".")


def comma_is_decimal(cells: pl.Series) -> bool:
    """Whether the last separator in most numbers of a column is a comma followed by one or two digits."""
    if not (cells.str.contains(",", literal=True) | cells.str.contains(r"\.\d{3}\.")).any():
        return False
    text = half_width(cleaned(cells)).drop_nulls()
    marked = text.filter(text.str.contains(r"\d[.,]\d"))
    if marked.is_empty():
        return False
    comma = marked.str.contains(r",\d{1,2}\D*$") | marked.str.contains(r"^\D*\d{1,3}(\.\d{3}){2,}\D*$")
    return 2 * int(comma.sum()) > len(marked)
