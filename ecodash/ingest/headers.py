"""Header names made comparable: two spellings of the same header get the same key."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\u00ad\u202a-\u202e]")
_BLANKS = re.compile(r"\s+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | {"帐": "账", "’": "'"})
_UNIT = re.compile(r"^(?P<name>.*\S)\s*\((?P<unit>[^()]{1,12})\)$")
_DUPLICATE = re.compile(r"\.\d+$")
_NUMBERED = re.compile(r"^column_\d+$")
_UNIT_WORDS = frozenset({"元", "件", "%", "个", "人", "次", "笔", "单", "天", "秒", "$", "¥", "€", "£", "r$"})


def clean_header(header: str | None) -> str:
    """The header as shown: without BOM, invisible characters, line breaks, wrappers and outer blanks."""
    text = _INVISIBLE.sub("", header or "").strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return _BLANKS.sub(" ", text).strip(" '\"`")


@lru_cache(maxsize=20_000)
def header_key(header: str | None) -> str:
    """The comparable form: NFKC, 帐 as 账, one kind of dash, single blanks, lower case. "" for an unnamed column."""
    folded = unicodedata.normalize("NFKC", clean_header(header)).translate(_DASHES)
    return _BLANKS.sub(" ", folded).strip().lower()


@lru_cache(maxsize=20_000)
def split_unit(key: str) -> tuple[str, str | None]:
    """A header key without its trailing unit or currency bracket, and that unit: ``花费(元)`` → ``花费``, ``元``."""
    found = _UNIT.match(key)
    if found is None:
        return key, None
    unit = found["unit"].strip()
    is_unit = unit in _UNIT_WORDS or re.fullmatch(r"[a-z]{3}", unit) is not None
    return (found["name"].strip(), unit) if is_unit else (key, None)


def unique_names(headers: Iterable[str | None]) -> tuple[str, ...]:
    """Clean names made unique: the second ``分销员`` is ``分销员.1``; unnamed columns stay ""."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for header in headers:
        name = clean_header(header)
        key = header_key(header)
        count = seen.get(key, 0)
        seen[key] = count + 1
        names.append(f"{name}.{count}" if key and count else name)
    return tuple(names)


def without_number(key: str) -> str:
    """A key without the ``.1`` that a repeated header got."""
    return _DUPLICATE.sub("", key)


def header_set(names: Sequence[str]) -> tuple[str, ...]:
    """What identifies a layout for a recipe: its header keys, sorted; unnamed and repeated columns do not count."""
    keys = {without_number(header_key(name)) for name in names}
    return tuple(sorted(key for key in keys if key and not _NUMBERED.match(key)))
