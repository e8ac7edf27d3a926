"""Data health: every check run on the loaded rows, what it found, and the very rows."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import narwhals as nw
import polars as pl
import polars.selectors as cs

from ecodash.core.decimals import SCALE, from_scaled
from ecodash.core.errors import UnknownName
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.collect import collected, total
from ecodash.metrics.source import Source
from ecodash.session.checks import BY_CODE, CHECKS, Check, Ground, Severity
from ecodash.session.finding import Finding

RANK = {Severity.WRONG: 0, Severity.LOOK: 1, Severity.NOTE: 2}
SCALED = (
    *("money", "amount", "paid", "placed", "refund", "together", "usual", "qty", "unit_price", "original", "earlier"),
    *("on_hand_qty", "available"),
)
"""Columns of rows that hold ten-thousandths."""
DAYS = ("first_day", "member_day", "from_day", "to_day")


def ground_of(source: Source, loads: pl.DataFrame, rejects: Callable[[], pl.DataFrame]) -> Ground:
    """What the checks look at; today is the day in the business zone."""
    today = datetime.now(ZoneInfo(source.settings.business_zone)).date()
    return Ground(source=source, loads=loads, rejects=rejects, today=today)


def examine(ground: Ground) -> list[Finding]:
    """One finding per check that the loaded tables allow, those without rows included (``count`` 0).

    Graver ones first, then by money, then by rows.
    """
    loaded = ground.source.loaded_tables()
    found = [_run(check, ground) for check in CHECKS if loaded and set(check.needs) <= loaded]
    return sorted(found, key=lambda one: (RANK[one.severity], -(one.money or 0.0), -one.count, one.code))


def findings(ground: Ground) -> list[Finding]:
    """Every finding with at least one row."""
    return [one for one in examine(ground) if one.count]


def rows_of(code: str, ground: Ground, *, limit: int | None = None) -> pl.DataFrame:
    """The very rows behind a finding, the most expensive first, with ``file`` and ``row_no`` where a row has them.

    Amounts are in the base currency. Raises UnknownName for an unknown code.
    """
    if code not in BY_CODE:
        raise UnknownName(Text("检查", "check"), code, list(BY_CODE))
    check = BY_CODE[code]
    rows = check.rows(ground)
    if limit is not None:
        rows = rows.sort("money", descending=True, nulls_last=True) if check.priced else rows
        rows = rows.head(limit)
    return _readable(collected(rows), ground)


def _run(check: Check, ground: Ground) -> Finding:
    row = collected(_summed(check, check.rows(ground))).row(0, named=True)
    money = float(from_scaled(int(row["money"]))) if check.priced else None
    return Finding(code=check.code, count=int(row["count"] or 0), money=money)


def _summed(check: Check, rows: Frame) -> Frame:
    many = total(check.counted) if check.counted else nw.len()
    money = total("money") if check.priced else nw.lit(0)
    return rows.select(count=many, money=money) if check.priced else rows.select(count=many).with_columns(money=money)


def _readable(rows: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    amounts = [name for name in SCALED if name in rows.columns and rows.schema[name].is_integer()]
    epoch = pl.date(1970, 1, 1)
    days = {name: epoch + pl.duration(days=pl.col(name)) for name in DAYS if name in rows.columns}
    shown = rows.with_columns(pl.col(amounts) / SCALE, cs.float().round(2)).with_columns(**days)
    if "load_id" in shown.columns:
        names = ground.loads.select("load_id", "file")
        shown = shown.join(names, on="load_id", how="left", maintain_order="left").drop("load_id")
    if "money" in shown.columns:
        shown = shown.sort("money", descending=True, nulls_last=True, maintain_order=True)
    ends = [name for name in ("money", "file", "row_no") if name in shown.columns]
    return shown.select(*[name for name in shown.columns if name not in ends], *ends)
