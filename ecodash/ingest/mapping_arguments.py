"""``--map canonical=Header`` and ``--set key=value`` → a checked mapping and checked options."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import fields, replace
from datetime import date
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ecodash.core.errors import MappingError
from ecodash.core.schema import TABLES
from ecodash.core.text import Text
from ecodash.ingest.catalogue import CANONICAL_FIELDS, FIELD_ORDER, FORMATS
from ecodash.ingest.headers import header_key
from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.read_encoding import NAMES

_YES, _NO = frozenset({"true", "yes", "1", "是"}), frozenset({"false", "no", "0", "否"})
_DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "pipe": "|", "space": " ", "\\t": "\t"}
OPTION_NAMES: tuple[str, ...] = tuple(field.name for field in fields(LoadOptions))


def parse_map(pairs: Sequence[str], *, headers: Sequence[str], mapping: Mapping) -> Mapping:
    """``mapping`` with the given pairs put in its place: ``order_id=InvoiceNo``, or ``sku=`` to drop a field.

    Several headers in order of preference are separated by ``|``. ``entity=orders`` decides what one row is.
    Raises MappingError for a field or header that does not exist, naming the nearest that does.
    """
    columns = dict(mapping.columns)
    entity = mapping.entity
    for pair in pairs:
        field, value = _split(pair)
        if field == "entity":
            entity = _known(value, entities(), Text("数据类型", "entity"))
            continue
        _known(field, fields_of(entity), Text("字段", "field"))
        if not value:
            columns.pop(field, None)
            continue
        columns[field] = tuple(_header(part, headers) for part in value.split("|"))
    return replace(mapping, columns=columns, entity=entity)


def parse_options(pairs: Sequence[str], *, options: LoadOptions | None = None) -> LoadOptions:
    """``options`` with ``key=value`` pairs set, values checked. Lists are separated by ``|``."""
    given = dict(_split(pair) for pair in pairs)
    base = options or LoadOptions()
    changed = checked_options(given)
    return replace(base, **{name: getattr(changed, name) for name in given})


def checked_options(values: Dictionary[str, object]) -> LoadOptions:
    """Options from names and values (texts or already typed); raises MappingError for a name or value that is none."""
    checked: dict[str, object] = {}
    for name, value in values.items():
        _known(name, OPTION_NAMES, Text("设置项", "setting"))
        checked[name] = _CHECKS.get(name, _text)(name, value)
    return LoadOptions(**checked)  # type: ignore[arg-type]


def entities() -> tuple[str, ...]:
    """What one row of a file can be: the entities of the catalogue and the canonical tables."""
    return tuple(dict.fromkeys((*FIELD_ORDER, *(export.entity for export in FORMATS.values()), *TABLES)))


def fields_of(entity: str) -> tuple[str, ...]:
    """The names a column of an entity can be mapped to: canonical fields, and the columns of a canonical table."""
    table = TABLES.get(entity)
    own = table.column_names if table is not None else ()
    return tuple(dict.fromkeys((*own, *CANONICAL_FIELDS)))


def _split(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals or not name.strip():
        text = Text(f"“{pair}”应写成 名称=值。", f"“{pair}” must be written as name=value.")
        raise MappingError(text)
    return name.strip(), value.strip() or value[:1]


def _known(name: str, known: Sequence[str], kind: Text) -> str:
    if name in known:
        return name
    close = get_close_matches(name, known, n=1)
    hint = Text(f"你是不是要找“{close[0]}”？", f"Did you mean “{close[0]}”?") if close else None
    text = Text(f"没有名为“{name}”的{kind.zh}。", f"There is no {kind.en} called “{name}”.")
    raise MappingError(text, advice=hint)


def _header(name: str, headers: Sequence[str]) -> str:
    found = {header_key(header): header for header in reversed(headers) if header}
    key = header_key(name)
    if name in headers:
        return name
    if key in found:
        return found[key]
    close = get_close_matches(key, list(found), n=1)
    hint = Text(f"最接近的是“{found[close[0]]}”。", f"The nearest is “{found[close[0]]}”.") if close else None
    text = Text(f"文件里没有表头“{name}”。", f"The file has no header “{name}”.")
    raise MappingError(text, advice=hint)


def _bad(name: str, value: object, expected: Text) -> MappingError:
    return MappingError(
        Text(
            f"设置 {name} 的值“{value}”无效，应为{expected.zh}。",
            f"“{value}” is no value of {name}; expected {expected.en}.",
        )
    )


def _text(_: str, value: object) -> str:
    return str(value)


def _flag(name: str, value: object) -> bool:
    word = str(value).lower()
    if word not in _YES | _NO:
        raise _bad(name, value, Text("是或否", "yes or no"))
    return word in _YES


def _number(name: str, value: object) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number < 1:
        raise _bad(name, value, Text("正整数", "a whole number from 1"))
    return number


def _day(name: str, value: object) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise _bad(name, value, Text("日期（YYYY-MM-DD）", "a day (YYYY-MM-DD)")) from error


def _list(_: str, value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list | tuple) else str(value).split("|")
    return tuple(str(part) for part in parts if str(part))


def _zone(name: str, value: object) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _bad(name, value, Text("时区名（如 Asia/Shanghai）", "a time zone (such as Asia/Shanghai)")) from error


def _currency(name: str, value: object) -> str:
    code = str(value).upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():  # noqa: PLR2004
        raise _bad(name, value, Text("三位货币代码（如 CNY）", "a three-letter currency code (such as CNY)"))
    return code


def _separator(name: str, value: object) -> str:
    if len(str(value)) > 1 or str(value).isalnum():
        raise _bad(name, value, Text("一个符号", "one sign"))
    return str(value)


def _delimiter(name: str, value: object) -> str:
    letter = _DELIMITERS.get(str(value), str(value))
    return _separator(name, letter)


def _encoding(name: str, value: object) -> str:
    if str(value) not in NAMES:
        raise _bad(name, value, Text("、".join(NAMES), ", ".join(NAMES)))
    return str(value)


def _refund(name: str, value: object) -> str:
    if value not in ("auto", "yes", "no"):
        raise _bad(name, value, Text("auto、yes 或 no", "auto, yes or no"))
    return str(value)


_CHECKS: dict[str, Callable[[str, object], object]] = {
    "zone": _zone,
    "currency": _currency,
    "decimal": _separator,
    "thousands": _separator,
    "date_formats": _list,
    "day_first": _flag,
    "refund_in_paid": _refund,
    "row_is_order": _flag,
    "snapshot_date": _day,
    "period_start": _day,
    "period_end": _day,
    "money_divisor": _number,
    "header_row": _number,
    "no_header": _flag,
    "encoding": _encoding,
    "delimiter": _delimiter,
    "valid": _list,
    "pending": _list,
    "cancelled": _list,
    "refunded": _list,
}
