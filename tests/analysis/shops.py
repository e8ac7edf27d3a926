"""Purchases of the open data sets, and simulated customers whose parameters are known."""

from datetime import date
from functools import cache

import numpy as np
import polars as pl

from tests.shared import SHARED

CDNOW_CALIBRATION, CDNOW_END = (date(1997, 9, 30) - date(1970, 1, 1)).days, (date(1998, 6, 30) - date(1970, 1, 1)).days


@cache
def cdnow() -> pl.DataFrame:
    """customer, day, value: one row per line of the file."""
    lines = (SHARED / "data" / "cdnow_sample" / "CDNOW_sample.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip()]
    return pl.DataFrame(
        {
            "customer": [row[1] for row in rows],
            "day": pl.Series([row[2] for row in rows]).str.to_date("%Y%m%d").cast(pl.Int32),
            "value": [float(row[4]) for row in rows],
        }
    )


def pareto_purchases(n: int, *, seed: int, dropout: bool = True, days: int = 400) -> pl.DataFrame:
    """Customers of a Pareto/NBD with r .55, α 10.6, s .6, β 11.7 weeks (or who never stop), first bought on days 0–89."""
    dice = np.random.default_rng(seed)
    rate = dice.gamma(0.55, 1 / 10.6, n) / 7
    life = dice.exponential(1 / np.maximum(dice.gamma(0.6, 1 / 11.7, n) / 7, 1e-12)) if dropout else np.full(n, np.inf)
    first = dice.integers(0, 90, n)
    end = np.minimum(life, days - first)
    count = dice.poisson(rate * end)
    owner = np.repeat(np.arange(n), count)
    later = first[owner] + np.ceil(dice.random(len(owner)) * end[owner]).astype(np.int64)
    worth = 6.25 / dice.gamma(3.75, 1 / 15.4, n)
    customer, day = np.concatenate([np.arange(n), owner]), np.concatenate([first, later])
    value = dice.gamma(6.25, 1 / 6.25, len(customer)) * worth[customer]
    return pl.DataFrame({"customer": customer, "day": day, "value": value})


@cache
def online_retail() -> pl.DataFrame:
    """customer, day, item, value: identified sales of UCI Online Retail, one row per line of an invoice."""
    lines = pl.read_csv(SHARED / "data" / "uci_online_retail" / "online_retail.csv.gz", infer_schema=False)
    quantity, price = pl.col("Quantity").cast(pl.Int64), pl.col("UnitPrice").cast(pl.Float64)
    sold = (
        ~pl.col("InvoiceNo").str.contains("^[CA]") & (quantity > 0) & (price > 0) & pl.col("CustomerID").is_not_null()
    )
    return lines.filter(sold).select(
        customer="CustomerID",
        day=pl.col("InvoiceDate").str.to_datetime("%Y-%m-%d %H:%M:%S").dt.date().cast(pl.Int32),
        item="StockCode",
        basket="InvoiceNo",
        value=quantity * price,
    )
