"""Words and numbers for the reader of this session. ``t`` is plain text, ``say`` is safe where Markdown is read."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from ecodash import i18n
from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.core.text import LANGUAGES, Language, Text
from ecodash.ui import state

NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
JOINER = "\u2060"
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def language() -> Language:
    """The language of this session; the browser's until the address says otherwise."""
    chosen = state.value("lang")
    return next((one for one in LANGUAGES if one == chosen), browser_language())


def browser_language() -> Language:
    """Chinese for a browser that speaks any Chinese, else English."""
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def t(key: str, **values: object) -> str:
    """The sentence ``key`` as plain text: for tables, options, file names, alt texts."""
    return i18n.t(key, language(), **values)


def say(key: str, **values: object) -> str:
    """The sentence ``key`` for a place where Markdown is read; every value is shown as it is."""
    return md(t(key, **values))


def named(section: str, codes: Iterable[str]) -> Callable[[str], str]:
    """A function that gives each of ``codes`` its name, for options; the language is settled here and now."""
    names = {code: t(f"{section}{code}") for code in codes}
    return lambda code: names.get(code, code)


def word(text: Text) -> str:
    """A domain word in the reader's language, safe where Markdown is read."""
    return md(text.to(language()))


def md(value: object) -> str:
    """``value`` as plain text: no formatting, links, images, formulas, icons or automatic links can come of it."""
    escaped = _SPECIAL.sub(r"\\\1", str(value))
    return escaped.replace("\\:", f"\\:{JOINER}").replace("@", f"@{JOINER}").replace("www", f"w{JOINER}ww")


def count(value: float) -> str:
    """How many, with all digits: 1,234."""
    return i18n.count(value, language(), exact=True)


def size(number_of_bytes: int) -> str:
    """The size of a file: 340 KB, 12.3 MB, 1.2 GB."""
    amount, unit = float(number_of_bytes), "B"
    for larger in ("KB", "MB", "GB"):
        if amount < 1000:  # noqa: PLR2004
            break
        amount, unit = amount / 1024, larger
    return f"{i18n.number(amount, language(), 0 if unit in {'B', 'KB'} else 1)} {unit}"


def day(value: date) -> str:
    """A day: 2024-03-01."""
    return i18n.day_text(value)


def month(period: Period | None) -> str:
    """The month a period begins in: 2024年3月, Mar 2024."""
    return i18n.month_text(period.start, language()) if period else ""


def span(period: Period) -> str:
    """Both ends of a period: 2024-03-01 → 2024-03-31; a date is never broken between two lines."""
    return i18n.period_text(period).replace("-", f"-{JOINER}")


def local_moment(utc: datetime, zone: str) -> str:
    """A moment kept in UTC, to the minute in ``zone``."""
    return i18n.moment_text(utc.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)))


def number(estimate: Estimate, currency: str, *, interval: bool = False) -> str:
    """The number of an estimate, or in words why there is none."""
    return i18n.estimate_text(estimate, language(), currency, interval=interval)
