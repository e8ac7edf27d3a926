"""What kind of platform this is: how many categories it sells, who sells on it, how social selling is."""

from math import log

import narwhals as nw

from ecodash.analysis.random_groups import Sums
from ecodash.facts import Frame
from ecodash.facts.calendar import whole
from ecodash.metrics.answered import Window
from ecodash.metrics.indicators.cells import of_cells
from ecodash.metrics.indicators.gmv_shares import Condition, lines_that, orders_that
from ecodash.metrics.indicators.sold import LINE_ORIGIN, lines, with_kind
from ecodash.metrics.indicators.third_party import with_seller
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.reading import Reading

REFERENCE = 20
"""So many top categories a comprehensive platform is taken to have."""
SOCIAL = ("social", "live", "community")
WEEK = 7


def _categories(reading: Reading, window: Window) -> Frame:
    """Sold lines of a known category; a week is what is left out for the interval."""
    rows = lines(reading, window).filter(~nw.col("category").is_null())
    return rows.select(*LINE_ORIGIN, cell=nw.col("category"), amount=nw.col("paid"), cluster=whole(nw.col("day"), WEEK))


def shares(sums: Sums) -> list[float]:
    """The share of each cell in all that is above 0; empty without any."""
    amounts = [amount for amount, _ in sums.values() if amount > 0]
    return [amount / sum(amounts) for amount in amounts]


def _entropy(sums: Sums) -> float | None:
    found = shares(sums)
    return min(-sum(p * log(p) for p in found) / log(REFERENCE), 1.0) + 0.0 if found else None


def concentration(sums: Sums) -> float | None:
    """Σ p²: 1 when all lies in one cell; None without anything above 0."""
    found = shares(sums)
    return sum(p * p for p in found) if found else None


def _top(sums: Sums) -> float | None:
    return max(shares(sums), default=None)


def _sold_by(mode: str, *, nobody: bool = False) -> Condition:
    """Lines of sellers of one mode; ``nobody``: lines without a seller too."""

    def condition(reading: Reading, rows: Frame) -> Frame:
        named = with_seller(rows, reading)
        belongs = (nw.col("seller_mode") == mode).fill_null(value=False)
        return named.with_columns(belongs=belongs | nw.col("seller_id").is_null() if nobody else belongs)

    return condition


def _social(reading: Reading, rows: Frame) -> Frame:
    """Orders from social channels, group buys or referrals, each counted once."""
    group = ~nw.col("group_id").is_null()
    groups = reading.table("orders").filter(group).select("order_id", "group_id")
    shared = reading.table("referrals").filter(~nw.col("order_id").is_null())
    referred = shared.select("order_id", referred=nw.lit(1)).unique()
    known = with_kind(rows, reading).join(groups, on="order_id", how="left").join(referred, on="order_id", how="left")
    channel = nw.col("channel_kind").is_in(SOCIAL).fill_null(value=False)
    grouped = ~nw.col("group_id").is_null() | (nw.col("order_type") == "group").fill_null(value=False)
    return known.with_columns(belongs=channel | grouped | ~nw.col("referred").is_null())


PLATFORM_TYPE = (
    indicator("category_entropy", of_cells(_categories, _entropy)),
    indicator("category_hhi", of_cells(_categories, concentration)),
    indicator("top_category_share", of_cells(_categories, _top)),
    indicator("self_operated_gmv_share", lines_that(_sold_by("self", nobody=True))),
    indicator("third_party_gmv_share", lines_that(_sold_by("third_party"))),
    indicator("joint_gmv_share", lines_that(_sold_by("joint"))),
    indicator("social_gmv_share", orders_that(_social)),
)
