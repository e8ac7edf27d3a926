"""A tiny shop for the tests of the store: rows in canonical columns, sources, and facts simple enough to check by hand."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.settings import Settings
from ecodash.store import Lazy, LoadSource, Workspace

START = datetime(2025, 1, 1)

ORDER_TYPES = {
    "order_id": pl.String,
    "customer_id": pl.String,
    "created_at": pl.Datetime("us"),
    "status": pl.String,
    "paid_amount": pl.Int64,
    "platform": pl.String,
    "channel_id": pl.String,
    "row_no": pl.Int64,
}
LINE_TYPES = {
    "order_id": pl.String,
    "line_key": pl.String,
    "sku_id": pl.String,
    "qty": pl.Int64,
    "paid_amount": pl.Int64,
    "row_no": pl.Int64,
}


def order(number: int, **known: object) -> dict[str, object]:
    """One order: 10 per unit of ``number`` paid, one a day, customers in turn."""
    row: dict[str, object] = {
        "order_id": f"o{number}",
        "customer_id": f"c{number % 3}",
        "created_at": START + timedelta(days=number),
        "status": "paid",
        "paid_amount": 10 * number * SCALE,
        "platform": "taobao",
        "channel_id": "tb",
        "row_no": number + 2,
    }
    return row | known


def line(number: int, key: str = "1", **known: object) -> dict[str, object]:
    """One order line."""
    row: dict[str, object] = {
        "order_id": f"o{number}",
        "line_key": key,
        "sku_id": f"s{number % 4}",
        "qty": SCALE,
        "paid_amount": 10 * number * SCALE,
        "row_no": number + 2,
    }
    return row | known


def orders(rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Orders as a frame; columns that no row names are left out."""
    return _frame(rows, ORDER_TYPES)


def lines(rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Order lines as a frame."""
    return _frame(rows, LINE_TYPES)


def _frame(rows: Sequence[Mapping[str, object]], types: Mapping[str, Any]) -> pl.DataFrame:
    named = set().union(*rows) if rows else set(types)
    return pl.DataFrame(rows, schema={name: kind for name, kind in types.items() if name in named})


def source(name: str, **known: Any) -> LoadSource:
    """A source whose bytes are its name."""
    values = {"file": name, "sha256": hashlib.sha256(name.encode()).hexdigest(), "bytes": 100, "entity": "orders"}
    return LoadSource(**(values | known))


def content(workspace: Workspace, name: str, *, as_of: int | None = None, provenance: bool = False) -> list[str]:
    """The rows of a table or ``fact.<name>`` as sorted text, to compare two states."""
    lazy = (
        workspace.fact(name.removeprefix("fact."), as_of=as_of)
        if name.startswith("fact.")
        else workspace.table(name, as_of=as_of)
    )
    frame = lazy.collect(backend="polars").to_native()
    if not provenance:
        frame = frame.drop("load_id", "row_no", strict=False)
    return sorted(json.dumps(row, default=str) for row in frame.rows())


@dataclass(frozen=True, kw_only=True)
class FakeRead:
    name: str
    key: str | None = None
    via: str | None = None
    column: str | None = None
    via_column: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FakeFact:
    name: str
    reads: tuple[FakeRead, ...]
    refresh_by: str
    build: Any


def _day(column: str) -> nw.Expr:
    return (nw.col(column).dt.year() * 366 + nw.col(column).dt.ordinal_day()).cast(nw.Int32)


def _totals(inputs: Mapping[str, Lazy], _: Settings) -> Lazy:
    """One row per order: amount of its lines, name of its channel, load and row it came from."""
    paid = inputs["order_items"].group_by("order_id").agg(nw.col("paid_amount").sum().alias("lines_paid"))
    names = inputs["channels"].select("channel_id", nw.col("name").alias("channel"))
    return (
        inputs["orders"]
        .with_columns(day=_day("created_at"))
        .join(paid, on="order_id", how="left")
        .join(names, on="channel_id", how="left")
        .select("order_id", "customer_id", "day", "paid_amount", "lines_paid", "channel", "load_id", "row_no")
    )


def _buyers(inputs: Mapping[str, Lazy], _: Settings) -> Lazy:
    """One row per known customer."""
    return (
        inputs["fact.totals"]
        .filter(~nw.col("customer_id").is_null())
        .group_by("customer_id")
        .agg(
            nw.col("paid_amount").sum().alias("paid"), nw.col("day").min().alias("first_day"), nw.len().alias("orders")
        )
    )


def _days(inputs: Mapping[str, Lazy], _: Settings) -> Lazy:
    """One row per day with orders."""
    return (
        inputs["fact.totals"].group_by("day").agg(nw.col("paid_amount").sum().alias("paid"), nw.len().alias("orders"))
    )


def _everything(inputs: Mapping[str, Lazy], _: Settings) -> Lazy:
    """One row: the sum of all days."""
    return inputs["fact.days"].select(nw.col("paid").sum(), nw.col("orders").sum())


FACTS = (
    FakeFact(
        name="totals",
        reads=(
            FakeRead(name="orders", key="order_id"),
            FakeRead(name="order_items", key="order_id"),
            FakeRead(name="channels", via="orders", column="channel_id"),
        ),
        refresh_by="order_id",
        build=_totals,
    ),
    FakeFact(
        name="buyers", reads=(FakeRead(name="fact.totals", key="customer_id"),), refresh_by="customer_id", build=_buyers
    ),
    FakeFact(name="days", reads=(FakeRead(name="fact.totals", key="day"),), refresh_by="day", build=_days),
    FakeFact(name="everything", reads=(FakeRead(name="fact.days"),), refresh_by="all", build=_everything),
)
FACT_NAMES = tuple(f"fact.{fact.name}" for fact in FACTS)
