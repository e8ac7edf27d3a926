"""Green goods and green parcels: their share and growth, who buys them, packaging, parcels per order."""

import narwhals as nw

from ecodash.analysis.random_groups import Sums
from ecodash.core.decimals import SCALE
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.indicators.cells import CLUSTER, of_cells
from ecodash.metrics.indicators.sold import LINE_ORIGIN, LINE_SPLITS, lines, profiles, with_product
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.indicators.years import BEFORE, NEW, NOW, growth, half, too_young
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.reading import Reading

GEN_Z = (1995, 2009)
LIGHT = ("recyclable", "reusable", "none")
ONE_GROUP = Text(
    "没有一个类目同时有 Z 世代和其他客户购买，或其他客户没有买过环保品。",
    "No category was bought by both generations, or the others bought no green goods.",
)


def _flagged(reading: Reading, window: Window | None = None) -> Frame:
    """Lines of goods of which it is known whether they are green."""
    return with_product(lines(reading, window), reading, "is_green").filter(~nw.col("is_green").is_null())


def _share(reading: Reading) -> Frame:
    green = nw.when(nw.col("is_green")).then(nw.col("paid")).otherwise(0)
    return _flagged(reading).select(
        *LINE_ORIGIN, *LINE_SPLITS, above=green, below=nw.col("paid"), cluster=nw.col("owner")
    )


def _with_bucket(rows: Frame, reading: Reading) -> Frame:
    return rows.join(reading.fact("orders").select("order_id", "bucket"), on="order_id", how="left")


def _both_years(reading: Reading, window: Window) -> Frame:
    kind = nw.when(nw.col("is_green")).then(nw.lit("green")).otherwise(nw.lit("other"))
    rows = _with_bucket(_flagged(reading), reading).with_columns(half=half(window), kind_of=kind)
    cell = nw.concat_str("kind_of", "half", separator=" ")
    return rows.filter(~nw.col("half").is_null()).select(*LINE_ORIGIN, cell=cell, amount=nw.col("paid"), **CLUSTER)


def _growth_gap(sums: Sums) -> float | None:
    found = [growth(sums, f"{kind} {NOW}", f"{kind} {BEFORE}") for kind in ("green", "other")]
    return None if found[0] is None or found[1] is None else found[0] - found[1]


_GAP = of_cells(_both_years, _growth_gap, reason=NEW)


def _gap(reading: Reading, window: Window) -> Answered:
    return too_young(window) or _GAP.answer(reading, window)


def _generations(reading: Reading, window: Window) -> Frame:
    """Lines of customers of known birth year by category and generation: paid for green goods, of all that was paid."""
    born = profiles(reading, "birth_year").filter(~nw.col("birth_year").is_null())
    rows = _with_bucket(_flagged(reading, window), reading).join(born, on="customer_id", how="inner")
    year = nw.col("birth_year")
    young = nw.when((year >= GEN_Z[0]) & (year <= GEN_Z[1])).then(nw.lit("z")).otherwise(nw.lit("others"))
    cell = nw.concat_str("generation", "category", separator=" ")
    known = rows.filter(~nw.col("category").is_null()).with_columns(generation=young)
    green = nw.when(nw.col("is_green")).then(nw.col("paid")).otherwise(0)
    return known.select(*LINE_ORIGIN, cell=cell, amount=green, weight=nw.col("paid"), **CLUSTER)


def generation_index(sums: Sums) -> float | None:
    """Green share of Gen Z ÷ of the others, both weighted by what all paid in each category both buy."""
    parts = {tuple(cell.split(" ", 1)): part for cell, part in sums.items()}
    both = [
        (parts["z", name], parts["others", name]) for side, name in parts if side == "z" and ("others", name) in parts
    ]
    known = [(z, others) for z, others in both if z[1] > 0 and others[1] > 0]
    first = sum((z[1] + others[1]) * z[0] / z[1] for z, others in known)
    second = sum((z[1] + others[1]) * others[0] / others[1] for z, others in known)
    return first / second if second > 0 else None


def _packed(reading: Reading) -> Frame:
    """Parcels of known packaging."""
    day = day_number(nw.coalesce("shipped_at", "delivered_at", "ordered_at"))
    known = reading.table("shipments").filter(~nw.col("packaging").is_null())
    split = {f"by_{name}": nw.col(name) for name in ("carrier", "carrier_type", "packaging")}
    light = nw.col("packaging").is_in(LIGHT).cast(nw.Int64)
    rows = known.select("load_id", "row_no", "order_id", day=day, above=light, below=nw.lit(1), **split)
    return rows.filter(~nw.col("day").is_null())


def _parcels(reading: Reading) -> Frame:
    """One row per order that was sent: its first parcel, ``above`` the number of its parcels."""
    sent = reading.table("shipments").filter(~nw.col("order_id").is_null(), ~nw.col("shipment_id").is_null())
    day = day_number(nw.coalesce("shipped_at", "delivered_at", "ordered_at"))
    counts = sent.group_by("order_id").agg(above=nw.len(), shipment_id=nw.col("shipment_id").min())
    first = sent.select("load_id", "row_no", "shipment_id", day=day, by_carrier=nw.col("carrier"))
    return counts.join(first.filter(~nw.col("day").is_null()), on="shipment_id", how="inner")


_SHARE = Measured(rows=_share, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE))

GREEN = (
    indicator("green_gmv_share", _SHARE),
    indicator("green_gmv_growth_gap", Analysed(answer=_gap, rows=_GAP.rows)),
    indicator("genz_green_index", of_cells(_generations, generation_index, reason=ONE_GROUP)),
    indicator("green_packaging_share", Measured(rows=_packed, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("parcels_per_order", Measured(rows=_parcels, summary=Summary.MEAN)),
)
