"""Buying in stores and online: who does both, how orders are picked up, what the shop knows in its stores."""

from collections.abc import Callable

import narwhals as nw

from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Window
from ecodash.metrics.indicators.sold import (
    ORIGIN,
    SPLITS,
    STORE,
    buyers,
    last_day,
    lines,
    profiles,
    sales,
    sales_of_kind,
    town,
)
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Definition, Measured, OfWindow, Spread, Summary
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

TWICE = 2
BEFORE_ONLINE = 7
REDEEMED_WITHIN = 60
FETCHED = ("pickup", "instore")
BROUGHT = ("instant", "delivery")
LOCAL = ("instant", "pickup", "instore", "onsite")


def _share(rows: Frame, which: nw.Expr, *splits: str) -> Frame:
    """Rows of a share: 1 above where ``which`` holds."""
    return rows.select(*ORIGIN, *splits, above=which.fill_null(value=False).cast(nw.Int64), below=nw.lit(1))


def _kinds(reading: Reading, window: Window) -> Frame:
    """Known buyers with two purchase days or more in channels whose kind is known."""
    days = nw.col("opens_day").cast(nw.Int64).sum()
    store, online = nw.col("channel_kind") == STORE, nw.col("channel_kind") != STORE
    rows = buyers(
        sales_of_kind(reading, window),
        window,
        days=days,
        first_kind=nw.col("channel_kind").min(),
        last_kind=nw.col("channel_kind").max(),
        in_store=store.cast(nw.Int64).max(),
        online=online.cast(nw.Int64).max(),
    )
    return rows.filter(nw.col("days") >= TWICE, ~nw.col("first_kind").is_null())


def _several_kinds(reading: Reading, window: Window) -> Frame:
    return _share(_kinds(reading, window), nw.col("first_kind") != nw.col("last_kind"))


def _store_and_online(reading: Reading, window: Window) -> Frame:
    return _share(_kinds(reading, window), (nw.col("in_store") == 1) & (nw.col("online") == 1))


def _both_scenes(reading: Reading, window: Window) -> Frame:
    """Known buyers with two purchase days or more of known fulfilment: fetched as well as brought."""
    rows = buyers(
        sales(reading, window),
        window,
        days=nw.col("opens_day").cast(nw.Int64).sum(),
        known=(~nw.col("fulfilment").is_null()).cast(nw.Int64).max(),
        fetched=nw.col("fulfilment").is_in(FETCHED).cast(nw.Int64).max(),
        brought=nw.col("fulfilment").is_in(BROUGHT).cast(nw.Int64).max(),
    )
    kept = rows.filter(nw.col("days") >= TWICE, nw.col("known") == 1)
    return _share(kept, (nw.col("fetched") == 1) & (nw.col("brought") == 1))


def _picked_up(reading: Reading) -> Frame:
    """Online orders whose fulfilment is known."""
    rows = sales_of_kind(reading).filter(nw.col("channel_kind") != STORE, ~nw.col("fulfilment").is_null())
    return _share(rows, nw.col("fulfilment") == "pickup", *SPLITS)


def _identified(reading: Reading) -> Frame:
    """Orders of stores."""
    rows = sales_of_kind(reading).filter(nw.col("channel_kind") == STORE)
    return _share(rows, ~nw.col("customer_id").is_null(), *SPLITS)


def _after_store(reading: Reading) -> Frame:
    """Online orders of known buyers; those who bought in a store at most seven days before."""
    rows = sales_of_kind(reading).filter(~nw.col("customer_id").is_null())
    online = rows.filter(nw.col("channel_kind") != STORE)
    visits = rows.filter(nw.col("channel_kind") == STORE).select(
        "customer_id", visit_at=nw.col("at"), visit=nw.col("day")
    )
    near = (nw.col("day") - nw.col("visit") <= BEFORE_ONLINE) & (nw.col("visit_at") <= nw.col("at"))
    after = online.join(visits, on="customer_id", how="inner").filter(near).select("order_id").unique()
    flagged = online.join(after.with_columns(after=nw.lit(1)), on="order_id", how="left")
    return _share(flagged, nw.col("after") == 1, *SPLITS)


def _local(reading: Reading) -> Frame:
    """Sales that say how they reach the buyer, or that are vouchers."""
    voucher = (nw.col("order_type") == "voucher").fill_null(value=False)
    rows = sales(reading).filter(voucher | ~nw.col("fulfilment").is_null())
    return _share(rows, voucher | nw.col("fulfilment").is_in(LOCAL).fill_null(value=False), *SPLITS)


def _redeemed(reading: Reading) -> Frame:
    """Vouchers sold at least 60 days before the end of the data."""
    old = nw.col("day") + REDEEMED_WITHIN <= last_day(reading)
    rows = sales(reading).filter(nw.col("order_type") == "voucher", old)
    done = reading.table("orders").select("order_id", "completed_at")
    return _share(rows.join(done, on="order_id", how="left"), ~nw.col("completed_at").is_null(), *SPLITS)


def _from_here(reading: Reading) -> Frame:
    """Orders of stores of known city by customers of known city."""
    places = reading.table("locations").select("city", store_id=nw.col("location_id")).with_columns(here=town("city"))
    homes = profiles(reading, "city").with_columns(home=town("city"))
    rows = (
        sales(reading)
        .join(places.select("store_id", "here"), on="store_id", how="inner")
        .join(homes.select("customer_id", "home"), on="customer_id", how="inner")
        .filter(~nw.col("here").is_null(), ~nw.col("home").is_null())
    )
    return _share(rows, nw.col("here") == nw.col("home"), *SPLITS)


def _seen_in_stores(reading: Reading, window: Window) -> Frame:
    """One row per SKU and store with a sale in the window; those with a snapshot of that very store in it."""
    stores = reading.table("locations").filter(nw.col("kind") == STORE).select(store_id=nw.col("location_id"))
    orders = sales(reading, window).join(stores, on="store_id", how="inner").select("order_id", "store_id")
    sold = lines(reading, window).filter(~nw.col("sku_id").is_null()).join(orders, on="order_id", how="inner")
    pairs = sold.with_columns(_one=nw.lit(1)).with_columns(
        _nth=nw.col("_one").cum_sum().over("sku_id", "store_id", order_by=("order_id", "line_key"))
    )
    seen = reading.table("inventory").with_columns(day=day_number(nw.col("snapshot_date")))
    known = seen.filter(inside(window.days, "day")).select("sku_id", store_id=nw.col("location_id"), seen=nw.lit(1))
    rows = pairs.filter(nw.col("_nth") == 1).join(known.unique(), on=["sku_id", "store_id"], how="left")
    return _share(rows.with_columns(by_store=nw.col("store_id")), nw.col("seen") == 1, "by_store", "by_category")


def _of_rows(rows: Callable[[Reading], Frame]) -> Measured:
    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CASES)


def _of_window(rows: Callable[[Reading, Window], Frame]) -> OfWindow:
    return OfWindow(rows=rows, summary=Summary.RATIO, spread=Spread.CASES)


STORE_AND_ONLINE = Definition(
    id="store_and_online",
    name=Text("线上线下", "Store and online"),
    meaning=Text(
        "购买 ≥2 次的客户中，既在门店又在线上买过的占比。",
        "Of buyers with two purchases or more, the share who bought in a store as well as online.",
    ),
    how=_of_window(_store_and_online),
    source="Doc A, A3.1",
)

OMNICHANNEL = (
    indicator("omni_buyer_share", _of_window(_several_kinds), STORE_AND_ONLINE),
    indicator("pickup_share", _of_rows(_picked_up)),
    indicator("store_to_online_share", _of_rows(_after_store)),
    indicator("id_link_rate", _of_rows(_identified)),
    indicator("store_stock_visibility", _of_window(_seen_in_stores)),
    indicator("o2o_order_share", _of_rows(_local)),
    indicator("cross_scene_buyer_share", _of_window(_both_scenes)),
    indicator("voucher_redemption_rate", _of_rows(_redeemed)),
    indicator("local_buyer_share", _of_rows(_from_here)),
)
