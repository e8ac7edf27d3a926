"""What the two programmes of the mini-program do, counted straight from the imagined shop: nothing, and something."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

import polars as pl

from ecodash.sample.shop import Shop
from ecodash.sample.truths import purchase_days

LANDMARK, WINDOW = 30, 90  # days after the first purchase on which groups are fixed, and days then watched
# ``buyers`` is always what ``first_purchases`` gives, ``end`` the last day anything is known of.


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Repurchase of two groups, and their difference in points of a share with its standard error."""

    with_it: tuple[int, int]
    without: tuple[int, int]
    points: float
    error: float


def first_purchases(shop: Shop) -> pl.DataFrame:
    """One row per buyer whose first purchase was in the mini-program: buyer, first, joined, met, and what followed.

    ``again``: bought on days 1 to 90 after the first day; ``early``: paid orders up to the landmark; ``later``: bought
    on days 31 to 120; joined and met are days, null where it never happened.
    """
    bought = purchase_days(shop).filter(pl.col("identity") == "phone")
    first = bought.sort("paid_at").group_by("buyer").agg(first=pl.col("day").first(), home=pl.col("platform").first())
    since = (pl.col("day") - pl.col("first")).dt.total_days()
    rows = bought.join(first, on="buyer").with_columns(since=since)
    what = rows.group_by("buyer", "first", "home").agg(
        again=pl.col("since").is_between(1, WINDOW).any(),
        early=(pl.col("since") <= LANDMARK).sum(),
        later=pl.col("since").is_between(LANDMARK + 1, LANDMARK + WINDOW).any(),
    )
    marks = shop.people.select("buyer", pl.col("joined", "met").dt.date())
    return what.filter(pl.col("home") == "youzan").join(marks, on="buyer", how="left").drop("home").sort("buyer")


def naive_member_gap(buyers: pl.DataFrame, *, end: date) -> Gap:
    """Repurchase within 90 days of those who ever joined and of those who never did: the comparison that misleads."""
    rows = buyers.filter(pl.col("first") <= end - timedelta(days=WINDOW))
    return _gap(rows.with_columns(it=pl.col("joined").is_not_null(), outcome=pl.col("again")), strata=[])


def fair_member_gap(buyers: pl.DataFrame, *, end: date) -> Gap:
    """Members and others on day 30, repurchase on days 31 to 120, among buyers with equally many orders until day 30."""
    return _gap(_at_landmark(buyers, "joined", end=end), strata=["early"])


def contact_gap(buyers: pl.DataFrame, *, end: date) -> Gap:
    """Contacts and others on day 30, repurchase on days 31 to 120: a coin decided, so no stratum is needed."""
    return _gap(_at_landmark(buyers, "met", end=end), strata=[])


def brought_by_contact(shop: Shop, buyers: pl.DataFrame) -> tuple[int, int]:
    """Contacts with 90 days of history, and how many of them came back within these days only because of the contact."""
    bought = purchase_days(shop).filter(pl.col("identity") == "phone").select("buyer", "day", "cause")
    met = buyers.filter(pl.col("met") <= shop.plan.end - timedelta(days=WINDOW)).select("buyer", "met")
    since = (pl.col("day") - pl.col("met")).dt.total_days()
    after = bought.join(met, on="buyer").filter(since.is_between(1, WINDOW))
    only = after.group_by("buyer").agg(only=(pl.col("cause") == "contact").all())
    return met.height, int(only["only"].sum())


def _at_landmark(buyers: pl.DataFrame, mark: str, *, end: date) -> pl.DataFrame:
    rows = buyers.filter(pl.col("first") <= end - timedelta(days=LANDMARK + WINDOW))
    held = (pl.col(mark) - pl.col("first")).dt.total_days() <= LANDMARK
    return rows.with_columns(it=held.fill_null(value=False), outcome=pl.col("later"))


def _gap(rows: pl.DataFrame, *, strata: list[str]) -> Gap:
    """Difference of shares, averaged over strata with the weights n₁n₀/(n₁+n₀) of Mantel and Haenszel; 0 without cases."""
    cells = rows.with_columns(all=pl.lit(0)).group_by("all", *strata).agg(
        n1=pl.col("it").sum(), n0=(~pl.col("it")).sum(),
        y1=pl.col("outcome").filter("it").sum(), y0=pl.col("outcome").filter(~pl.col("it")).sum(),
    ).filter(pl.col("n1") > 0, pl.col("n0") > 0)  # fmt: skip
    r1, r0 = pl.col("y1") / pl.col("n1"), pl.col("y0") / pl.col("n0")
    weight = pl.col("n1") * pl.col("n0") / (pl.col("n1") + pl.col("n0"))
    noise = weight**2 * (r1 * (1 - r1) / pl.col("n1") + r0 * (1 - r0) / pl.col("n0"))
    weights, points, error = cells.select(
        weight.sum(), (weight * (r1 - r0)).sum().alias("p"), noise.sum().alias("e")
    ).row(0)
    sides = [rows.filter("it")["outcome"], rows.filter(~pl.col("it"))["outcome"]]
    (n1, y1), (n0, y0) = [(len(side), int(side.sum())) for side in sides]
    scale = weights or 1.0
    return Gap(with_it=(n1, y1), without=(n0, y0), points=points / scale, error=sqrt(error) / scale)
