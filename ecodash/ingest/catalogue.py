"""The catalogue of known exports, read from the data files beside it on first use.

``FORMATS``           84 formats by id, in catalogue order within a platform
``CANONICAL_FIELDS``  field → its words; what a column of any export can mean
``SYNONYMS``          field → header words in several languages, best first
``FIELD_ORDER``       entity → fields in the order in which headers are given to them
``conventions()``     what holds for every file

Reading all of it takes some 80 ms and happens once, when something is first looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from ecodash.core.data_files import Lazy, read_yaml
from ecodash.core.text import Text
from ecodash.ingest.export_format import Format, Layout, Numbers, Statuses
from ecodash.ingest.switches import Switches

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]
Block = dict[str, Value]

_FOLDER = files("ecodash.ingest") / "formats"
_SHARED_FILES = ("conventions.yaml", "fields.yaml", "field_order.yaml", "synonyms.yaml")
_LISTS = ("headers", "signature", "alt_headers", "signature_exclude", "order_level_repeated", "personal", "id_columns")


@dataclass(frozen=True, kw_only=True)
class Conventions:
    """What holds for every file: total words, empty words, currency signs, date formats, number units (万, 亿, K, M)."""

    total_words: tuple[str, ...]
    nulls: tuple[str, ...]
    money_strip: tuple[str, ...]
    date_formats: tuple[str, ...]
    units: Mapping[str, int]


def _read(name: str) -> Block:
    return cast("Block", read_yaml(_FOLDER / name))


def _words(value: Value) -> tuple[str, ...]:
    """A list of words from a list, one word, or nothing."""
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _tuples(block: Value) -> dict[str, object]:
    """Keyword arguments of a data class: lists become tuples, single values stay."""
    items = cast("Block", block or {}).items()
    return {key: _words(value) if isinstance(value, list) else value for key, value in items}


def _format(block: Block, platform: str) -> Format:
    columns = cast("Block", block["columns"])
    switches = _tuples(block.get("switches"))
    parts: dict[str, object] = {key: _words(block.get(key)) for key in (*_LISTS, "date_formats")}
    for key in ("id", "report", "entity", "grain", "headers_order", "timezone", "currency", "confidence"):
        if key in block:
            parts[key] = block[key]
    parts["columns"] = {name: _words(value) for name, value in columns.items()}
    parts["derived"] = {name: str(value) for name, value in cast("Block", block.get("derived") or {}).items()}
    parts["layout"] = Layout(**_tuples(block["layout"]))  # type: ignore[arg-type]
    parts["numbers"] = Numbers(**_tuples(block.get("numbers")))  # type: ignore[arg-type]
    parts["statuses"] = Statuses(**_tuples(block.get("statuses")))  # type: ignore[arg-type]
    parts["switches"] = Switches(**switches)  # type: ignore[arg-type]
    return Format(platform=platform, **parts)  # type: ignore[arg-type]


def _formats() -> dict[str, Format]:
    found: dict[str, Format] = {}
    for name in sorted(entry.name for entry in _FOLDER.iterdir()):
        if not name.endswith(".yaml") or name in _SHARED_FILES:
            continue
        document = _read(name)
        for block in cast("list[Block]", document["formats"]):
            export = _format(block, str(document["platform"]))
            found[export.id] = export
    return found


def _fields() -> dict[str, Text]:
    groups = _read("fields.yaml").values()
    pairs = [pair for group in groups for pair in cast("dict[str, dict[str, str]]", group).items()]
    return {name: Text(words["zh"], words["en"]) for name, words in pairs}


def _synonyms() -> dict[str, tuple[str, ...]]:
    languages = cast("dict[str, dict[str, list[str]]]", _read("synonyms.yaml"))
    return {name: tuple(str(word) for words in groups.values() for word in words) for name, groups in languages.items()}


@cache
def conventions() -> Conventions:
    """What holds for every file."""
    return Conventions(**_tuples(_read("conventions.yaml")))  # type: ignore[arg-type]


FORMATS: Lazy[Format] = Lazy(_formats)
CANONICAL_FIELDS: Lazy[Text] = Lazy(_fields)
SYNONYMS: Lazy[tuple[str, ...]] = Lazy(_synonyms)
FIELD_ORDER: Lazy[tuple[str, ...]] = Lazy(lambda: {k: _words(v) for k, v in _read("field_order.yaml").items()})
