"""All caching of the interface. Keys are names and versions, never frames; shared things are never changed.

A workspace is opened once per process and shared by its visitors; ``version`` changes with every load, undo and
setting, so an old answer can never be taken for a new one.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import streamlit as st

from ecodash.core.estimate import Estimate
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.explanation import Explanation
from ecodash.metrics.query import Query
from ecodash.session import Finding, Session
from ecodash.session.sample import open_sample
from ecodash.ui import pictures

HOME = "ecodash"
NUMBERS = 4000
FRAMES = 200
FEW = 8
_ready: set[Path] = set()


def workspace_folder() -> Path:
    """The visitor's own workspace: ``ECODASH_WORKSPACE``, else ``~/ecodash``."""
    chosen = os.environ.get("ECODASH_WORKSPACE")
    return Path(chosen).absolute() if chosen else Path.home() / HOME


@st.cache_resource(show_spinner=False)
def own_shop(folder: Path) -> Session:
    """The visitor's own workspace, opened; made when there is none."""
    return Session.open(folder, create=True)


@st.cache_resource(show_spinner=False)
def sample_shop(folder: Path) -> Session:
    """The sample shop in a workspace of its own, loaded through the real importer; the first time takes a while."""
    shop = open_sample(folder)
    _ready.add(folder)
    return shop


def is_ready(folder: Path) -> bool:
    """Whether the sample shop in ``folder`` can be had at once."""
    return folder in _ready


def estimates(shop: Session, ids: Sequence[str], query: Query) -> list[Estimate]:
    """The numbers of a query, one per metric and group; computed once per version of the workspace."""
    return _estimates(shop, edition(shop), tuple(ids), query)


def explanation(shop: Session, metric: str, query: Query) -> Explanation:
    """How one number came about."""
    return _explanation(shop, edition(shop), metric, query)


def first_rows(shop: Session, metric: str, query: Query, limit: int) -> pl.DataFrame:
    """The first of the very rows behind a number."""
    return _first_rows(shop, edition(shop), metric, query, limit)


def codes(shop: Session, dimension: str) -> list[str]:
    """The codes the data have in a dimension, those with most orders first; times in order."""
    return _codes(shop, edition(shop), dimension)


def findings(shop: Session) -> list[Finding]:
    """Data health, the most expensive finding first."""
    return _findings(shop, edition(shop))


def loads(shop: Session) -> pl.DataFrame:
    """The history of loads, newest first."""
    return _loads(shop, edition(shop))


def open_first_shop() -> None:
    """Opens what the first visitor will see. Raises WorkspaceError."""
    own = own_shop(workspace_folder())
    if is_empty(own):
        sample_shop(sample_folder())


def sample_folder() -> Path:
    """Where the workspace of the sample shop lies: beside the visitor's own, never inside it."""
    own = workspace_folder()
    return own.with_name(f"{own.name}-sample")


def curve(shop: Session, query: Query) -> pl.DataFrame:
    """The time to the second purchase; see ``pictures.curve``."""
    return _curve(shop, edition(shop), query)


def gaps(shop: Session, query: Query) -> pl.DataFrame:
    """The days between purchases; see ``pictures.gaps``."""
    return _gaps(shop, edition(shop), query)


def money(shop: Session, metric: str, query: Query) -> pl.DataFrame:
    """The cohort matrix in money; see ``pictures.money``."""
    return _money(shop, edition(shop), metric, query)


def edition(shop: Session) -> str:
    """What the workspace holds now, as a short text: its place, its loads and its settings."""
    loads = shop.loads().select("load_id", "active").rows()
    return f"{shop.workspace.folder.root}@{hash((tuple(loads), shop.settings))}"


def is_empty(shop: Session) -> bool:
    """Whether nothing is loaded."""
    return not shop.tables_loaded()


@st.cache_data(max_entries=NUMBERS, show_spinner=False)
def _estimates(_shop: Session, edition: str, ids: tuple[str, ...], query: Query) -> list[Estimate]:  # noqa: ARG001
    return _shop.compute(ids, query)


@st.cache_data(max_entries=NUMBERS, show_spinner=False)
def _explanation(_shop: Session, edition: str, metric: str, query: Query) -> Explanation:  # noqa: ARG001
    return _shop.explain(metric, query)


@st.cache_data(max_entries=FRAMES, show_spinner=False)
def _codes(_shop: Session, edition: str, dimension: str) -> list[str]:  # noqa: ARG001
    found = [one for one in _shop.compute(["orders"], Query(by=dimension)) if dimension in one.by]
    if not DIMENSIONS[dimension].numeric:
        found = sorted(found, key=lambda one: -(one.value or 0))
    return [one.by[dimension] for one in found]


@st.cache_data(max_entries=FRAMES, show_spinner=False)
def _loads(_shop: Session, edition: str) -> pl.DataFrame:  # noqa: ARG001
    return _shop.loads()


@st.cache_data(max_entries=FRAMES, show_spinner=False)
def _curve(_shop: Session, edition: str, query: Query) -> pl.DataFrame:  # noqa: ARG001
    return pictures.curve(_shop, query)


@st.cache_data(max_entries=FRAMES, show_spinner=False)
def _gaps(_shop: Session, edition: str, query: Query) -> pl.DataFrame:  # noqa: ARG001
    return pictures.gaps(_shop, query)


@st.cache_data(max_entries=FRAMES, show_spinner=False)
def _money(_shop: Session, edition: str, metric: str, query: Query) -> pl.DataFrame:  # noqa: ARG001
    return pictures.money(_shop, metric, query)


@st.cache_data(max_entries=FEW, show_spinner=False)
def _first_rows(_shop: Session, edition: str, metric: str, query: Query, limit: int) -> pl.DataFrame:  # noqa: ARG001
    return _shop.rows(metric, query, limit=limit)


@st.cache_data(max_entries=FEW, show_spinner=False)
def _findings(_shop: Session, edition: str) -> list[Finding]:  # noqa: ARG001
    return _shop.check()
