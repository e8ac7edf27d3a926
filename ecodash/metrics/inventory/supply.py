"""How the indicators of stock are answered: from the same results the inventory page shows."""

from collections.abc import Callable
from datetime import timedelta

import narwhals as nw
import polars as pl

from ecodash.core.estimate import Caveat, Status
from ecodash.core.period import Period, day_number, day_of
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.inventory import ledgers, movement, places, remarks
from ecodash.metrics.inventory.plan import Plan, PlanAsked, plan
from ecodash.metrics.inventory.positions import positions
from ecodash.metrics.inventory.turnover import Basis, Turnover, turnover
from ecodash.metrics.reading import Reading

QUARTER = 90
YEAR = 365
Read = Callable[[Turnover], float | None]


def counted_rows(reading: Reading, window: Window) -> Frame:
    """The counts a number rests on: day, load_id, row_no."""
    days = window.days
    rows = reading.fact("stock_days").filter(
        nw.col("day") >= day_number(days.start), nw.col("day") <= day_number(days.end)
    )
    return rows.select("load_id", "row_no", "day", "location_id", "sku_id", "on_hand", "unit_cost")


def of_turnover(read: Read, *, basis: Basis = Basis.COST) -> Analysed:
    """A number of the turnover of the window; missing without counts, without costs, empty without sales."""

    def answer(reading: Reading, window: Window) -> Answered:
        found = turnover(reading, window.days)
        if found is None:
            return missing(remarks.NO_COUNT)
        value, notes = read(found), remarks.of_stand(found.stand)
        if value is not None:
            return Answered(value=value, n=found.stand.rows, status=Status.OK, caveats=notes)
        if basis is Basis.COST and (basis not in found.stock or basis not in found.sold):
            return missing(remarks.NO_COST)
        return Answered(value=None, n=0, status=Status.EMPTY, reason=remarks.NOTHING_SOLD)

    return Analysed(answer=answer, rows=counted_rows)


def missing(reason: Text) -> Answered:
    """What cannot be measured, and what to upload."""
    return Answered(value=None, n=0, status=Status.MISSING, reason=reason)


def turnover_change(reading: Reading, window: Window) -> Answered:
    """Turnover days of the last quarter against the same quarter a year ago, else against the earliest."""
    counted = ledgers.counted_days(reading, until=window.days)
    if not counted:
        return missing(remarks.NO_COUNT)
    now = Period.last_days(window.days.end, QUARTER)
    ago = Period.last_days(now.end - timedelta(days=YEAR), QUARTER)
    first = day_of(counted[0])
    early = () if ago.contains(first) or first < ago.start else (remarks.EARLIEST,)
    before = Period.last_days(first + timedelta(days=QUARTER - 1), QUARTER) if early else ago
    if before.end >= now.start:
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=remarks.ONE_SPAN)
    sides = [turnover(reading, span) for span in (now, before)]
    values = [one.turnover_days() if one else None for one in sides]
    if values[0] is None or not values[1]:
        return missing(remarks.NO_COST if all(sides) else remarks.NO_COUNT)
    n = sum(one.stand.rows for one in sides if one)
    return Answered(value=values[0] / values[1] - 1, n=n, status=Status.OK, caveats=early)


def stock_outs(*, weighted: bool) -> Analysed:
    """The stock-out rate of active products, plain or weighted by demand."""

    def answer(reading: Reading, window: Window) -> Answered:
        found = movement.stock_out(reading, window.days, level=window.level, weighted=weighted)
        if found is None:
            return missing(remarks.NO_COUNT)
        inside = found.interval
        return Answered(
            value=found.value,
            n=found.n,
            low=inside.low if inside else None,
            high=inside.high if inside else None,
            successes=None if weighted else found.out,
        )

    return Analysed(answer=answer, rows=counted_rows)


def cover(reading: Reading, window: Window) -> Answered:
    """Sellable stock of all products that sell ÷ their mean daily demand, corrected for stock-outs."""
    found = positions(reading, window.days, level=window.level)
    if found.counted is None:
        return missing(remarks.NO_COUNT)
    rows = found.frame.filter(pl.col("rate") > 0, pl.col("available").is_not_null())
    demand = float(rows["rate"].sum())
    if demand <= 0:
        return Answered(value=None, n=0, status=Status.EMPTY, reason=remarks.NO_DEMAND)
    return Answered(
        value=float(rows["available"].clip(lower_bound=0).sum()) / demand,
        n=found.rows,
        status=Status.OK,
        caveats=(_counted_on(found.counted),),
    )


def cover_by_sku(reading: Reading, window: Window) -> dict[str, Answered]:
    """Days of cover per product."""
    found = positions(reading, window.days, level=window.level)
    rows = found.frame.filter(pl.col("cover").is_not_null())
    return {
        str(sku): Answered(value=cover_days, low=low, high=high, n=1, status=Status.OK)
        for sku, cover_days, low, high in rows.select("sku_id", "cover", "cover_low", "cover_high").iter_rows()
    }


def slow_share(reading: Reading, window: Window) -> Answered:
    """The share of stock money in products with more than 90 days of cover, or none that sell."""
    found = positions(reading, window.days)
    if found.counted is None:
        return missing(remarks.NO_COUNT)
    value = found.share("slow")
    if value is None:
        return missing(remarks.NO_COST)
    return Answered(value=value, n=found.rows, status=Status.OK, caveats=(_counted_on(found.counted),))


def _counted_on(day: int) -> Caveat:
    on = day_of(day)
    return Caveat("counted_on", Text(f"库存为 {on} 的盘点。", f"Stock as counted on {on}."))


def suggestion(reading: Reading, window: Window) -> Answered:
    """Units to order now, all products together."""
    found = plan(reading, window.days, PlanAsked())
    if not isinstance(found, Plan):
        return missing(remarks.NO_LEAD)
    if found.counted is None:
        return missing(remarks.NO_COUNT)
    return Answered(value=float(found.frame["quantity"].sum()), n=found.frame.height, status=Status.OK)


def suggestion_by_sku(reading: Reading, window: Window) -> dict[str, Answered]:
    """Units to order now, per product."""
    found = plan(reading, window.days, PlanAsked())
    if not isinstance(found, Plan):
        return {}
    rows = found.frame.select("sku_id", "quantity").iter_rows()
    return {str(sku): Answered(value=float(units), n=1, status=Status.OK) for sku, units in rows}


def regional(reading: Reading, window: Window) -> Answered:
    """How well stock lies where demand is, region by region."""
    found = places.regional_match(reading, window.days)
    if found is None:
        return missing(remarks.NO_PLACES)
    return Answered(value=found[0], n=found[1], status=Status.OK)
