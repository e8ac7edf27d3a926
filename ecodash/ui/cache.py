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
from ecodash.metrics.explain import Explanation
from ecodash.metrics.query import Query
from ecodash.session import Session, open_sample

HOME = "ecodash"
NUMBERS = 4000
FRAMES = 200


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
    """The sample shop in a workspace of its own, loaded through the real importer."""
    return open_sample(folder)


def estimates(shop: Session, ids: Sequence[str], query: Query) -> list[Estimate]:
    """The numbers of a query, one per metric and group; computed once per version of the workspace."""
    return _estimates(shop, _edition(shop), tuple(ids), query)


def explanation(shop: Session, metric: str, query: Query) -> Explanation:
    """How one number came about."""
    return _explanation(shop, _edition(shop), metric, query)


def dimension_values(shop: Session, dimension: str) -> list[tuple[str, str]]:
    """The values the data have in a dimension, code and label."""
    return _dimension_values(shop, _edition(shop), dimension)


def loads(shop: Session) -> pl.DataFrame:
    """The history of loads, newest first."""
    return _loads(shop, _edition(shop))


def warm_up() -> None:
    """Opens what the first visitor will ask for."""
    own = own_shop(workspace_folder())
    if own.is_empty:
        sample_shop(sample_folder())


def sample_folder() -> Path:
    """Where the workspace of the sample shop lies: beside the visitor's own, never inside it."""
    own = workspace_folder()
    return own.with_name(f"{own.name}-sample")


def _edition(shop: Session) -> str:
    return f"{shop.workspace}@{shop.version}"


@st.cache_data(max_entries=NUMBERS, show_spinner=False)
def _estimates(_shop: Session, edition: str, ids: tuple[str, ...], query: Query) -> list[Estimate]:  # noqa: ARG001
    return _shop.compute(ids, query)


@st.cache_data(max_entries=NUMBERS, show_spinner=False)
def _explanation(_shop: Session, edition: str, metric: str, query: Query) -> Explanation:  # noqa: ARG001
    return _shop.explain(metric, query)


@st.cache_data(max_entries=FRAMES, show_spinner=False)
def _dimension_values(_shop: Session, edition: str, dimension: str) -> list[tuple[str, str]]:  # noqa: ARG001
    return _shop.dimension_values(dimension)


@st.cache_data(max_entries=FRAMES, show_spinner=False)
def _loads(_shop: Session, edition: str) -> pl.DataFrame:  # noqa: ARG001
    return _shop.loads()
