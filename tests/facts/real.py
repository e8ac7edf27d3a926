"""The open data sets as canonical tables, made with polars straight from the files."""

import polars as pl

from ecodash.core.decimals import SCALE
from tests.facts.canonical import Tables, tables
from tests.shared import SHARED

UCI = SHARED / "data" / "uci_online_retail" / "online_retail.csv.gz"
CDNOW = SHARED / "data" / "cdnow_sample" / "CDNOW_sample.txt"


def uci() -> Tables:
    """541,909 lines of UCI Online Retail: invoices starting with C are credits, with A adjustments."""
    rows = pl.read_csv(UCI, infer_schema=False, encoding="utf8-lossy").with_columns(
        pl.col("InvoiceDate").str.to_datetime(_moment_format(), time_unit="us").alias("at"),
        (pl.col("Quantity").cast(pl.Int64) * SCALE).alias("qty"),
        (pl.col("UnitPrice").cast(pl.Float64) * SCALE).round().cast(pl.Int64).alias("price"),
    )
    orders = rows.group_by(order_id=pl.col("InvoiceNo")).agg(
        customer_id=pl.col("CustomerID").drop_nulls().first(),
        created_at=pl.col("at").min(),
        ship_country=pl.col("Country").first(),
    )
    kind = pl.col("order_id").str.head(1).replace_strict({"C": "credit", "A": "adjustment"}, default="sale")
    items = rows.with_row_index("line").select(
        order_id=pl.col("InvoiceNo"),
        line_key=pl.col("line").cast(pl.String),
        sku_id=pl.col("StockCode"),
        product_name=pl.col("Description"),
        qty=pl.col("qty"),
        unit_price=pl.col("price"),
    )
    return _complete({"orders": orders.with_columns(document=kind), "order_items": items})


def _moment_format() -> str:
    sample = pl.read_csv(UCI, infer_schema=False, encoding="utf8-lossy", n_rows=1)["InvoiceDate"][0]
    return "%m/%d/%Y %H:%M" if "/" in sample else "%Y-%m-%d %H:%M:%S"


def cdnow() -> Tables:
    """6,919 purchases of CDNOW, one row per order, the amount stated on the order."""
    cells = [line.split() for line in CDNOW.read_text().splitlines()]
    orders = pl.DataFrame(
        {
            "order_id": [str(number) for number in range(len(cells))],
            "customer_id": [row[1] for row in cells],
            "day": [row[2] for row in cells],
            "paid_amount": [round(float(row[4]) * SCALE) for row in cells],
        }
    )
    return _complete({"orders": orders.with_columns(created_at=pl.col("day").str.to_datetime("%Y%m%d")).drop("day")})


def _complete(some: Tables) -> Tables:
    """The given columns in otherwise empty canonical tables."""
    empty = tables({})
    return {
        name: pl.concat([frame, some[name].with_columns(load_id=1)], how="diagonal_relaxed").cast(dict(frame.schema))
        if name in some
        else frame
        for name, frame in empty.items()
    }
