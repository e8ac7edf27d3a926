"""How sales are spread over channels, and whether customers are equally content in all kinds of them."""

import narwhals as nw

from ecodash.analysis.random_groups import Sums
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Window
from ecodash.metrics.indicators.cells import CLUSTER, of_cells
from ecodash.metrics.indicators.sold import ORIGIN, sales, with_kind
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside


def _by_channel(reading: Reading, window: Window) -> Frame:
    """Sales by channel; the platform where the channel is not known."""
    rows = sales(reading, window).with_columns(cell=nw.coalesce("channel_id", "platform"))
    return rows.filter(~nw.col("cell").is_null()).select(*ORIGIN, "cell", amount=nw.col("paid"), **CLUSTER)


def _by_kind(reading: Reading, window: Window) -> Frame:
    """Ratings by the kind of channel of the order; the channel itself where no channels table was loaded.

    Kinds with fewer ratings than the minimum sample say nothing and are left out.
    """
    kind = nw.col("channel_kind") if reading.loaded(["channels"]) else nw.col("channel_id")
    of_order = with_kind(reading.fact("orders"), reading).select("order_id", "bucket", cell=kind)
    rows = reading.table("reviews").with_columns(day=day_number(nw.col("reviewed_at")))
    rows = rows.filter(inside(window.days, "day"), ~nw.col("rating").is_null())
    joined = rows.join(of_order, on="order_id", how="inner").filter(~nw.col("cell").is_null())
    rated = joined.with_columns(one=nw.lit(1)).with_columns(ratings=nw.col("one").sum().over("cell"))
    enough = rated.filter(nw.col("ratings") >= reading.settings.minimum_sample)
    return enough.select(*ORIGIN, "cell", amount=nw.col("rating"), **CLUSTER)


def hhi(sums: Sums) -> float | None:
    """Herfindahl–Hirschman index Σ share²; None without any amount. 1 is one channel, 1/k is k equal ones."""
    amounts = [amount for amount, _ in sums.values()]
    whole = sum(amounts)
    return sum((amount / whole) ** 2 for amount in amounts) if whole > 0 else None


def widest_gap(sums: Sums) -> float | None:
    """Largest difference between the means of cells; None with fewer than two of them."""
    means = [amount / cases for amount, cases in sums.values() if cases > 0]
    return max(means) - min(means) if len(means) > 1 else None


CHANNEL_MIX = (
    indicator("channel_hhi", of_cells(_by_channel, hhi)),
    indicator(
        "channel_rating_gap",
        of_cells(
            _by_kind,
            widest_gap,
            reason=Text(
                "不足两类渠道有够多的评价，无从比较。",
                "Fewer than two kinds of channel have enough ratings to compare.",
            ),
        ),
    ),
)
