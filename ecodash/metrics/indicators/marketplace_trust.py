"""Trust on a marketplace: orders that look brushed, reports of fakes, money held until the buyer is content."""

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.facts import Frame
from ecodash.metrics.indicators.sold import ORIGIN, SPLITS, sales
from ecodash.metrics.indicators.third_party import third_party
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.parcels import minutes
from ecodash.metrics.reading import Reading

SENT = ("delivery", "instant")
UNSEEN = ("digital",)
BEST, HOUR, SIGNS, SPAN = 5 * SCALE, 60, 2, 6
PAIR = ("seller", "customer_id")


def _orders(reading: Reading) -> Frame:
    """Sales with a third party: ``seller`` (the first of them), ``by_seller``, and the moments of the order."""
    theirs = third_party(reading).group_by("order_id").agg(seller=nw.col("seller_id").min())
    moments = reading.table("orders").select("order_id", "completed_at", "settled_at", "shipped_at")
    rows = sales(reading).join(theirs, on="order_id", how="inner").join(moments, on="order_id", how="left")
    return rows.with_columns(by_seller=nw.col("seller"))


def _brushed(reading: Reading) -> Frame:
    """Third-party orders, digital ones left out; above 1 with at least two signs of brushing.

    Signs: completed though to be sent and never sent; one of three orders of the same buyer and seller within 7 days; five stars
    within an hour of completion.
    """
    parcels = reading.table("shipments").select("order_id", parcel=nw.lit(1)).unique()
    praise = reading.table("reviews").filter(nw.col("rating") >= BEST).select("order_id", "reviewed_at")
    first = praise.group_by("order_id").agg(reviewed_at=nw.col("reviewed_at").min())
    kind = nw.col("fulfilment")
    rows = _orders(reading).filter(~kind.is_in(UNSEEN).fill_null(value=False))
    rows = rows.join(parcels, on="order_id", how="left").join(first, on="order_id", how="left")
    done = (nw.col("status") == "completed") | ~nw.col("completed_at").is_null()
    sent = kind.is_in(SENT).fill_null(value=True)
    unsent = sent & nw.col("parcel").is_null() & nw.col("shipped_at").is_null()
    waited = minutes(nw.col("reviewed_at")) - minutes(nw.col("completed_at"))
    rows = rows.with_columns(
        unsent=_one(done & unsent), praised=_one((waited >= 0) & (waited <= HOUR)), often=_one(_often())
    )
    signs = nw.col("unsent") + nw.col("praised") + nw.col("often")
    return rows.select(*ORIGIN, *SPLITS, "by_seller", above=_one(signs >= SIGNS), below=nw.lit(1))


def _often() -> nw.Expr:
    """Whether an order is one of three of its buyer and seller within 7 calendar days."""
    day = nw.col("day")

    def at(places: int) -> nw.Expr:
        return day.shift(places).over(*PAIR, order_by=("day", "order_id"))

    spans = ((at(-2), day), (at(-1), at(1)), (day, at(2)))
    close = [(late - early <= SPAN).fill_null(value=False) for late, early in spans]
    return (close[0] | close[1] | close[2]) & ~nw.col("customer_id").is_null()


def _one(condition: nw.Expr) -> nw.Expr:
    return condition.fill_null(value=False).cast(nw.Int64)


def _fakes(reading: Reading) -> Frame:
    """Sales; above 1 with a ticket or a return that says the goods are fake."""
    told = reading.table("tickets").filter(nw.col("category") == "fake").select("order_id")
    back = reading.table("returns").filter(nw.col("reason") == "fake").select("order_id")
    fake = nw.concat([told, back]).filter(~nw.col("order_id").is_null()).unique().with_columns(fake=nw.lit(1))
    rows = sales(reading).join(fake, on="order_id", how="left")
    return rows.select(*ORIGIN, *SPLITS, above=nw.col("fake").fill_null(0).cast(nw.Int64), below=nw.lit(1))


def _escrow(reading: Reading) -> Frame:
    """Third-party orders that were completed and settled; above 1 when settled no earlier than completed."""
    rows = _orders(reading).filter(~nw.col("completed_at").is_null(), ~nw.col("settled_at").is_null())
    held = _one(nw.col("settled_at") >= nw.col("completed_at"))
    return rows.select(*ORIGIN, *SPLITS, "by_seller", above=held, below=nw.lit(1))


TRUST = (
    indicator("suspected_brushing_share", Measured(rows=_brushed, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("fake_goods_rate", Measured(rows=_fakes, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("escrow_share", Measured(rows=_escrow, summary=Summary.RATIO, spread=Spread.CASES)),
)
