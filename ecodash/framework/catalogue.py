"""The catalogue of the two documents, read from the data files beside it on first use.

``ENTRIES``      dimensions, models, trends, types, forms, revenue models, build items, risks, lessons by id
``FIGURES``      the 27 figures, ``CLAIMS`` the 48 claims, ``LIMITS`` the 19 things uploads cannot show
``GAPS``         where the documents break off, ``PASSAGES`` what they say in general, ``SECTIONS`` their headings
``INDICATORS``   the 243 indicators, ``SIMULATORS`` the words of the 11 simulators
``about()``      the documents themselves, their vocabulary, how risks are to be managed
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

from ecodash.core.data_files import Lazy, read_yaml
from ecodash.core.errors import UnknownName
from ecodash.core.text import Text
from ecodash.framework.built import built
from ecodash.framework.entry import Entry, Kind, Part
from ecodash.framework.figure import Claim, Figure, Gap, Indicator, Limit, Passage, SimulatorCard
from ecodash.framework.source import Section, Source
from ecodash.metrics.indicators.words import entries as metric_words

Item = TypeVar("Item")
Block = Mapping[str, object]
_FOLDER = files("ecodash.framework") / "entries"
_FILES: Mapping[Kind, tuple[str, ...]] = {
    Kind.MODEL: ("models_trade", "models_new", "models_other"),
    **{kind: (kind.value,) for kind in Kind if kind is not Kind.MODEL},
}


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document by its title, and where it ends."""

    zh: str
    en: str
    note: Text


@dataclass(frozen=True, kw_only=True)
class Management:
    """How risks are to be managed as a whole."""

    source: Source
    summary: Text
    items: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class About:
    """The documents, how far they can be trusted, the words they use."""

    docs: Mapping[str, Document]
    reliability: Text
    vocabulary: tuple[Text, ...]
    risk_management: Management


@cache
def _read(name: str) -> Block:
    return cast("Block", read_yaml(_FOLDER / f"{name}.yaml"))


def _list(name: str, key: str) -> list[Block]:
    return cast("list[Block]", _read(name)[key])


def _keyed(kind: type[Item], *blocks: Sequence[Block]) -> dict[str, Item]:
    made = [(str(block["id"]), built(kind, block)) for some in blocks for block in some]
    if len({name for name, _ in made}) != len(made):
        raise ValueError(f"{kind.__name__}: an id is used twice")
    return dict(made)


def _entries() -> dict[str, Entry]:
    blocks = [
        {**block, "kind": kind} for kind, names in _FILES.items() for name in names for block in _list(name, kind)
    ]
    return _keyed(Entry, blocks)


def _indicators() -> dict[str, Indicator]:
    found = {}
    for place in _list("indicators", "indicators"):
        family, words = metric_words()[str(place["id"])]
        source, requires = cast("Block", words["source"]), cast("Mapping[str, list[str]]", words["requires"])
        block = {key: words[key] for key in ("name", "formula", "unit", "better", "caveat") if words.get(key)}
        whole = SECTIONS[str(source["ref"])].heading
        block["source"] = {"ref": source["ref"], "at": str(source["section"]).removeprefix(whole).removeprefix(" > ")}
        needs = {"family": family, "requires": ()}
        made = built(Indicator, {**place, **block, **needs})
        tables = tuple((table, tuple(columns)) for table, columns in requires.items())
        found[made.id] = Indicator(**{**vars(made), "requires": tables})
    return found


ENTRIES: Lazy[Entry] = Lazy(_entries)
FIGURES: Lazy[Figure] = Lazy(lambda: _keyed(Figure, _list("figures", "figures")))
CLAIMS: Lazy[Claim] = Lazy(lambda: _keyed(Claim, _list("claims_a", "claims"), _list("claims_b", "claims")))
LIMITS: Lazy[Limit] = Lazy(lambda: _keyed(Limit, _list("limits", "not_measurable")))
GAPS: Lazy[Gap] = Lazy(lambda: _keyed(Gap, _list("limits", "gaps")))
PASSAGES: Lazy[Passage] = Lazy(lambda: _keyed(Passage, _list("about", "context")))
SECTIONS: Lazy[Section] = Lazy(lambda: _keyed(Section, _list("about", "sections")))
SIMULATORS: Lazy[SimulatorCard] = Lazy(lambda: _keyed(SimulatorCard, _list("simulators", "simulators")))
INDICATORS: Lazy[Indicator] = Lazy(_indicators)


@cache
def about() -> About:
    """The documents, their vocabulary, and how risks are to be managed."""
    block = _read("about")
    return About(
        docs={name: built(Document, doc) for name, doc in cast("Mapping[str, Block]", block["docs"]).items()},
        reliability=built(Text, block["reliability"]),
        vocabulary=tuple(built(Text, words) for words in cast("list[Block]", block["vocabulary"])),
        risk_management=built(Management, block["risk_management"]),
    )


def of_kind(kind: Kind) -> tuple[Entry, ...]:
    """The entries of one kind, in the order of the documents."""
    return tuple(entry for entry in ENTRIES.values() if entry.kind is kind)


def entry(name: str) -> Entry:
    """The entry called ``name``. Raises UnknownName."""
    if name not in ENTRIES:
        raise UnknownName(Text("框架条目", "entry of the framework"), name, list(ENTRIES))
    return ENTRIES[name]


@cache
def appears_in(indicator: str) -> tuple[str, ...]:
    """The entries that use an indicator, in the order of the documents."""
    return tuple(one.id for one in ENTRIES.values() if indicator in one.all_indicators)
