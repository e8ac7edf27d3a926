"""The place of an order among its buyer's orders inside one window or group.

Columns added, each true on at most one row per buyer and group (``later``: on every row but the first):

==============  ==================================================================================
``first``       first order inside the group: counts each buyer once
``second``      second order inside the group: counts buyers with two orders or more
``later``       every order after the first
``second_day``  first order on the second purchase day: counts buyers on two days or more
``earlier``     counts buyers with an order that has another one on an earlier day, ever
``ever_twice``  on the first row: the buyer has two orders or more by now (looks ahead)
``order_first`` first line of an order inside the group (order lines only)
==============  ==================================================================================

Where groups are calendar spans and no orders are filtered away, the history columns of the fact answer this without
sorting or counting distinct buyers; otherwise it is worked out anew over the rows that are left.
"""

import narwhals as nw

from ecodash.facts import Frame

SECOND = 2
HISTORY = ("first", "second", "later", "second_day", "earlier", "ever_twice")


def from_history(rows: Frame, start: nw.Expr) -> Frame:
    """Places inside a calendar span that begins on day ``start``, read off the history columns."""
    known = nw.col("is_sale") & ~nw.col("customer_id").is_null()
    opens = known & nw.col("opens_day").fill_null(False)
    fresh = _before("prev_order_day", start)
    first = known & fresh
    return rows.with_columns(
        first=first,
        second=known & ~fresh & _before("prev2_order_day", start),
        later=known & ~fresh,
        second_day=opens & ~_before("prev_day", start) & _before("prev2_day", start),
        earlier=(first & (nw.col("day_seq") > 1).fill_null(False))
        | (opens & (nw.col("day_seq") == SECOND).fill_null(False) & ~_before("prev_day", start)),
    )


def _before(column: str, start: nw.Expr) -> nw.Expr:
    """Whether the day in ``column`` lies before ``start`` or never was."""
    return nw.col(column).is_null() | (nw.col(column).cast(nw.Int64) < start).fill_null(True)


def anew(rows: Frame, groups: tuple[str, ...], order: tuple[str, ...]) -> Frame:
    """Places worked out over the rows at hand; ``order`` sorts a buyer's rows. Rows that start no order count nowhere."""
    buyer = (*groups, "customer_id", "counts")
    counts = nw.col("is_sale") & ~nw.col("customer_id").is_null()
    if "order_first" in rows.collect_schema().names():
        counts = counts & nw.col("order_first")
    numbered = rows.with_columns(counts=counts).with_columns(
        _k=nw.col("counts").cast(nw.Int64).cum_sum().over(*buyer, order_by=order),
        _before=nw.col("day").shift(1).over(*buyer, order_by=order),
        _old=(nw.col("day_seq") > 1).fill_null(False).cast(nw.Int64).cum_sum().over(*buyer, order_by=order),
    )
    opens = nw.col("counts") & (nw.col("_before").is_null() | (nw.col("_before") < nw.col("day")).fill_null(True))
    by_day = numbered.with_columns(_opens=opens).with_columns(
        _d=nw.col("_opens").cast(nw.Int64).cum_sum().over(*buyer, order_by=order)
    )
    counted = nw.col("counts")
    return by_day.with_columns(
        first=counted & (nw.col("_k") == 1),
        second=counted & (nw.col("_k") == SECOND),
        later=counted & (nw.col("_k") > 1),
        second_day=counted & nw.col("_opens") & (nw.col("_d") == SECOND),
        earlier=counted & (nw.col("_old") == 1) & (nw.col("day_seq") > 1).fill_null(False),
    ).drop("_k", "_before", "_old", "_opens", "_d", "counts")


def order_first(lines: Frame, groups: tuple[str, ...]) -> Frame:
    """Mark the first sold line of every order inside its group."""
    part = (*groups, "order_id", "is_sale")
    return (
        lines.with_columns(_one=nw.lit(1))
        .with_columns(_k=nw.col("_one").cum_sum().over(*part, order_by="line_key"))
        .with_columns(order_first=nw.col("is_sale") & (nw.col("_k") == 1))
        .drop("_one", "_k")
    )


def ever_twice(rows: Frame, customers: Frame) -> Frame:
    """Add whether the buyer has two orders or more by now, whenever they were made."""
    twice = customers.select("customer_id", ever_twice=nw.col("orders") > 1)
    return rows.join(twice, on="customer_id", how="left").with_columns(nw.col("ever_twice").fill_null(False))
