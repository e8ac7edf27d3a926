"""What was spent on advertising, in the base currency, and where the customers it should bring would first buy.

An ad platform is not always where people buy: what is spent in Alimama brings buyers to Taobao and Tmall. Spend of a
channel nobody's first order names (an ad network without a shop) belongs to no channel; it counts in the whole only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.period import Period, day_of
from ecodash.core.period import day_number as number_of
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.facts.rates import priced
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading

SELLS_ON: Mapping[str, str] = MappingProxyType(
    {"alimama": "taobao_tmall", "qianchuan": "douyin", "jingzhuntong": "jd", "duoduo": "pinduoduo"}
)
"""Where the buyers of an ad platform buy, when the platform has another name than the marketplace."""
NUMBERS = ("impressions", "clicks", "orders", "new_customers")


@dataclass(frozen=True, kw_only=True, eq=False)
class Spend:
    """``table``: one row per ad channel: channel, spend and gmv (money), clicks, orders, new_customers (null: not said).

    ``days``: the days both asked for and covered by ads; None when there are none. ``rows`` of ads there are, of which
    ``unpriced`` have a currency without an exchange rate and are left out.
    """

    days: Period | None
    table: pl.DataFrame
    rows: int
    unpriced: int

    @property
    def total(self) -> float:
        """All of it, in money."""
        return float(self.table["spend"].sum())


def ads(reading: Reading, *, sellers: bool = False) -> Frame:
    """One row per ad row: day, channel (empty: unknown), NUMBERS, spend and gmv in money (null: no exchange rate).

    Spend paid by sellers on a platform is not the shop's own: it is left out unless ``sellers``.
    """
    rows = reading.table("ad_spend").with_columns(day=day_number(nw.col("date")))
    rows = rows if sellers else rows.filter(nw.col("seller_id").is_null())
    known = priced(rows, reading.table("exchange_rates"), reading.settings)
    return known.select(
        "day",
        *NUMBERS,
        *("load_id", "row_no"),
        channel=nw.coalesce("channel_id", "platform").fill_null(""),
        spend=nw.col("spend").cast(nw.Float64) * nw.col("rate") / SCALE,
        gmv=nw.col("gmv").cast(nw.Float64) * nw.col("rate") / SCALE,
    )


def covered(reading: Reading, window: Period | None) -> Period | None:
    """The days of ``window`` that lie within the days ads are known of; None when there are none."""
    first, last = collected(ads(reading).select(first=nw.col("day").min(), last=nw.col("day").max())).row(0)
    if first is None:
        return None
    whole = Period(day_of(int(first)), day_of(int(last)))
    return whole.clip(window) if window else whole


def spend(reading: Reading, window: Period | None) -> Spend:
    """The shop's own spend in the window by ad channel; no rows without any."""
    days = covered(reading, window)
    rows = ads(reading)
    if days is not None:
        rows = rows.filter((nw.col("day") >= number_of(days.start)) & (nw.col("day") <= number_of(days.end)))
    marked = rows.with_columns(unpriced=nw.col("spend").is_null().cast(nw.Int64), one=nw.lit(1))
    names = ("spend", "gmv", "unpriced", "one", *NUMBERS)
    said = {f"has_{name}": (~nw.col(name).is_null()).cast(nw.Int64) for name in ("gmv", "new_customers")}
    sums = marked.with_columns(**said).group_by("channel").agg(*(nw.col(name).sum() for name in (*names, *said)))
    table = collected(sums).sort("channel")
    table = table if days is not None else table.clear()
    shown = table.with_columns(pl.when(pl.col(f"has_{name}") > 0).then(pl.col(name)).alias(name) for name in ("gmv", "new_customers"))  # fmt: skip
    return Spend(
        days=days,
        table=shown.select("channel", "spend", "gmv", *NUMBERS).with_columns(pl.col("spend").fill_null(0.0)),
        rows=int(table["one"].sum()),
        unpriced=int(table["unpriced"].sum()),
    )


def place_of(channel: str, sources: Collection[str]) -> str | None:
    """Where customers of an ad channel first buy: the channel itself, else its platform; None when nobody does.

    ``sources`` are the channels of first orders. ``alimama/search`` → ``taobao_tmall`` where first orders name it.
    """
    if channel in sources:
        return channel
    platform = channel.partition("/")[0]
    wanted = SELLS_ON.get(platform, platform)
    return wanted if any(one.partition("/")[0] == wanted for one in sources) else None


def places(channels: Collection[str], sources: Collection[str]) -> Mapping[str, str]:
    """The place each source channel counts for: itself where ads name it, else its platform where ads name that."""
    exact = {channel for channel in channels if channel in sources}
    wide = {place for channel in channels if channel not in exact and (place := place_of(channel, sources))}
    found = {source: source for source in sources if source in exact}
    for source in sources:
        platform = source.partition("/")[0]
        if source not in found and platform in wide:
            found[source] = platform
    return found
