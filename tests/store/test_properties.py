"""What must hold for any history of loads."""

import atexit
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.decimals import SCALE
from ecodash.store import Workspace
from tests.store.shop import FACT_NAMES, FACTS, content, line, lines, order, orders, source

TABLES = ("orders", "order_items", "channels")
EVERYTHING = (*TABLES, *FACT_NAMES)

order_rows = st.builds(
    lambda number, customer, status, paid: order(
        number, customer_id=customer, status=status, paid_amount=None if paid is None else paid * SCALE
    ),
    st.integers(0, 5),
    st.sampled_from(["c1", "c2", None]),
    st.sampled_from(["paid", "completed", None]),
    st.sampled_from([1, 2, None]),
)
line_rows = st.builds(
    lambda number, key, paid: line(number, key, paid_amount=paid * SCALE),
    st.integers(0, 6),
    st.sampled_from(["1", "2"]),
    st.integers(1, 3),
)
channel_names = st.sampled_from([None, "淘宝", "Taobao"])
files = st.tuples(
    st.lists(order_rows, max_size=5, unique_by=lambda row: row["order_id"]),
    st.lists(line_rows, max_size=5, unique_by=lambda row: (row["order_id"], row["line_key"])),
    channel_names,
)


@contextmanager
def shop() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "w"
        shutil.copytree(_empty(), place)
        with Workspace.open(place, facts=FACTS) as workspace:
            yield workspace


@cache
def _empty() -> Path:
    """A new workspace, made once and copied."""
    place = Path(tempfile.mkdtemp()) / "empty"
    atexit.register(shutil.rmtree, place.parent, ignore_errors=True)
    Workspace.create(place, facts=FACTS).close()
    return place


def load(workspace: Workspace, name: str, file: tuple[list[dict], list[dict], str | None]) -> None:
    order_part, line_part, channel = file
    tables = {"orders": orders(order_part), "order_items": lines(line_part)}
    if channel is not None:
        tables["channels"] = pl.DataFrame({"channel_id": ["tb"], "name": [channel], "row_no": [1]})
    workspace.load(source(name), tables)


def state(workspace: Workspace, *, as_of: int | None = None, provenance: bool = True) -> dict[str, list[str]]:
    return {name: content(workspace, name, as_of=as_of, provenance=provenance) for name in EVERYTHING}


@settings(max_examples=6)
@given(st.lists(files, min_size=1, max_size=4))
def test_incremental_refresh_equals_a_full_rebuild(history: list) -> None:
    with shop() as workspace:
        for number, file in enumerate(history):
            load(workspace, f"{number}.csv", file)
        incremental = state(workspace)
        workspace.rebuild_facts()
        assert state(workspace) == incremental


@settings(max_examples=6)
@given(st.lists(files, min_size=1, max_size=4), st.data())
def test_undo_then_redo_gives_identical_tables(history: list, data: st.DataObject) -> None:
    with shop() as workspace:
        for number, file in enumerate(history):
            load(workspace, f"{number}.csv", file)
        before = state(workspace)
        chosen = data.draw(st.integers(1, len(history)))
        workspace.undo(chosen)
        without = state(workspace, provenance=False)
        workspace.redo(chosen)
        assert state(workspace) == before
    with shop() as never:
        for number, file in enumerate(history):
            if number + 1 != chosen:
                load(never, f"{number}.csv", file)
        assert state(never, provenance=False) == without


@settings(max_examples=6)
@given(st.lists(files, min_size=2, max_size=4))
def test_values_as_of_a_load_never_change_when_later_data_arrive(history: list) -> None:
    with shop() as workspace:
        known = []
        for number, file in enumerate(history):
            load(workspace, f"{number}.csv", file)
            known.append(state(workspace))
            for earlier in range(number + 1):
                assert state(workspace, as_of=earlier + 1) == known[earlier]


@settings(max_examples=6)
@given(st.lists(files, min_size=1, max_size=2), st.randoms(use_true_random=False))
def test_the_order_of_rows_in_a_file_changes_nothing(history: list, chance: random.Random) -> None:
    with shop() as sorted_, shop() as shuffled:
        for number, (order_part, line_part, channel) in enumerate(history):
            load(sorted_, f"{number}.csv", (order_part, line_part, channel))
            mixed = (chance.sample(order_part, len(order_part)), chance.sample(line_part, len(line_part)), channel)
            load(shuffled, f"{number}.csv", mixed)
        assert state(sorted_) == state(shuffled)


@settings(max_examples=6)
@given(files, st.integers(0, 5), st.integers(0, 5))
def test_splitting_a_file_at_any_line_changes_nothing(
    file: tuple[list[dict], list[dict], str | None], cut_orders: int, cut_lines: int
) -> None:
    order_part, line_part, channel = file
    with shop() as whole, shop() as parts:
        load(whole, "whole.csv", file)
        load(parts, "1.csv", (order_part[:cut_orders], line_part[:cut_lines], channel))
        load(parts, "2.csv", (order_part[cut_orders:], line_part[cut_lines:], channel))
        assert state(whole, provenance=False) == state(parts, provenance=False)


def test_contradicting_rows_in_one_file_are_the_same_in_any_order_of_rows() -> None:
    rows = [order(1, status=s, paid_amount=p, row_no=2) for s in ("paid", "completed", None) for p in (1, 2, None)]
    results = set()
    for seed in range(5):
        with shop() as workspace:
            workspace.load(source("a.csv"), {"orders": orders(random.Random(seed).sample(rows, len(rows)))})
            results.add(str(state(workspace)))
    assert len(results) == 1
