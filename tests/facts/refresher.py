"""The refresh rule of ``ecodash.facts.fact``, word for word on polars, to prove that it gives what a full build gives."""

import narwhals as nw
import polars as pl

from ecodash.core.settings import Settings
from ecodash.facts import FACTS
from ecodash.facts.fact import Fact, Read
from tests.facts.canonical import Tables, collected

Changes = dict[str, pl.DataFrame]


def refreshed(before: Tables, after: Tables, built: Tables, settings: Settings) -> tuple[Tables, dict[str, int]]:
    """Facts of ``after`` made from the facts of ``before``; and per fact how many keys were rebuilt (-1: all of it)."""
    frames = dict(after)
    changed = {name: changed_rows(before[name], after[name]) for name in after}
    result: Tables = {}
    rebuilt: dict[str, int] = {}
    for fact in FACTS:
        keys = touched_keys(fact, changed, frames)
        old = built[fact.name]
        new = _rebuilt(fact, frames, keys, old, settings)
        rebuilt[fact.name] = -1 if keys is None else len(keys)
        result[fact.name] = new.sort(*new.columns, nulls_last=True)
        frames[f"fact.{fact.name}"] = result[fact.name]
        changed[f"fact.{fact.name}"] = changed_rows(old, result[fact.name])
    return result, rebuilt


def changed_rows(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Rows on one side only, in both versions."""
    gone = old.join(new, on=old.columns, how="anti", nulls_equal=True)
    came = new.join(old, on=old.columns, how="anti", nulls_equal=True)
    return pl.concat([gone, came])


def touched_keys(fact: Fact, changed: Changes, frames: Tables) -> set[object] | None:
    """Keys to rebuild; None when the fact must be built whole."""
    keys: set[object] = set()
    for read in fact.reads:
        rows = changed[read.name]
        if rows.is_empty():
            continue
        if read.key is None and read.via is None:
            return None
        keys |= set(rows[read.key]) if read.key is not None else _keys_via(fact, read, rows, frames)
    return None if fact.refresh_by == "all" else keys - {None}


def _keys_via(fact: Fact, read: Read, rows: pl.DataFrame, frames: Tables) -> set[object]:
    through = next(other for other in fact.reads if other.name == read.via)
    assert read.column is not None
    assert through.key is not None
    return set(
        frames[through.name].filter(pl.col(read.via_column or read.column).is_in(rows[read.column].to_list()))[
            through.key
        ]
    )


def _rebuilt(
    fact: Fact, frames: Tables, keys: set[object] | None, old: pl.DataFrame, settings: Settings
) -> pl.DataFrame:
    inputs = {read.name: frames[read.name] for read in fact.reads}
    if keys is None:
        return collected(fact, {n: nw.from_native(f.lazy()) for n, f in inputs.items()}, settings)
    for read in fact.reads:
        if read.key is not None:
            inputs[read.name] = inputs[read.name].filter(pl.col(read.key).is_in(list(keys)))
        if read.columns:
            inputs[read.name] = inputs[read.name].select(read.columns)
    rows = collected(fact, {n: nw.from_native(f.lazy()) for n, f in inputs.items()}, settings)
    return pl.concat([old.filter(~pl.col(fact.refresh_by).is_in(list(keys))), rows])
