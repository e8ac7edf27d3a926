"""All caching of the interface. Keys are names and editions, never frames; shared things are never changed.

A workspace is opened once per process and shared by its visitors. Its *edition* changes with every load, undo and
setting; it is looked up once per run, and an answer during which it changed is given but not kept.
"""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast
from weakref import WeakKeyDictionary

import polars as pl
import streamlit as st

from ecodash.core.estimate import Estimate
from ecodash.core.notebook import Goal
from ecodash.core.period import Period
from ecodash.metrics.comparison import Comparison
from ecodash.metrics.decomposed import Decomposition, NotApplicable
from ecodash.metrics.events import EventCalendar
from ecodash.metrics.explanation import Explanation
from ecodash.metrics.goals import Pace
from ecodash.metrics.query import Query
from ecodash.session import Finding, Session
from ecodash.session.indicators import Shelf
from ecodash.session.sample import open_sample
from ecodash.ui.page_answers import QUESTIONS

HOME = "ecodash"
ANSWERS_KEPT = 2000
_ready: set[Path] = set()
_editions: WeakKeyDictionary[Session, str] = WeakKeyDictionary()


def workspace_folder() -> Path:
    """The visitor's own workspace: ``ECODASH_WORKSPACE``, else ``~/ecodash``."""
    chosen = os.environ.get("ECODASH_WORKSPACE")
    return Path(chosen).absolute() if chosen else Path.home() / HOME


@st.cache_resource(show_spinner=False)
def own_shop(folder: Path) -> Session:
    """The visitor's own workspace, opened; made when there is none. With ``ECODASH_READ_ONLY`` it is only looked at."""
    looking = bool(os.environ.get("ECODASH_READ_ONLY"))
    return Session.open(folder, create=not looking, read_only=looking)


@st.cache_resource(show_spinner=False)
def sample_shop(folder: Path) -> Session:
    """The sample shop in a workspace of its own, loaded through the real importer; the first time takes a while."""
    shop = open_sample(folder)
    _ready.add(folder)
    return shop


def sample_folder() -> Path:
    """Where the workspace of the sample shop lies: beside the visitor's own, never inside it."""
    own = workspace_folder()
    return own.with_name(f"{own.name}-sample")


def open_first_shop() -> None:
    """Opens what the first visitor will see. Raises WorkspaceError."""
    own = own_shop(workspace_folder())
    if is_empty(own):
        sample_shop(sample_folder())


def is_ready(folder: Path) -> bool:
    """Whether the sample shop in ``folder`` can be had at once."""
    return folder in _ready


def estimates(shop: Session, ids: Sequence[str], query: Query) -> list[Estimate]:
    """The numbers of a query, one per metric and group."""
    return cast("list[Estimate]", _ask(shop, "estimates", tuple(ids), query))


def explanation(shop: Session, metric: str, query: Query) -> Explanation:
    """How one number came about."""
    return cast("Explanation", _ask(shop, "explanation", metric, query))


def first_rows(shop: Session, metric: str, query: Query, limit: int) -> pl.DataFrame:
    """The first of the very rows behind a number."""
    return cast("pl.DataFrame", _ask(shop, "first_rows", metric, query, limit))


def codes(shop: Session, dimension: str) -> list[str]:
    """The codes the data have in a dimension, those with most orders first; times in order."""
    return cast("list[str]", _ask(shop, "codes", dimension))


def examined(shop: Session) -> list[Finding]:
    """Every check of data health that was made, those that found nothing included."""
    return cast("list[Finding]", _ask(shop, "examined"))


def findings(shop: Session) -> list[Finding]:
    """Data health: what was found, graver ones first."""
    return [one for one in examined(shop) if one.count]


def answer(shop: Session, what: str, *arguments: object) -> object:
    """An answer by its name in ``_QUESTIONS``: data health, reconciliation, the readings and bridges of definitions."""
    return _ask(shop, what, *arguments)


def loads(shop: Session) -> pl.DataFrame:
    """The history of loads in the order they were made."""
    return cast("pl.DataFrame", _ask(shop, "loads"))


def curve(shop: Session, query: Query) -> pl.DataFrame:
    """The time to the second purchase; see ``pictures.curve``."""
    return cast("pl.DataFrame", _ask(shop, "curve", query))


def gaps(shop: Session, query: Query) -> pl.DataFrame:
    """The days between purchases; see ``pictures.gaps``."""
    return cast("pl.DataFrame", _ask(shop, "gaps", query))


def money(shop: Session, metric: str, query: Query) -> pl.DataFrame:
    """The cohort matrix in money; see ``pictures.money``."""
    return cast("pl.DataFrame", _ask(shop, "money", metric, query))


def window(shop: Session) -> Period | None:
    """First and last day of the loaded orders; None without orders."""
    return cast("Period | None", _ask(shop, "window"))


def calendar(shop: Session) -> EventCalendar:
    """Promotions and holidays of the shop, its own uploaded ones included."""
    return cast("EventCalendar", _ask(shop, "calendar"))


def behind(
    shop: Session, metric: str, query: Query, *, comparison: Comparison, spans: Sequence[Period]
) -> list[tuple[Period, Estimate]]:
    """The period of comparison under the steps of a chart; see ``metrics.alongside``."""
    found = _ask(shop, "behind", metric, query, comparison, tuple(spans))
    return cast("list[tuple[Period, Estimate]]", found)


def by_dimension(shop: Session, metric: str, query: Query, *, before: Period, by: str) -> Decomposition | NotApplicable:
    """A change taken apart by the groups of a dimension; see ``metrics.contributions``."""
    return cast("Decomposition | NotApplicable", _ask(shop, "by_dimension", metric, query, before, by))


def by_factors(shop: Session, metric: str, query: Query, *, before: Period) -> Decomposition | NotApplicable:
    """A change taken apart by the factors of a product; see ``metrics.contributions``."""
    return cast("Decomposition | NotApplicable", _ask(shop, "by_factors", metric, query, before))


def division(shop: Session, metric: str, query: Query, *, by: str, top: Sequence[str]) -> list[Estimate]:
    """How a whole divides over time; see ``metrics.ranking.over_time``."""
    return cast("list[Estimate]", _ask(shop, "division", metric, query, by, tuple(top)))


def pace(shop: Session, goal: Goal, *, as_of_day: date) -> Pace:
    """How a month stands against its goal on the evening of a day; see ``metrics.goals``."""
    return cast("Pace", _ask(shop, "pace", goal, as_of_day))


def look(shop: Session) -> None:
    """Looks up the edition; at the beginning of a run and after every change."""
    _editions[shop] = _edition(shop)


def is_empty(shop: Session) -> bool:
    """Whether nothing is loaded."""
    return not shop.tables_loaded()


class _MovedError(Exception):
    """The workspace changed while the answer was computed: the answer holds but must not be kept."""

    def __init__(self, found: object) -> None:
        self.found = found
        super().__init__()


def _edition(shop: Session) -> str:
    history = shop.loads().select("load_id", "active").rows()
    return f"{shop.workspace.folder.root}@{hash((tuple(history), shop.settings))}"


def _ask(shop: Session, what: str, *arguments: object) -> object:
    if shop not in _editions:
        look(shop)
    try:
        return _answer(shop, _editions[shop], what, arguments)
    except _MovedError as moved:
        look(shop)
        return moved.found


@st.cache_data(max_entries=ANSWERS_KEPT, show_spinner=False)
def _answer(_shop: Session, edition: str, what: str, arguments: tuple[object, ...]) -> object:
    found = QUESTIONS[what](_shop, *arguments)
    if _edition(_shop) != edition:
        raise _MovedError(found)
    return found


def shelf(shop: Session, days: Period | None, *, by: str = "") -> Shelf:
    """What was computed of the framework so far over those days; empty again with every new edition."""
    if shop not in _editions:
        look(shop)
    kept: Shelf = _shelf(_editions[shop], shop.moment, days, by)
    return kept


@st.cache_resource(max_entries=24, show_spinner=False)
def _shelf(edition: str, moment: int | None, days: Period | None, by: str) -> Shelf:  # noqa: ARG001 - they are the key
    return Shelf()
