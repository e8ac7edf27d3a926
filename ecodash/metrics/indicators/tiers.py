"""City tiers: where sales come from, and whether smaller cities grow faster."""

from collections.abc import Callable, Mapping

import narwhals as nw

from ecodash.analysis.random_groups import Sums
from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.cells import CLUSTER, answered, of_cells
from ecodash.metrics.indicators.sold import ORIGIN, sales, town
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.indicators.years import BEFORE, NEW, NOW, growth, half, too_young
from ecodash.metrics.reading import Reading

TIERS = ("1", "new1", "2", "3", "4", "5")
FIRST, LOWER = "1", ("2", "3")


def tiers(reading: Reading, name: str) -> Frame:
    """Each city with its tier; the city column is called ``name``."""
    cities = reading.table("cities").filter(~nw.col("tier").is_null())
    return cities.select(cell=nw.col("tier"), **{name: town("city")}).unique(name, keep="any")


def sold(reading: Reading, window: Window | None) -> Frame:
    """Sales in cities of known tier, which is ``cell``."""
    return sales(reading, window).with_columns(town=town("city")).join(tiers(reading, "town"), on="town", how="inner")


def _gmv(reading: Reading, window: Window) -> Frame:
    return sold(reading, window).select(*ORIGIN, "cell", amount=nw.col("paid"), **CLUSTER)


def share_of(tiers: tuple[str, ...]) -> Callable[[Sums], float | None]:
    """What part of all the cells of these tiers are."""

    def statistic(sums: Sums) -> float | None:
        whole = sum(amount for amount, _ in sums.values())
        return sum(sums.get(tier, (0.0, 0.0))[0] for tier in tiers) / whole if whole > 0 else None

    return statistic


def _shares(reading: Reading, window: Window) -> Mapping[str, Answered]:
    rows = _gmv(reading, window)
    return {tier: answered(rows, share_of((tier,)), window) for tier in known_tiers(rows)}


def known_tiers(rows: Frame) -> list[str]:
    """The tiers there are among ``cell``, the largest cities first."""
    found = set(collected(rows.select("cell").unique())["cell"])
    return [tier for tier in TIERS if tier in found]


def _years(reading: Reading, window: Window) -> Frame:
    """Sales of both years in tier 1 and in tiers 2 and 3."""
    group = nw.when(nw.col("cell") == FIRST).then(nw.lit("first")).otherwise(nw.lit("lower"))
    rows = sold(reading, None).filter(nw.col("cell").is_in((FIRST, *LOWER)))
    dated = rows.with_columns(half=half(window), group=group).filter(~nw.col("half").is_null())
    cell = nw.concat_str("group", "half", separator=" ")
    return dated.drop("cell").select(*ORIGIN, cell=cell, amount=nw.col("paid"), **CLUSTER)


def _growth_gap(sums: Sums) -> float | None:
    lower, first = (growth(sums, f"{name} {NOW}", f"{name} {BEFORE}") for name in ("lower", "first"))
    return None if lower is None or first is None else lower - first


_GAP = of_cells(_years, _growth_gap, reason=NEW)


def _gap(reading: Reading, window: Window) -> Answered:
    return too_young(window) or _GAP.answer(reading, window)


TIERS_OF_CITIES = (
    indicator(
        "tier_gmv_share", Analysed(answer=of_cells(_gmv, share_of(LOWER)).answer, rows=_gmv, groups={"tier": _shares})
    ),
    indicator("tier_growth_gap", Analysed(answer=_gap, rows=_GAP.rows)),
)
