"""Orders the warehouse hands over late: 48 hours after payment and not on their way."""

import narwhals as nw

from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.indicators.sold import SPLITS, sales
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.parcels import MINUTES_A_DAY, last_day, minutes
from ecodash.metrics.reading import Reading

PROMISE = 48 * 60


def _handed_over(reading: Reading) -> Frame:
    """Delivery orders paid at least 48 hours before the end of the data; ``above`` 1 when not handed over in that time.

    What the shop marks as sent without saying when cannot be judged, nor what was called off; both are left out.
    """
    sent = reading.table("shipments").filter(~nw.col("order_id").is_null())
    first = sent.group_by("order_id").agg(sent_at=nw.col("shipped_at").min(), parcels=nw.len())
    times = reading.table("orders").select("order_id", "paid_at", left_at=nw.col("shipped_at"))
    door = nw.col("fulfilment").is_null() | (nw.col("fulfilment") == "delivery")
    rows = sales(reading).filter(door).join(times, on="order_id", how="inner").join(first, on="order_id", how="left")
    rows = rows.with_columns(shipped_at=nw.coalesce("sent_at", "left_at")).filter(~nw.col("paid_at").is_null())
    end = ((last_day(rows, "shipped_at", "paid_at") or 0) + 1) * MINUTES_A_DAY
    start, unsent = minutes(nw.col("paid_at")), nw.col("shipped_at").is_null()
    waiting = (nw.col("status") == "paid").fill_null(value=False) | ~nw.col("parcels").is_null()
    late = (minutes(nw.col("shipped_at")) - start > PROMISE).fill_null(value=True).cast(nw.Int64)
    judged = rows.filter(start + PROMISE <= end, ~unsent | (waiting & (nw.col("status") != "cancelled")))
    names = ("load_id", "row_no", "order_id", *SPLITS)
    return judged.select(*names, day=day_number(nw.col("paid_at")), above=late, below=nw.lit(1))


LATE = (indicator("late_shipment_share", Measured(rows=_handed_over, summary=Summary.RATIO, spread=Spread.CASES)),)
