"""Orders with refunds as rows of their own, on the day the money went back.

Needed only where the sales policy dates refunds by the refund: net sales of a day are then what was sold that day less
what was given back that day, whenever it had been sold.
"""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.facts import Frame

FROM_REFUND = ("day", "month")
NOTHING = (
    "placed",
    "paid",
    "gross",
    "discount",
    "shipping",
    "tax",
    "gift_cards",
    "base",
    "refund",
    "cost",
    "costed",
    "units",
    "lines",
)
HISTORY = ("seq", "day_seq", "prev_order_day", "prev2_order_day", "prev_day", "prev2_day", "first_day")


def wanted(settings: Settings) -> bool:
    """Whether refunds count on the day of the refund."""
    return settings.policy.refund_dating == "refund"


def ledger(orders: Frame, refunds: Frame) -> Frame:
    """The orders before refunds, and one row per refund (``kind`` = refund) with a negative ``net`` and nothing else."""
    names = orders.collect_schema().names()
    kind, sale = nw.col("kind"), nw.col("is_sale")
    before = nw.when(sale).then(nw.col("base")).when(kind == "credit").then(nw.lit(0)).otherwise(nw.col("net"))
    sold = orders.with_columns(net=before.cast(nw.Int64))
    given = refunds.select("order_id", *FROM_REFUND, lowered=nw.col("net_refund") * -1)
    kept = orders.drop(*FROM_REFUND).join(given, on="order_id", how="inner")
    back = kept.with_columns(
        net=nw.col("lowered").cast(nw.Int64),
        kind=nw.lit("refund"),
        is_sale=nw.lit(False),
        fx_missing=nw.lit(False),
        opens_day=nw.lit(False),
        **{name: nw.col(name) * 0 for name in NOTHING},
    ).with_columns(**{name: nw.when(nw.lit(False)).then(nw.col(name)) for name in HISTORY})
    return nw.concat([sold.select(*names), back.select(*names)])
