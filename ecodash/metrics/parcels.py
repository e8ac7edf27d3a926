"""Rows of metrics about parcels: one row per parcel that can be judged, beside the payment it answers.

The clock starts with the payment of the order, else its creation, else the order date on the parcel itself. What has
not arrived by the last day anything happened to a parcel is still open: late where its promise has passed, otherwise
waited for, never left out and never taken as delivered. An order that is over without saying when it was sent or
delivered, or that comes from a platform that never says so, is not open: its times are unknown, and it is left out.
"""

from collections.abc import Callable

import narwhals as nw

from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.collect import collected
from ecodash.metrics.order_splits import OF_ORDER, order_splits
from ecodash.metrics.reading import Reading
from ecodash.metrics.sale_days import sale_or_ordinary

MINUTES_A_DAY = 1440
SPLITS = (
    *("carrier", "carrier_type", "warehouse", "stock", "sale_days"),
    *OF_ORDER,
)
KEPT = ("load_id", "row_no", "order_id", *(f"by_{name}" for name in SPLITS))
Rows = Callable[[Reading], Frame]
_OF_PARCEL = (
    *("load_id", "row_no", "shipment_id", "order_id", "shipped_at", "promised_at", "delivered_at", "ordered_at"),
    *("freight_cost", "carrier", "carrier_type", "from_location_id", "ship_country"),
)
_OF_ORDER = ("paid_at", "created_at", "fulfilment", "paid_amount")
_COLUMNS = (*_OF_PARCEL, *_OF_ORDER, "mute_of_sending", "mute_of_delivery")
_SAID = {"says_sending": "shipped", "says_delivery": "delivered"}
_OVER = ("completed", "cancelled", "refunded", "closed")


def minutes(moment: nw.Expr) -> nw.Expr:
    """Minutes since 1970, Int64; null stays null."""
    clock = moment.dt.hour().cast(nw.Int64) * 60 + moment.dt.minute().cast(nw.Int64)
    return day_number(moment).cast(nw.Int64) * MINUTES_A_DAY + clock


def last_day(rows: Frame, *columns: str) -> int | None:
    """The last day number in any of the moment columns; None without any."""
    latest = collected(rows.select(**{name: day_number(nw.col(name)).max() for name in columns})).row(0)
    return max((int(day) for day in latest if day is not None), default=None)


def waited(start: nw.Expr, end: nw.Expr, last: int | None) -> nw.Expr:
    """Minutes from ``start`` to ``end``, or until the end of the day ``last`` for what has no end yet."""
    now = ((last or 0) + 1) * MINUTES_A_DAY
    return nw.coalesce(minutes(end), nw.lit(now)) - minutes(start)


def parcels(reading: Reading) -> Frame:
    """All parcels with ``started_at``, ``fulfilment`` and what they can be split by."""
    return reading.held("parcels", _parcels)


def _parcels(reading: Reading) -> Frame:
    sent = reading.table("shipments").select(*_OF_PARCEL)
    orders = reading.table("orders")
    known = orders.select("order_id", *_OF_ORDER)
    speaks = {name: nw.lit(value=False) for name in ("mute_of_sending", "mute_of_delivery")}
    of_parcels = sent.join(known, on="order_id", how="left").with_columns(**speaks).select(*_COLUMNS)
    rows = nw.concat([of_parcels, _told_by_orders(orders, sent)])
    rows = rows.join(order_splits(reading), on="order_id", how="left")
    rows = rows.join(_locations(reading), on="from_location_id", how="left")
    rows = rows.with_columns(
        started_at=nw.coalesce("paid_at", "created_at", "ordered_at"),
        by_carrier=nw.col("carrier"),
        by_carrier_type=nw.col("carrier_type"),
        by_warehouse=nw.col("from_location_id"),
        by_country=nw.coalesce("ship_country", "by_country"),
    )
    return rows.with_columns(
        by_stock=_stock(reading.settings.home_country),
        by_sale_days=sale_or_ordinary(reading, day_number(nw.col("started_at"))),
    )


def _locations(reading: Reading) -> Frame:
    return reading.table("locations").select(from_location_id=nw.col("location_id"), stock_country=nw.col("country"))


def _stock(home: str) -> nw.Expr:
    """Where goods lie that go abroad: in stock ``overseas`` or sent ``direct`` from home; ``domestic`` stays at home."""
    stock, goal = nw.col("stock_country").str.to_uppercase(), nw.col("by_country").str.to_uppercase()
    from_home = nw.when(goal == home).then(nw.lit("domestic")).otherwise(nw.lit("direct"))
    code = nw.when(stock == home).then(from_home).otherwise(nw.lit("overseas"))
    return nw.when(stock.is_null() | goal.is_null()).then(nw.lit(None)).otherwise(code)


def _told_by_orders(orders: Frame, sent: Frame) -> Frame:
    """One parcel per order that says itself when it was sent or delivered and of which no parcel is known."""
    told = orders.filter(~nw.coalesce("shipped_at", "delivered_at", "promised_at").is_null(), *_alive())
    alone = told.join(sent.select("order_id").unique(), on="order_id", how="anti")
    unknown = {name: nw.lit(None, dtype=nw.String) for name in ("carrier", "carrier_type", "from_location_id")}
    over = nw.col("status").is_in(_OVER).fill_null(value=False) | ~nw.col("completed_at").is_null()
    return (
        alone.with_columns(_by=nw.col("platform").fill_null(""))
        .join(_says(orders), on="_by")
        .with_columns(
            **unknown,
            shipment_id=nw.col("order_id"),
            ordered_at=nw.col("created_at"),
            freight_cost=nw.lit(None, dtype=nw.Int64),
            mute_of_sending=over | (nw.col("says_sending") == 0),
            mute_of_delivery=over | (nw.col("says_delivery") == 0),
        )
        .select(*_COLUMNS)
    )


def _says(orders: Frame) -> Frame:
    """One row per platform: whether its orders ever say when they were sent and delivered."""
    said = {name: (~nw.col(f"{at}_at").is_null()).cast(nw.Int64) for name, at in _SAID.items()}
    marked = orders.select(_by=nw.col("platform").fill_null(""), **said)
    return marked.group_by("_by").agg(nw.col(*_SAID).max())


def _alive() -> tuple[nw.Expr, ...]:
    """Orders that were paid and not called off: nothing is to be delivered for the others."""
    dead = nw.col("status").is_in(("created", "cancelled")).fill_null(value=False)
    return (~dead | ~nw.col("delivered_at").is_null(),)


def _delivery_known(reading: Reading) -> Frame:
    """Parcels that were delivered, or are still to be."""
    return reading.once("delivery_known", _known_or_open)


def _known_or_open(reading: Reading) -> Frame:
    return parcels(reading).filter(~nw.col("delivered_at").is_null() | ~nw.col("mute_of_delivery"))


def _ended(reading: Reading, name: str, rows: Frame, *columns: str) -> int:
    """The last day of the rows called ``name``, looked up once; 0 without any."""
    return reading.once(f"last day {name}", lambda _: last_day(rows, *columns) or 0)


def promised(*, open_ones: bool, early: bool) -> Rows:
    """Parcels with a promised day; ``above`` 1 when delivered by the end of it. ``day`` is the promised day.

    ``open_ones``: what is not delivered and whose promise has passed is late. ``early``: what was delivered counts
    although its promise lies beyond the data.
    """

    def rows(reading: Reading) -> Frame:
        found = _delivery_known(reading).filter(~nw.col("promised_at").is_null())
        end = _ended(reading, "promised", found, "shipped_at", "delivered_at", "ordered_at")
        promise, arrived = day_number(nw.col("promised_at")), day_number(nw.col("delivered_at"))
        delivered = ~nw.col("delivered_at").is_null()
        due = promise <= end
        known = (due | delivered if early else due) if open_ones else delivered
        on_time = (delivered & (arrived <= promise)).fill_null(value=False).cast(nw.Int64)
        return found.filter(known).select(*KEPT, day=promise, above=on_time, below=nw.lit(1))

    return rows


def within_days(days: int) -> Rows:
    """Parcels sent to a door that have been out so long; ``above`` 1 when delivered within ``days`` of the payment day."""

    def rows(reading: Reading) -> Frame:
        found = _to_the_door(_delivery_known(reading)).filter(~nw.col("started_at").is_null())
        end = _ended(reading, "to the door", found, "shipped_at", "delivered_at")
        start, arrived = day_number(nw.col("started_at")), day_number(nw.col("delivered_at"))
        quick = (arrived - start <= days).fill_null(value=False).cast(nw.Int64)
        return found.filter(start + days <= end).select(*KEPT, day=start, above=quick, below=nw.lit(1))

    return rows


def within_half_an_hour(reading: Reading) -> Frame:
    """Parcels of instant delivery; ``above`` 1 when handed over within 30 minutes of the payment."""
    found = _delivery_known(reading).filter(nw.col("fulfilment") == "instant", ~nw.col("started_at").is_null())
    took = minutes(nw.col("delivered_at")) - minutes(nw.col("started_at"))
    quick = (took <= 30).fill_null(value=False).cast(nw.Int64)  # noqa: PLR2004 - the promise of instant delivery
    return found.select(*KEPT, day=day_number(nw.col("started_at")), above=quick, below=nw.lit(1))


def days_to_delivery(reading: Reading) -> Frame:
    """Calendar days from payment to delivery, or until the last day of the data while a parcel is on its way."""
    found = _carried(_delivery_known(reading)).filter(~nw.col("started_at").is_null())
    end = _ended(reading, "carried", found, "shipped_at", "delivered_at")
    start, arrived = day_number(nw.col("started_at")), day_number(nw.col("delivered_at"))
    took = nw.coalesce(arrived, nw.lit(end)).cast(nw.Int64) - start.cast(nw.Int64)
    rows = found.select(*KEPT, day=start, above=took, done=(~arrived.is_null()).cast(nw.Int64))
    return rows.filter(nw.col("above") >= 0)


def minutes_to_dispatch(reading: Reading) -> Frame:
    """Minutes from payment to the carrier, or until the end of the data while a parcel waits."""
    unsent = nw.col("delivered_at").is_null() & ~nw.col("mute_of_sending")
    known = ~nw.col("shipped_at").is_null() | unsent
    found = _carried(parcels(reading)).filter(~nw.col("started_at").is_null(), known)
    last = last_day(found, "shipped_at", "started_at")
    took = waited(nw.col("started_at"), nw.col("shipped_at"), last)
    sent, day = ~nw.col("shipped_at").is_null(), day_number(nw.col("started_at"))
    rows = found.select(*KEPT, day=day, above=took, done=sent.cast(nw.Int64))
    return rows.filter(nw.col("above") >= 0)


def during_sales(rows: Rows) -> Rows:
    """The same rows, only orders paid during a sale event."""
    return lambda reading: rows(reading).filter(nw.col("by_sale_days") == "sale")


def own_carrier(reading: Reading) -> Frame:
    """Parcels whose kind of carrier is known; ``above`` 1 for the shop's own."""
    found = parcels(reading).filter(~nw.col("carrier_type").is_null())
    own = (nw.col("carrier_type") == "own").cast(nw.Int64)
    return found.select(*KEPT, day=day_number(nw.coalesce("shipped_at", "started_at")), above=own, below=nw.lit(1))


def freight(reading: Reading) -> Frame:
    """Freight paid, and once per order the money of the order it belongs to; both in ten-thousandths."""
    found = parcels(reading).filter(~nw.col("freight_cost").is_null(), nw.col("paid_amount") > 0)
    first = found.group_by("order_id").agg(first=nw.col("shipment_id").min())
    rows = found.join(first, on="order_id", how="left")
    once = nw.when(nw.col("shipment_id") == nw.col("first")).then(nw.col("paid_amount")).otherwise(0)
    day = day_number(nw.coalesce("shipped_at", "started_at"))
    return rows.select(*KEPT, day=day, above=nw.col("freight_cost"), below=once)


def _to_the_door(rows: Frame) -> Frame:
    kind = nw.col("fulfilment")
    return rows.filter(kind.is_null() | (kind == "delivery"))


def _carried(rows: Frame) -> Frame:
    """What somebody carries to the buyer: nothing picked up, bought in a store, done on the spot or downloaded."""
    kind = nw.col("fulfilment")
    return rows.filter(kind.is_null() | kind.is_in(("delivery", "instant")))
