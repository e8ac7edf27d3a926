"""Indicators that compare one kind of advertising with another, or advertising with itself over time."""

import narwhals as nw
import polars as pl

from ecodash.analysis.risk_ratio import relative_lift
from ecodash.core.estimate import Status
from ecodash.core.period import day_number as number_of
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number, with_month
from ecodash.facts.rates import priced
from ecodash.metrics.answered import Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

MONTHS, BEFORE, LASTS = 3, 30, 60
NO_PAIR = Text("没有同时具备两类广告的数据，无从比较。", "There are no data of both kinds of ads to compare.")
TOO_SHORT = Text("需要至少 6 个月的点击付费数据。", "At least six months of ads billed by click are needed.")
NO_SKU = Text(
    "没有商品同时具备推广前 30 天和推广后 60 天的销售数据。",
    "No promoted product has sales of 30 days before and 60 days after it began.",
)


def _ads(reading: Reading, window: Window) -> Frame:
    """Ad rows of the window, sellers' own included; spend in the base currency (unknown without a rate)."""
    rows = reading.table("ad_spend").with_columns(day=day_number(nw.col("date"))).filter(inside(window.days, "day"))
    known = priced(rows, reading.table("exchange_rates"), reading.settings)
    return known.with_columns(spend=nw.col("spend").cast(nw.Float64) * nw.col("rate"))


def cpc_change(reading: Reading, window: Window) -> Answered:
    """Cost per click of the latest three months with ads ÷ that of the earliest three, billed by click."""
    billed = (nw.col("billing") == "bid_cpc") | nw.col("billing").is_null()
    rows = with_month(_ads(reading, window).filter(billed, nw.col("clicks") > 0, ~nw.col("spend").is_null()))
    months = collected(rows.group_by("month").agg(nw.col("spend", "clicks").sum())).sort("month")
    clicks = int(months["clicks"].sum())
    first = months["month"].min()
    if first is None:
        return Answered(value=None, n=0)
    if int(months["month"].max()) - int(first) + 1 < 2 * MONTHS:  # type: ignore[arg-type]
        return Answered(value=None, n=clicks, status=Status.IMMATURE, reason=TOO_SHORT)
    early = months.filter(pl.col("month") < pl.col("month").min() + MONTHS)
    late = months.filter(pl.col("month") > pl.col("month").max() - MONTHS)
    before, now = (float(part["spend"].sum()) / float(part["clicks"].sum()) for part in (early, late))
    return Answered(value=now / before if before else None, n=clicks)


def targeted_lift(reading: Reading, window: Window, *, weighted: bool = True) -> Answered:
    """CTR of targeted ÷ untargeted ads − 1, both ``weighted`` by the impressions of each placement that has both."""
    rows = _ads(reading, window).filter(~nw.col("targeted").is_null(), nw.col("impressions") > 0)
    place = nw.col("placement").fill_null("") if weighted else nw.lit("")
    kinds = rows.with_columns(placement=place, kind=nw.col("targeted").cast(nw.Int64))
    table = collected(kinds.group_by("placement", "kind").agg(nw.col("impressions", "clicks").sum()))
    both = table.filter(pl.col("kind").n_unique().over("placement") == 2)  # noqa: PLR2004
    if both.is_empty():
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=NO_PAIR)
    weight = pl.col("impressions").sum().over("placement")
    rated = both.with_columns(weight=weight, rate=pl.col("clicks") / pl.col("impressions"))
    rates = rated.group_by("kind").agg(ctr=(pl.col("rate") * pl.col("weight")).sum() / pl.col("weight").sum())
    found = {kind: float(ctr) for kind, ctr in rates.iter_rows()}
    return _lifted(found[1], found[0], both)


def _lifted(ours: float, theirs: float, table: pl.DataFrame) -> Answered:
    """The lift of the weighted rates; its interval is that of the plain counts, moved to the weighted value."""
    parts = {kind: table.filter(pl.col("kind") == kind) for kind in (1, 0)}
    counts = {kind: (int(part["clicks"].sum()), int(part["impressions"].sum())) for kind, part in parts.items()}
    if theirs <= 0:
        return Answered(value=None, n=counts[0][1], status=Status.NOT_APPLICABLE, reason=NO_PAIR)
    value, plain = ours / theirs - 1, relative_lift(counts[1], counts[0])
    ends = plain.interval if plain else None
    move = (1 + value) / (1 + plain.value) if plain and plain.value > -1 else 1.0
    return Answered(
        value=value,
        n=counts[0][1] + counts[1][1],
        low=(1 + ends.low) * move - 1 if ends else None,
        high=(1 + ends.high) * move - 1 if ends else None,
    )


def rich_media_lift(reading: Reading, window: Window) -> Answered:
    """CTR of video and live ads ÷ CTR of image ads − 1."""
    rows = _ads(reading, window).filter(nw.col("impressions") > 0, nw.col("format").is_in(("video", "live", "image")))
    kind = (nw.col("format") != "image").cast(nw.Int64)
    table = collected(rows.with_columns(kind=kind).group_by("kind").agg(nw.col("impressions", "clicks").sum()))
    counts = {
        kind: (int(clicks), int(shown))
        for kind, shown, clicks in table.select("kind", "impressions", "clicks").iter_rows()
    }
    if len(counts) < 2:  # noqa: PLR2004
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=NO_PAIR)
    found = relative_lift(counts[1], counts[0], level=window.level)
    if found is None:
        return Answered(value=None, n=counts[0][1], status=Status.NOT_APPLICABLE, reason=NO_PAIR)
    ends = found.interval
    n = counts[0][1] + counts[1][1]
    return Answered(value=found.value, n=n, low=ends.low if ends else None, high=ends.high if ends else None)


def _promoted(reading: Reading, window: Window) -> pl.DataFrame:
    """SKU and the first day it was promoted on, early and late enough to be judged in the data."""
    rows = _ads(reading, window).filter(~nw.col("sku_id").is_null(), nw.col("spend") > 0)
    first = collected(rows.group_by("sku_id").agg(start=nw.col("day").min()))
    begin, end = number_of(window.data.start), number_of(window.days.end)
    return first.filter(pl.col("start") - BEFORE >= begin, pl.col("start") + LASTS - 1 <= end)


def sales_uplift(reading: Reading, window: Window, *, net: bool = False) -> Answered:
    """Units on days 30–59 of promotion ÷ units in the 30 days before, over all promoted products together.

    ``net``: divided by the same ratio of the products of their categories that were not promoted.
    """
    promoted = _promoted(reading, window)
    if promoted.is_empty():
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=NO_SKU)
    days = collected(reading.fact("product_days").select("sku_id", "category", "day", units=nw.col("qty")))
    own = _spans(promoted.join(days, on="sku_id"))
    before, after = float(own["before"].sum()), float(own["after"].sum())
    trend = _trend(promoted, days) if net else 1.0
    if before <= 0 or trend is None or trend <= 0:
        return Answered(value=None, n=promoted.height, status=Status.NOT_APPLICABLE, reason=NO_SKU)
    return Answered(value=after / before / trend, n=promoted.height)


def _spans(rows: pl.DataFrame) -> pl.DataFrame:
    age = pl.col("day") - pl.col("start")
    return rows.select(
        before=pl.when(age.is_between(-BEFORE, -1)).then(pl.col("units")).otherwise(0).sum(),
        after=pl.when(age.is_between(BEFORE, LASTS - 1)).then(pl.col("units")).otherwise(0).sum(),
    )


def _trend(promoted: pl.DataFrame, days: pl.DataFrame) -> float | None:
    """How the unpromoted products of the same categories did over the same days; None where there are none."""
    category = days.drop_nulls("category").group_by("sku_id").agg(pl.col("category").first())
    starts = promoted.join(category, on="sku_id").select("category", "start")
    others = days.join(promoted.select("sku_id"), on="sku_id", how="anti").join(starts, on="category")
    if others.is_empty():
        return None
    found = _spans(others)
    before = float(found["before"].sum())
    return float(found["after"].sum()) / before if before > 0 else None
