"""What each document adds to the total of a period under a choice, computed beside the workspace, never in it.

The documents that can fall into the period under any choice are fetched once; the facts' own functions judge them under
each policy, so a figure here is what ecodash would say under that policy.
"""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from ecodash.core.period import Period, day_number
from ecodash.core.settings import Settings
from ecodash.facts import Frame
from ecodash.facts.documents import DOCUMENTS
from ecodash.facts.refunds import REFUNDS
from ecodash.session.checks import Ground
from ecodash.session.checks.documents import twins
from ecodash.session.reconciliation.choice import Choice

PLACED = ("unpaid", "cancelled", "unknown")
RETURNS = "fact.placed_returns"
EDGE = 1
"""Days by which another time zone can move an order."""
KEPT = ("order_id", "at", "kind", "paid", "base", "net", "placed", "load_id", "row_no")


class Ledger:
    """The documents around one period, of one channel or all; ``Σ contributions(choice)`` is the total of a choice."""

    def __init__(self, ground: Ground, period: Period, *, channel: str | None = None) -> None:
        self._settings, self._period = ground.settings, period
        self._tables = _fetched(ground, period, channel)
        doubled = _rows(twins(ground).select("order_id"))["order_id"]
        self._marks = self._tables["orders"].select(
            "order_id",
            test=pl.col("is_test").fill_null(value=False),
            adjustment=(pl.col("document") == "adjustment").fill_null(value=False),
            twin=pl.col("order_id").is_in(doubled.implode()),
        )
        self._judged: dict[tuple[bool, bool, bool, str], tuple[pl.DataFrame, pl.DataFrame]] = {}

    def total(self, choice: Choice) -> int:
        """The total of the period, ten-thousandths of the base currency."""
        return sum(int(part["amount"].sum()) for part in self._parts(choice))

    def contributions(self, choice: Choice) -> pl.DataFrame:
        """One row per document that adds something: ``order_id``, ``amount``."""
        added = pl.concat(self._parts(choice)).group_by("order_id").agg(pl.col("amount").sum())
        return added.filter(pl.col("amount") != 0)

    def _parts(self, choice: Choice) -> list[pl.DataFrame]:
        """What documents add on their own day and, where refunds have a day of their own, what those take off."""
        documents, refunds = self._judge(choice)
        sold = documents.filter(self._inside(choice.zone), _counts(choice)).select("order_id", amount=_worth(choice))
        if choice.refunds != "refund":
            return [sold]
        dated = refunds.filter(pl.col("day").is_between(*self._ends()), _counts(choice))
        return [sold, dated.select("order_id", amount=-pl.col("net_refund"))]

    def described(self, choice: Choice) -> pl.DataFrame:
        """One row per document: what is shown of it beside its part in a difference."""
        documents, _ = self._judge(choice)
        return documents.select("order_id", "at", "kind", "load_id", "row_no")

    def _judge(self, choice: Choice) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Documents and refund events under the policy that decides the money, with their marks."""
        if choice.money not in self._judged:
            settings = Settings(
                base_currency=self._settings.base_currency,
                business_zone=self._settings.business_zone,
                policy=choice.policy(),
            )
            lazy: dict[str, Frame] = {name: nw.from_native(table.lazy()) for name, table in self._tables.items()}
            documents = _rows(DOCUMENTS.build(lazy, settings)).with_columns(buyer=pl.lit(None, pl.String))
            events: dict[str, Frame] = {"fact.orders": nw.from_native(documents.lazy()), RETURNS: lazy[RETURNS]}
            refunds = _rows(REFUNDS.build(events, settings)).select("order_id", "day", "net_refund", "kind")
            marked = documents.select(KEPT).join(self._marks, on="order_id", how="left")
            self._judged[choice.money] = marked, refunds.join(self._marks, on="order_id", how="left")
        return self._judged[choice.money]

    def _inside(self, zone: str) -> pl.Expr:
        """Whether a document lies in the period when its days are cut in ``zone``."""
        at, home = pl.col("at"), self._settings.business_zone
        if zone != home:
            local = at.dt.replace_time_zone(home, ambiguous="earliest", non_existent="null")
            at = pl.coalesce(local.dt.convert_time_zone(zone).dt.replace_time_zone(None), at)
        return at.dt.date().is_between(self._period.start, self._period.end)

    def _ends(self) -> tuple[int, int]:
        return day_number(self._period.start), day_number(self._period.end)


def _counts(choice: Choice) -> pl.Expr:
    """Whether a document or one of its refunds counts at all."""
    kinds = ["sale", "credit", "adjustment", *(PLACED if choice.unpaid else ())]
    found = pl.col("kind").is_in(kinds)
    for mark, wanted in (("test", choice.tests), ("adjustment", choice.adjustments), ("twin", choice.twins)):
        found = found if wanted else found & ~pl.col(mark)
    return found


def _worth(choice: Choice) -> pl.Expr:
    """What a document that counts adds on its own day."""
    kind = pl.col("kind")
    before_refunds = pl.when(kind == "sale").then("base").when(kind == "adjustment").then("net").otherwise(0)
    booked = pl.col("net") if choice.refunds == "order" else before_refunds
    if choice.ordered:
        booked = booked + pl.when(kind == "sale").then(pl.col("placed") - pl.col("paid")).otherwise(0)
    return pl.when(kind.is_in(PLACED)).then("placed").otherwise(booked).cast(pl.Int64)


def _fetched(ground: Ground, period: Period, channel: str | None) -> Mapping[str, pl.DataFrame]:
    """The canonical rows of every document that some choice puts into the period."""
    start, end = day_number(period.start), day_number(period.end)
    near = [nw.col(name).is_between(start - EDGE, end + EDGE) for name in ("day", "created_day", "paid_day")]
    there = [] if channel is None else [nw.col("channel_id") == channel]
    dated = ground.fact("orders").filter(nw.any_horizontal(*near, ignore_nulls=True), *there).select("order_id")
    back = ground.fact("refunds").filter(nw.col("day").is_between(start, end), *there).select("order_id")
    ids = nw.concat([dated, back]).unique()
    tables = {
        name: _rows(ground.table(name).join(ids, on="order_id", how="semi")) for name in ("orders", "order_items")
    }
    tables[RETURNS] = _rows(ground.fact("placed_returns").join(ids, on="order_id", how="semi"))
    for name, key, holder in (("products", "sku_id", "order_items"), ("customers", "customer_id", "orders")):
        whole = _rows(ground.table(name))
        tables[name] = whole.join(tables[holder].select(key).unique(), on=key, how="semi")
    return tables | {name: _rows(ground.table(name)) for name in ("channels", "exchange_rates")}


def _rows(frame: Frame) -> pl.DataFrame:
    """The rows in the very types of the engine: the facts' functions join them again."""
    found: pl.DataFrame = frame.collect("polars").to_native()
    return found
