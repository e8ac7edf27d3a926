"""One date or time cell → a moment. The slow, thorough reader for what the vectorised formats leave over."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ZONE_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CST": -6, "CDT": -5, "EST": -5, "EDT": -4,
    "AKST": -9, "AKDT": -8, "HST": -10, "BST": 1, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2, "EET": 2, "EEST": 3,
    "JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "WIB": 7, "ICT": 7, "BRT": -3, "ART": -3, "AEST": 10, "AEDT": 11,
}  # fmt: skip
_MONTH_WORDS = (
    "jan january janv janvier enero ene janeiro januari januar",
    "feb february fev fevr fevrier febrero fevereiro februari februar",
    "mar march mars marzo marco maret maerz",
    "apr april avr avril abril abr",
    "may mai mayo maio mei",
    "jun june juin junio junho juni",
    "jul july juil juillet julio julho juli",
    "aug august aout agosto ago agustus agu",
    "sep sept september septembre septiembre setiembre setembro set",
    "oct october octobre octubre outubro out oktober okt",
    "nov november novembre noviembre novembro nopember",
    "dec december decembre dic diciembre dezembro dez desember des dezember",
)
MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
EPOCH = datetime(1970, 1, 1)
EXCEL_EPOCH = datetime(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1971, 2100
_PIVOT = 70

_TIME = r"(?:[T ,]+(?P<h>\d{1,2})[:hH时点](?P<mi>\d{2})(?:[:分](?P<s>\d{2})?秒?(?:[.,](?P<f>\d{1,9}))?)?分?\s*(?P<ap>[AaPp]\.?[Mm]\.?|上午|下午)?\s*(?:hs\.?)?)?"
_ZONE = r"\s*(?P<z>[+-]\d{2}:?\d{2}|[+-]\d{2}|Z|[A-Z]{3,4})?"
_YMD = re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?" + _TIME + _ZONE)
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[T ]?(?P<h>\d{2}):?(?P<mi>\d{2}):?(?P<s>\d{2})?)?")
_PARTS = re.compile(r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _TIME + _ZONE)
_DAY_WORD = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|º)?[-/ .]+(?:de )?(?P<w>[a-z]+)\.?[-/ .,]+(?:de )?(?P<y>\d{4}|\d{2})"
    + _TIME
    + _ZONE,
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    r"(?P<w>[a-z]+)\.?[-/ ]+(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/, ]+(?P<y>\d{4}|\d{2})" + _TIME + _ZONE, re.IGNORECASE
)
_MONTH = re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})月?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A clock reading. ``local`` is naive; with ``absolute`` it is UTC, else the clock of the file's zone.

    ``timed`` is False when the cell names a day only.
    """

    local: datetime
    timed: bool = True
    absolute: bool = False


def parse_moment(text: str, *, day_first: bool | None) -> tuple[Moment | None, str | None]:
    """The moment a cell names, or the code of the reason why it names none."""
    cell = _plain(text)
    number = _NUMBER.fullmatch(cell)
    if number and not _COMPACT.fullmatch(cell):
        return _from_number(cell)
    parts = _PARTS.fullmatch(cell)
    if parts:
        return _from_parts(parts, day_first=day_first)
    for pattern in (_YMD, _COMPACT, _DAY_WORD, _WORD_DAY, _MONTH):
        found = pattern.fullmatch(cell)
        if found:
            return _from_groups(found.groupdict())
    return None, "not_a_date"


def _plain(text: str) -> str:
    """Half-width, without accents, single blanks."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", " ", "".join(c for c in flat if not unicodedata.combining(c))).strip()


def _from_number(cell: str) -> tuple[Moment | None, str | None]:
    """An Excel serial (days since 1899-12-30) or seconds or milliseconds since 1970 (which are UTC)."""
    whole = cell.split(".", maxsplit=1)[0]
    if len(whole) == len("45000"):
        days = float(cell)
        if 30_000 <= days <= 60_000:  # noqa: PLR2004 - 1982 … 2064, the range the catalogue names
            seconds = round((days - int(days)) * 86_400)
            return Moment(local=EXCEL_EPOCH + timedelta(days=int(days), seconds=seconds), timed=days != int(days)), None
    if len(whole) in (10, 13) and whole[0] in "123456789":
        unit = timedelta(milliseconds=1) if len(whole) == 13 else timedelta(seconds=1)  # noqa: PLR2004 - 13 digits
        return _checked(Moment(local=EPOCH + int(whole) * unit, absolute=True))
    return None, "not_a_date"


def _from_parts(found: re.Match[str], *, day_first: bool | None) -> tuple[Moment | None, str | None]:
    groups = found.groupdict()
    first, second = int(groups["a"]), int(groups["b"])
    if groups["sep"] == "." or (first > 12 >= second):  # noqa: PLR2004 - there are twelve months
        day_first = True
    elif second > 12 >= first:  # noqa: PLR2004
        day_first = False
    elif first == second:
        day_first = bool(day_first)
    if day_first is None:
        return None, "date_order_unknown"
    groups["d"], groups["m"] = (groups["a"], groups["b"]) if day_first else (groups["b"], groups["a"])
    return _from_groups(groups)


def _from_groups(groups: dict[str, str | None]) -> tuple[Moment | None, str | None]:
    day = _day(groups)
    if isinstance(day, str):
        return None, day
    if groups.get("h") is None:
        return _checked(Moment(local=datetime(day.year, day.month, day.day), timed=False))
    clock = _clock(groups)
    if clock is None:
        return None, "not_a_date"
    local = datetime(day.year, day.month, day.day) + clock
    offset = _offset(groups.get("z"))
    if offset is None:
        return (None, "not_a_date") if groups.get("z") else _checked(Moment(local=local))
    return _checked(Moment(local=local - offset, absolute=True))


def _day(groups: dict[str, str | None]) -> date | str:
    word = groups.get("w")
    month = MONTHS.get(word.lower()) if word else int(groups.get("m") or 0)
    if month is None:
        return "not_a_date"
    year = int(groups["y"] or 0)
    if len(groups["y"] or "") == len("26"):
        year += 1900 if year >= _PIVOT else 2000
    day = int(groups.get("d") or 1)
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(max(year, 1), month)[1]:  # noqa: PLR2004
        return "no_such_day"
    return date(max(year, 1), month, day)


def _clock(groups: dict[str, str | None]) -> timedelta | None:
    hour, minute, second = int(groups["h"] or 0), int(groups["mi"] or 0), int(groups.get("s") or 0)
    half = (groups.get("ap") or "").lower().replace(".", "")
    if half in ("pm", "下午"):
        hour = hour % 12 + 12
    elif half in ("am", "上午"):
        hour %= 12
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - clock
        return None
    micro = int((groups.get("f") or "0").ljust(6, "0")[:6])
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)


def _offset(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone in ZONE_OFFSETS:
        return timedelta(hours=ZONE_OFFSETS[zone])
    if zone[0] not in "+-":
        return None
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)


def _checked(moment: Moment) -> tuple[Moment | None, str | None]:
    return (moment, None) if FIRST_YEAR <= moment.local.year <= LAST_YEAR else (None, "date_out_of_range")
