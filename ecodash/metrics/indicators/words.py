"""An indicator as a metric: words, unit and needs from the data, the computation from the code."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ecodash.core.data_files import read_yaml
from ecodash.core.schema import TABLES
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.metric import Better, Computation, Definition, Metric

Entry = Mapping[str, object]
_FOLDER = files("ecodash.metrics.indicators")
UNITS = {"CNY": Unit.MONEY, "qty": Unit.ITEMS, "series": Unit.INDEX}
BETTER = {"higher": Better.HIGHER, "lower": Better.LOWER, "context": Better.CONTEXT, "zero": Better.CONTEXT}


@cache
def _families() -> Mapping[str, Entry]:
    """The content of every file by its family."""
    parts = sorted((part for part in _FOLDER.iterdir() if part.name.endswith(".yaml")), key=lambda part: part.name)
    return MappingProxyType({part.name.removesuffix(".yaml"): _mapping(read_yaml(part)) for part in parts})


@cache
def entries() -> Mapping[str, tuple[str, Entry]]:
    """Family and entry of every indicator by its id."""
    found: dict[str, tuple[str, Entry]] = {}
    for family, content in _families().items():
        listed = content["indicators"]
        if not isinstance(listed, list):
            raise TypeError(listed)
        found |= {str(entry["id"]): (family, _mapping(entry)) for entry in listed}
    return MappingProxyType(found)


@cache
def family_names() -> Mapping[str, Text]:
    """The name of every family."""
    return MappingProxyType({name: _text(content["family"]) for name, content in _families().items()})


def indicator(name: str, how: Computation, *others: Definition, or_tables: tuple[str, ...] = ()) -> Metric:
    """The indicator called ``name`` computed by ``how``; ``others`` are further readings. Raises KeyError."""
    family, entry = entries()[name]
    requires = {table: _names(columns) for table, columns in _mapping(entry["requires"]).items()}
    formula, source = _text(entry["formula"]), _source(_mapping(entry["source"]))
    plain = Definition(id="standard", name=Text("标准口径", "Standard"), meaning=formula, how=how, source=source)
    return Metric(
        id=name,
        family=family,
        name=_text(entry["name"]),
        meaning=_text(entry["meaning"]) if entry.get("meaning") else formula,
        formula=formula,
        unit=UNITS.get(str(entry["unit"])) or Unit(str(entry["unit"])),
        better=BETTER[str(entry["better"])],
        grain=TABLES[next(iter(requires))].grain,
        requires=tuple(requires.items()),
        source=source,
        definitions=(plain, *others),
        caveat=_text(entry["caveat"]) if entry.get("caveat") else None,
        or_tables=or_tables,
        of_customers=any("customer_id" in _names(columns) for columns in _mapping(entry["requires"]).values()),
    )


def _source(source: Entry) -> str:
    return f"Doc {source['doc']}, {source['ref']}"


def _text(words: object) -> Text:
    pair = _mapping(words)
    return Text(str(pair["zh"]), str(pair["en"]))


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(str(name) for name in value)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return value
