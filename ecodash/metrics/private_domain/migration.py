"""From public to private: where customers first buy, where they stand after L days, and whether and where they buy by day H.

Customers watched H days. On day L a customer is a ``contact`` when he has joined the private domain and not left, stands in
an ``own`` channel when he has only ordered in one by then, has ``left``, or is ``out``. Orders at the end are those after day L.
Channels of no known domain stand by themselves; orders without a buyer cannot be followed and are not in it.
"""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics.cohort_scope import members
from ecodash.metrics.collect import collected
from ecodash.metrics.scope import Scope

HORIZON = 90
FLOWS: dict[str, type[pl.DataType]] = {"stage": pl.Int64, "source": pl.String, "target": pl.String, "n": pl.Int64}
STARTS = ("private", "public", "unknown")
STANDS = ("contact", "own", "left", "out")
ENDS = ("private", "public", "none")


@dataclass(frozen=True, kw_only=True)
class Migration:
    """``flows``: one row per step (0: first order → day L, 1: day L → orders by day H), ``source``, ``target`` and n.

    ``moved`` of ``public`` customers won in public channels stood in the private domain on day L. ``spend`` is money per
    customer after day L by how he stood; None for nobody.
    """

    landmark: int
    horizon: int
    customers: int
    public: int
    moved: int
    flows: pl.DataFrame
    spend: dict[str, float]


def migration(scope: Scope, *, landmark: int) -> Migration:
    """The flows of customers watched until day ``horizon``: 90, or 60 days after a landmark of 90 and more."""
    horizon = HORIZON if landmark < HORIZON else landmark + 60
    table = _table(scope, landmark=landmark, horizon=horizon)
    steps = []
    for stage, (source, target) in enumerate((("start", "stand"), ("stand", "end"))):
        part = table.group_by(source=source, target=target).agg(n=pl.col("n").sum())
        steps.append(
            part.select(pl.lit(stage, dtype=pl.Int64).alias("stage"), "source", "target", pl.col("n").cast(pl.Int64))
        )
    won = table.filter(pl.col("start") == "public")
    by_stand = table.group_by("stand").agg(pl.col("n").sum(), pl.col("paid").sum())
    return Migration(
        landmark=landmark,
        horizon=horizon,
        customers=int(table["n"].sum()),
        public=int(won["n"].sum()),
        moved=int(won.filter(pl.col("stand").is_in(["contact", "own"]))["n"].sum()),
        flows=pl.concat(steps).sort("stage", "source", "target"),
        spend={row["stand"]: row["paid"] / SCALE / row["n"] for row in by_stand.to_dicts()},
    )


def _table(scope: Scope, *, landmark: int, horizon: int) -> pl.DataFrame:
    """start, stand, end, n customers and what they paid between the landmark and the horizon."""
    end = day_number(scope.span.end)
    people = (
        members(scope)
        .filter(nw.col("first_day") + horizon <= end)
        .select("customer_id", "first_day", "first_domain", joined="private_joined_day", gone="private_left_day")
    )
    rows = people.join(_orders(scope, landmark, horizon), on="customer_id", how="left")
    on = nw.col("first_day") + landmark
    joined = (nw.col("joined") <= on).fill_null(value=False)
    gone = joined & (nw.col("gone") <= on).fill_null(value=False)
    own = (nw.col("own_before") > 0).fill_null(value=False)
    bought = (nw.col("after") > 0).fill_null(value=False)
    private = (nw.col("own_after") > 0).fill_null(value=False)
    placed = rows.select(
        start=nw.col("first_domain").fill_null("unknown"),
        stand=_either(joined & ~gone, "contact", _either(own, "own", _either(gone, "left", nw.lit("out")))),
        end=_either(private, "private", _either(bought, "public", nw.lit("none"))),
        paid=nw.col("paid").fill_null(0),
    )
    return collected(placed.group_by("start", "stand", "end").agg(n=nw.len(), paid=nw.col("paid").sum()))


def _orders(scope: Scope, landmark: int, horizon: int) -> Frame:
    """Per customer: orders in private channels up to the landmark, orders after it, those in private channels, and money."""
    since, private = nw.col("day") - nw.col("first_day"), nw.col("domain") == "private"
    sales = scope.fact("orders").filter(nw.col("is_sale"), ~nw.col("seq").is_null(), since <= horizon)
    late = since > landmark
    marks = sales.select(
        "customer_id",
        own_before=(~late & private).fill_null(value=False).cast(nw.Int64),
        after=late.cast(nw.Int64),
        own_after=(late & private).fill_null(value=False).cast(nw.Int64),
        paid=nw.when(late).then(nw.col("paid")).otherwise(0),
    )
    names = ("own_before", "after", "own_after", "paid")
    return marks.group_by("customer_id").agg(*(nw.col(name).sum() for name in names))


def _either(condition: nw.Expr, value: str, other: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(value)).otherwise(other)
