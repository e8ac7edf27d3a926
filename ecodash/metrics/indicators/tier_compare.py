"""What differs between city tiers: order value, repurchase, discounts, delivery, returns, growth, each against tier 1."""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from ecodash.analysis.matched_strata import Stratum, ratio
from ecodash.analysis.random_groups import Statistic, Sums
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.cells import CLUSTER, Cut, answered
from ecodash.metrics.indicators.sold import ORIGIN
from ecodash.metrics.indicators.tiers import FIRST, LOWER, known_tiers, sold
from ecodash.metrics.indicators.waiting_medians import median
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.indicators.years import too_young, two_years
from ecodash.metrics.metric import Definition
from ecodash.metrics.parcels import days_to_delivery
from ecodash.metrics.places import from_history
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

DAYS = 90
NO_TIER = Text(
    "没有一线城市或没有该级城市的数据，无从比较。", "There are no data of cities of tier 1, or of this tier."
)


def _buyer_value(reading: Reading, window: Window) -> Frame:
    """Paid per buyer, who counts where his first order of the window went."""
    first = from_history(nw.lit(day_number(window.days.start)))["first"]
    buyer = nw.when(first).then(SCALE).otherwise(0)
    rows = sold(reading, window).filter(~nw.col("customer_id").is_null())
    return rows.select(*ORIGIN, "cell", amount=nw.col("paid"), weight=buyer, **CLUSTER)


def _order_value(reading: Reading, window: Window) -> Frame:
    return sold(reading, window).select(*ORIGIN, "cell", amount=nw.col("paid"), weight=nw.lit(SCALE), **CLUSTER)


def _discounts(reading: Reading, window: Window) -> Frame:
    whole = nw.col("paid") + nw.col("discount")
    return sold(reading, window).select(*ORIGIN, "cell", amount=nw.col("discount"), weight=whole, **CLUSTER)


def _returned(reading: Reading, window: Window) -> Frame:
    """Orders with a return that was not refused, of all orders."""
    back = (
        reading.table("returns").filter(nw.col("accepted").fill_null(value=True)).select("order_id", back=nw.lit(SCALE))
    )
    rows = sold(reading, window).join(back.unique(), on="order_id", how="left")
    return rows.select(*ORIGIN, "cell", amount=nw.col("back").fill_null(0), weight=nw.lit(SCALE), **CLUSTER)


def _back(reading: Reading, window: Window) -> Frame:
    """First purchases watched for 90 days, and those followed by another within 90 days."""
    second = reading.fact("customers").select("customer_id", "second_day")
    old = nw.col("day") + DAYS <= day_number(window.data.end)
    rows = sold(reading, window).filter(nw.col("is_first"), old).join(second, on="customer_id", how="inner")
    came = nw.when(nw.col("second_day") - nw.col("day") <= DAYS).then(SCALE).otherwise(0)
    return rows.select(*ORIGIN, "cell", amount=came, weight=nw.lit(SCALE), **CLUSTER)


def _grown(reading: Reading, window: Window) -> Frame:
    """Sales of this year over sales of the year before."""
    now, before = two_years(window)
    parts = {
        name: nw.when(inside(span, "day")).then(nw.col("paid")).otherwise(0)
        for name, span in (("amount", now), ("weight", before))
    }
    return sold(reading, None).select(*ORIGIN, "cell", **parts, **CLUSTER)


def _against_first(tiers: tuple[str, ...]) -> Statistic:
    """Amount per weight in ``tiers`` ÷ the same in tier 1; None where one of them does not exist."""

    def statistic(sums: Sums) -> float | None:
        parts = [sums[tier] for tier in tiers if tier in sums]
        amount, weight = (sum(part[i] for part in parts) for i in (0, 1))
        first = sums.get(FIRST, (0.0, 0.0))
        return (amount / weight) / (first[0] / first[1]) if weight > 0 and min(first) > 0 else None

    return statistic


def _of_sums(cut: Cut, *, years: bool = False) -> Analysed:
    """Tiers 2 and 3 against tier 1, and every tier against it."""

    def answer(reading: Reading, window: Window) -> Answered:
        young = too_young(window) if years else None
        return young or answered(cut(reading, window), _against_first(LOWER), window, reason=NO_TIER)

    def by_tier(reading: Reading, window: Window) -> Mapping[str, Answered]:
        rows = cut(reading, window)
        known = known_tiers(rows)
        young = too_young(window) if years else None
        return {tier: young or answered(rows, _against_first((tier,)), window, reason=NO_TIER) for tier in known}

    return Analysed(answer=answer, rows=cut, groups={"tier": by_tier})


def _waits(reading: Reading, window: Window) -> Frame:
    tiers = sold(reading, None).select("order_id", "cell")
    rows = days_to_delivery(reading).join(tiers, on="order_id", how="inner")
    return rows.filter(inside(window.days, "day"))


def _days_against_first(table: pl.DataFrame, tiers: tuple[str, ...], level: float) -> Answered:
    """Median days of delivery to ``tiers`` ÷ to tier 1."""
    parts = [table.filter(pl.col("cell").is_in(names)) for names in (tiers, (FIRST,))]
    first, second = (median(part, level) for part in parts)
    cases = min(int(part["cases"].sum()) for part in parts)
    if first is None or second is None:
        return Answered(value=None, n=cases, status=Status.NOT_APPLICABLE, reason=NO_TIER)
    one = Stratum(weight=1, first=first[0], second=second[0], first_error=first[1], second_error=second[1])
    found = ratio([one], level=level)
    ends = found.interval if found else None
    return Answered(
        value=found.value if found else None, n=cases, low=ends.low if ends else None, high=ends.high if ends else None
    )


def _delivery(reading: Reading, window: Window) -> Answered:
    return _days_against_first(_counted(reading, window), LOWER, window.level)


def _delivery_by_tier(reading: Reading, window: Window) -> Mapping[str, Answered]:
    table = _counted(reading, window)
    known = sorted(set(table["cell"]))
    return {tier: _days_against_first(table, (tier,), window.level) for tier in known}


def _counted(reading: Reading, window: Window) -> pl.DataFrame:
    return collected(_waits(reading, window).group_by("cell", "above", "done").agg(cases=nw.len()))


def _reading(name: str, zh: str, en: str, how: Analysed) -> Definition:
    meaning = Text(
        f"{zh}：该级城市 ÷ 一线城市；不拆分时为二三线。", f"{en}: cities of the tier ÷ tier 1; unsplit, tiers 2 and 3."
    )
    return Definition(id=name, name=Text(zh, en), meaning=meaning, how=how, source="Doc B, B7.3")


TIER_COMPARE = (
    indicator(
        "tier_compare",
        _of_sums(_buyer_value),
        _reading("order_value", "笔单价之比", "Ratio of order values", _of_sums(_order_value)),
        _reading("repurchase", "首购后 90 天复购率之比", "Ratio of 90-day repurchase", _of_sums(_back)),
        _reading("discounts", "优惠深度之比", "Ratio of discount depths", _of_sums(_discounts)),
        _reading(
            "delivery_days",
            "配送天数之比",
            "Ratio of delivery days",
            Analysed(answer=_delivery, rows=_waits, groups={"tier": _delivery_by_tier}),
        ),
        _reading("returns", "退货率之比", "Ratio of return rates", _of_sums(_returned)),
        _reading("growth", "同比之比", "Ratio of growth", _of_sums(_grown, years=True)),
    ),
)
