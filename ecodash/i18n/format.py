"""Numbers as a reader of either language writes them: ¥1.2万 and ¥12.3K, 27.1%, +2.1 pp. The only user of Babel.

Every function takes a number that exists; what to say when there is none is decided in ``sentence``.
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_decimal, get_currency_name, get_currency_precision, get_currency_symbol

from ecodash.core.text import Language, Text
from ecodash.core.unit import Unit

LOCALES: dict[Language, Locale] = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en")}
STEPS: dict[Language, tuple[tuple[int, str], ...]] = {
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    "en": ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")),
}
COMPACT_FROM = 10_000
CENTS_BELOW = 1_000
HOME_SYMBOLS: dict[Language, dict[str, str]] = {"zh": {}, "en": {"CNY": "¥", "JPY": "JP¥"}}
MONEY_UNITS = frozenset({Unit.MONEY, Unit.MONEY_PER_BUYER, Unit.MONEY_PER_ORDER, Unit.MONEY_PER_ITEM})
PER_ZH = {Unit.MONEY_PER_BUYER: "人", Unit.MONEY_PER_ORDER: "单", Unit.MONEY_PER_ITEM: "件"}
SUFFIXES = {
    Unit.HOURS: (1, Text(" 小时", " h")),
    Unit.MINUTES: (0, Text(" 分钟", " min")),
    Unit.TIMES: (2, Text(" 倍", "×")),
    Unit.STARS: (2, Text(" 星", " stars")),
    Unit.PER_1000: (2, Text("‰", "‰")),
    Unit.KILOMETRES: (0, Text(" 公里", " km")),
}
COUNT_UNITS = frozenset({Unit.ORDERS, Unit.BUYERS, Unit.ITEMS, Unit.ROWS, Unit.COUNT})


def _rounded(value: Decimal | float, digits: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded.is_zero() else rounded


def number(value: Decimal | float, language: Language, digits: int = 0) -> str:
    """``value`` with grouped thousands and exactly ``digits`` decimals, half up; never "-0"."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(_rounded(value, digits), format=pattern, locale=LOCALES[language]))


def compact(value: Decimal | float, language: Language) -> str:
    """``value`` short enough for a tile: whole below 10,000, then 1.2万 / 1.23亿 or 12.3K / 1.23M / 1.23B.

    A number that rounds up to the next step is shown in that step: 99,999,999 is 1.00亿, never 10000.0万.
    """
    if abs(_rounded(value, 0)) < COMPACT_FROM:
        return number(value, language)
    digits, size, suffix = next(
        (digits, size, suffix)
        for digits, size, suffix, limit in _steps(language)
        if abs(_rounded(Decimal(repr(float(value))) / size, digits)) * size < limit
    )
    return number(Decimal(repr(float(value))) / size, language, digits) + suffix


@cache
def _steps(language: Language) -> tuple[tuple[int, int, str, float], ...]:
    """Decimals, size and suffix of each step, smallest first, and where the next one begins."""
    rising = STEPS[language][::-1]
    limits = [*(float(size) for size, _ in rising[1:]), float("inf")]
    return tuple((min(i + 1, 2), *step, limit) for i, (step, limit) in enumerate(zip(rising, limits, strict=True)))


@cache
def currency_symbol(currency: str, language: Language) -> str:
    """The sign put before an amount: ¥, $, US$ …; the ISO code when the currency has no sign."""
    return HOME_SYMBOLS[language].get(currency) or str(get_currency_symbol(currency, locale=LOCALES[language]))


@cache
def _cents(currency: str) -> int:
    return int(get_currency_precision(currency))


def money(value: Decimal | float, language: Language, currency: str = "CNY", *, exact: bool = False) -> str:
    """An amount: ¥85.30, ¥1,235, ¥1.2万; with ``exact`` all digits of the currency (¥12,345.60)."""
    cents = _cents(currency)
    if exact or abs(_rounded(value, cents)) < CENTS_BELOW:
        digits = number(value, language, cents)
    else:
        digits = compact(value, language)
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    return f"{sign}{currency_symbol(currency, language)}{digits}"


def count(value: Decimal | float, language: Language, *, exact: bool = False) -> str:
    """How many: 1,234, then 1.2万 or 12.3K; with ``exact`` always all digits."""
    return number(value, language) if exact else compact(value, language)


def ratio(value: Decimal | float, language: Language, digits: int = 1) -> str:
    """A share between 0 and 1 (or beyond) as a percentage: 0.271 is 27.1%."""
    return number(Decimal(repr(float(value))) * 100, language, digits) + "%"


def points(value: Decimal | float, language: Language, digits: int = 1) -> str:
    """A difference of two ratios: 0.021 is +2.1 pp (+2.1 个百分点)."""
    shown = number(Decimal(repr(float(value))) * 100, language, digits)
    sign = "" if shown.startswith("-") or _rounded(float(value) * 100, digits).is_zero() else "+"
    return f"{sign}{shown} 个百分点" if language == "zh" else f"{sign}{shown} pp"


def days(value: Decimal | float, language: Language) -> str:
    """A length of time: 34 天, 34 days, 1 day; one decimal when it is not whole."""
    shown = number(value, language, 0 if float(value).is_integer() else 1)
    if language == "zh":
        return f"{shown} 天"
    return f"{shown} day" if shown == "1" else f"{shown} days"


def value_text(
    value: Decimal | float, unit: Unit, language: Language, currency: str = "CNY", *, exact: bool = False
) -> str:
    """``value`` as its ``unit`` is written. ``exact`` shows every digit instead of 万/亿 or K/M/B."""
    if unit in MONEY_UNITS:
        return money(value, language, currency, exact=exact)
    if unit in COUNT_UNITS:
        return count(value, language, exact=exact)
    if unit in (Unit.RATIO, Unit.POINTS):
        return (ratio if unit is Unit.RATIO else points)(value, language, 2 if exact else 1)
    if unit is Unit.DAYS:
        return days(value, language)
    digits, suffix = SUFFIXES.get(unit, (2, Text("", "")))
    return number(value, language, digits) + suffix.to(language)


def unit_text(unit: Unit, language: Language, currency: str = "CNY") -> str:
    """The unit as an axis or a column heading says it: 元, 美元/人, CNY per buyer, %, 天."""
    if unit in MONEY_UNITS:
        name = _currency_name(currency, language)
        if unit is Unit.MONEY:
            return name
        return f"{name}/{PER_ZH[unit]}" if language == "zh" else f"{name} {unit.label.en}"
    return "%" if unit is Unit.RATIO else unit.label.to(language)


def tick_text(value: Decimal | float, unit: Unit, language: Language) -> str:
    """``value`` as an axis says it, shortest form without the unit of the axis: 0, 5,000, 1.5万; 1.5K, 20%."""
    if unit in (Unit.RATIO, Unit.POINTS):
        shown = _trimmed(Decimal(repr(float(value))) * 100, language)
        return f"{shown}%" if unit is Unit.RATIO else shown
    for size, suffix in STEPS[language]:
        scaled = Decimal(repr(float(value))) / size
        if abs(scaled) >= 1:
            return _trimmed(scaled, language) + suffix
    return _trimmed(Decimal(repr(float(value))), language)


def _trimmed(value: Decimal, language: Language) -> str:
    shown = number(value, language, 2)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _currency_name(currency: str, language: Language) -> str:
    if language == "en":
        return currency
    return "元" if currency == "CNY" else str(get_currency_name(currency, locale=LOCALES["zh"]))
