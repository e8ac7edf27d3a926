"""The shop abroad: Shopify orders over several lines each, in US dollars and Pacific time; and its stock."""

from pathlib import Path

import polars as pl

from ecodash.sample.brand import PRODUCTS
from ecodash.sample.cells import count, money, of_place, of_product, padded, was_paid
from ecodash.sample.ids import ORDER_IDS
from ecodash.sample.sheet import Sheet, put_csv, sheet
from ecodash.sample.shop import Shop

STATUS = {
    "pending": "pending",
    "unpaid": "voided",
    "paid": "paid",
    "sent": "paid",
    "done": "paid",
    "part_returned": "partially_refunded",
    "cancelled": "refunded",
    "returned": "refunded",
}
ZONE = "America/Los_Angeles"


def write(shop: Shop, directory: Path) -> list[Path]:
    """Order export and stock of the shop abroad."""
    return [
        put_csv(directory / "shopify_orders_export.csv", _orders(shop.of("shopify")), encoding="utf-8"),
        put_csv(directory / f"shopify_inventory_{shop.plan.end:%Y%m%d}.csv", _stock(shop), encoding="utf-8"),
    ]


def _there(column: str) -> pl.Expr:
    """A Shanghai time as the shop's own, with its offset."""
    local = pl.col(column).dt.replace_time_zone("Asia/Shanghai").dt.convert_time_zone(ZONE)
    return local.dt.strftime("%Y-%m-%d %H:%M:%S %z")


def _orders(part: Shop) -> Sheet:
    orders = part.orders.with_columns(subtotal=pl.col("gross") - pl.col("discount")).rename({"discount": "off"})
    lines = part.lines.select(
        "nth", "line", "product", "price", "list_price", "discount", pl.col("qty").alias("pieces")
    )
    rows = lines.join(orders, on="nth", maintain_order="left")
    first = pl.col("line") == 1

    def once(value: pl.Expr | str) -> pl.Expr:
        return pl.when(first).then(value if isinstance(value, pl.Expr) else pl.lit(value))

    sent = pl.col("sent_at").is_not_null()
    status = pl.when(sent).then(pl.lit("fulfilled")).otherwise(pl.lit("unfulfilled"))
    reduced = pl.col("price") < pl.col("list_price")
    cancelled = pl.when(pl.col("fate") == "cancelled").then(_there("refunded_at"))
    voided = pl.when(pl.col("fate") == "unpaid").then(_there("created"))
    return sheet(
        "shopify_orders",
        rows,
        {
            "Name": ORDER_IDS["shopify"](),
            "Email": padded("buyer", 6, before="buyer") + "@example.com",
            "Financial Status": once(pl.col("fate").replace_strict(STATUS, return_dtype=pl.String)),
            "Paid at": once(_there("paid_at")),
            "Fulfillment Status": once(status),
            "Fulfilled at": once(_there("sent_at")),
            "Accepts Marketing": once("no"),
            "Currency": once("USD"),
            "Subtotal": once(money("subtotal")),
            "Shipping": once(money("shipping")),
            "Taxes": once("0.00"),
            "Total": once(money("due")),
            "Discount Code": once(pl.when(pl.col("off") > 0).then(pl.lit("TRAIL"))),
            "Discount Amount": once(money("off")),
            "Shipping Method": once("Standard"),
            "Created at": _there("created"),
            "Lineitem quantity": count("pieces"),
            "Lineitem name": of_product("en") + " - " + of_product("sku"),
            "Lineitem price": money("price"),
            "Lineitem compare at price": pl.when(reduced).then(money("list_price")),
            "Lineitem sku": of_product("sku"),
            "Lineitem requires shipping": "true",
            "Lineitem taxable": "true",
            "Lineitem fulfillment status": pl.when(sent).then(pl.lit("fulfilled")).otherwise(pl.lit("pending")),
            "Billing Name": once("Sample Person"),
            "Billing Country": once(of_place(2, overseas=True)),
            "Shipping Name": once("Sample Person"),
            "Shipping City": once(of_place(0, overseas=True)),
            "Shipping Zip": once("'" + of_place(3, overseas=True)),
            "Shipping Province": once(of_place(1, overseas=True)),
            "Shipping Country": once(of_place(2, overseas=True)),
            "Cancelled at": once(cancelled.otherwise(voided)),
            "Payment Method": once(pl.when(was_paid()).then(pl.lit("Shopify Payments"))),
            "Payment Reference": once(padded("nth", 12, before="c", plus=1) + ".1"),
            "Refunded Amount": once(money("refund")),
            "Vendor": "Hillfield",
            "Outstanding Balance": once("0.00"),
            "Id": once(padded("nth", 13, plus=5_000_000_000_001)),
            "Risk Level": once("Low"),
            "Source": once("web"),
            "Lineitem discount": money("discount"),
        },
    )


def _stock(shop: Shop) -> Sheet:
    kept = [i for i, p in enumerate(PRODUCTS) if p.weight and p.category != "食品"]
    dice = shop.plan.dice(7)
    rows = pl.DataFrame({"product": kept, "on_hand": dice.integers(5, 180, len(kept))}).with_columns(
        reserved=pl.Series(dice.integers(0, 4, len(kept)))
    )
    return sheet(
        "shopify_inventory",
        rows.with_columns(available=pl.col("on_hand") - pl.col("reserved")),
        {
            "Handle": of_product("sku").str.to_lowercase(),
            "Title": of_product("en"),
            "Option1 Name": "Variant",
            "Option1 Value": of_product("sku"),
            "SKU": of_product("sku"),
            "COO": "CN",
            "Location": "Oakland",
            "Incoming (not editable)": "0",
            "Unavailable (not editable)": "0",
            "Committed (not editable)": count("reserved"),
            "Available (not editable)": count("available"),
            "On hand (current)": count("on_hand"),
        },
    )
