"""What is bought next, per segment and with its hit rate, and what is bought together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import polars as pl

from ecodash.analysis.basket import LEAST, pairs
from ecodash.analysis.hit_rate import HitRate, hit_rates
from ecodash.analysis.next_product import NextProduct, Wanted, learn, suggest_for_group
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.metrics.collect import collected
from ecodash.metrics.scope import Scope, inside

LISTED, ASKED, MEMORY = 10, 4_000, 730
NAMES = {"item": pl.String, "name": pl.String}


@dataclass(frozen=True, kw_only=True, eq=False)
class NextProducts:
    """``lists``: group, rank, item, name, score and customers it could be for; ``rates`` against popularity.

    ``items`` and ``customers``: how many the method knows; ``similar`` False when only popularity is left.
    """

    lists: pl.DataFrame
    rates: tuple[HitRate, ...]
    items: int
    customers: int
    similar: bool


def lines(here: Scope) -> Frame:
    """One row per line sold in the window: customer_id, order_id, item (SKU, else the platform's product, else name), day."""
    sold = here.fact("order_lines").filter(nw.col("is_sale"), inside(here.window, "day"))
    item = nw.coalesce("sku_id", "product_id", "product_name")
    return sold.select("customer_id", "order_id", "day", "product_name", item=item).filter(~nw.col("item").is_null())


def bought(here: Scope) -> pl.DataFrame:
    """One row per customer, item and day of the last two years: customer, item, day."""
    rows = lines(here).filter(~nw.col("customer_id").is_null(), nw.col("day") > day_number(here.window.end) - MEMORY)
    found = collected(rows.select("customer_id", "item", "day").unique())
    return found.rename({"customer_id": "customer"}).sort("customer", "item", "day")


def names(here: Scope) -> pl.DataFrame:
    """One row per item: item and a name people know; the item itself where there is none."""
    rows = lines(here).group_by("item").agg(name=nw.col("product_name").max())
    return collected(rows).select("item", name=pl.coalesce("name", "item")).cast(NAMES)  # type: ignore[arg-type]


def next_products(
    here: Scope, groups: Mapping[str, Sequence[str]], *, wanted: Wanted = Wanted.NEW, k: int = LISTED
) -> NextProducts:
    """A list per group of customers (at most 4 000 of each, drawn with a fixed seed, speak for their group)."""
    known, last = bought(here), day_number(here.window.end)
    model = learn(known, today=last)
    called = names(here)
    parts = [_list(model, name, _drawn(customers), wanted, k) for name, customers in groups.items()]
    empty = pl.DataFrame(schema={"group": pl.String, "rank": pl.Int64, "item": pl.String, "score": pl.Float64, "customers": pl.Int64})  # fmt: skip
    return NextProducts(
        lists=pl.concat([empty, *parts], how="vertical_relaxed").join(
            called, on="item", how="left", maintain_order="left"
        ),
        rates=hit_rates(_speaking(known), today=last),
        items=len(model.items),
        customers=len(model.customers),
        similar=model.similar is not None,
    )


def _list(model: NextProduct, group: str, customers: Sequence[str], wanted: Wanted, k: int) -> pl.DataFrame:
    found = suggest_for_group(model, customers, wanted=wanted, k=k)
    return found.with_row_index("rank", 1).select(
        pl.lit(group).alias("group"),
        pl.col("rank").cast(pl.Int64),
        pl.col("item").cast(pl.String),
        "score",
        "customers",
    )


def _drawn(customers: Sequence[str]) -> Sequence[str]:
    if len(customers) <= ASKED:
        return customers
    dice = np.random.default_rng(0)
    return [customers[i] for i in np.sort(dice.choice(len(customers), ASKED, replace=False))]


def _speaking(known: pl.DataFrame) -> pl.DataFrame:
    """The purchases of so many customers that the check stays quick; all of them in a shop of usual size."""
    customers = known["customer"].unique().sort()
    most = ASKED * 10
    if len(customers) <= most:
        return known
    kept = customers.sample(most, seed=0)
    return known.filter(pl.col("customer").is_in(kept.implode()))


def basket_pairs(here: Scope, *, least: int = LEAST) -> pl.DataFrame:
    """Pairs bought in one order (``analysis.basket.PAIRS``) with their names: first_name and second_name."""
    table = collected(lines(here).select("order_id", "item").unique())
    found = pairs(table.select(basket="order_id", item="item"), least=least)
    called = names(here) if found.height else pl.DataFrame(schema=NAMES)
    for side in ("first", "second"):
        found = found.join(
            called.rename({"item": side, "name": f"{side}_name"}), on=side, how="left", maintain_order="left"
        )
    return found
