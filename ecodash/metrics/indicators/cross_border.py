"""Selling abroad: how much, to how many countries, how parcels get there and what that costs."""

import narwhals as nw

from ecodash.analysis.effective_number import effective_number
from ecodash.analysis.matched_strata import ratio
from ecodash.analysis.random_groups import Sums
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.indicators.cells import CLUSTER, of_cells
from ecodash.metrics.indicators.sold import ORIGIN, SPLITS, at_home, sales
from ecodash.metrics.indicators.waiting_medians import strata
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.indicators.years import NEW, growth, half, too_young
from ecodash.metrics.metric import Measured, Spread, Summary
from ecodash.metrics.parcels import KEPT, days_to_delivery, parcels
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

NOT_BOTH = Text(
    "没有一个国家既有海外仓发货也有直发并且都过半签收，无从比较。",
    "No country has both parcels from stock abroad and sent from home with half of each delivered.",
)


def _countries_known(reading: Reading) -> Frame:
    """Sales, when at least one of them says where it went; one that does not went to the home country."""
    rows = sales(reading)
    said = rows.filter(~nw.col("country").is_null()).select(said=nw.col("country")).head(1)
    known = rows.join(said, how="cross")
    abroad = ~at_home("country", reading).fill_null(value=True)
    return known.with_columns(abroad=abroad.cast(nw.Int64))


def abroad_orders(reading: Reading) -> Frame:
    """Sales shipped to another country than home; what does not say where it went is taken to have stayed."""
    return sales(reading).filter(~at_home("country", reading).fill_null(value=True))


def _gmv_share(reading: Reading) -> Frame:
    rows = _countries_known(reading)
    above = nw.col("abroad") * nw.col("paid")
    return rows.select(*ORIGIN, *SPLITS, above=above, below=nw.col("paid"), cluster=nw.col("owner"))


def _by_country(reading: Reading, window: Window) -> Frame:
    rows = sales(reading, window).filter(~nw.col("country").is_null())
    return rows.select(*ORIGIN, cell=nw.col("country").str.to_uppercase(), amount=nw.col("paid"), **CLUSTER)


def _effective(sums: Sums) -> float | None:
    return effective_number(amount for amount, _ in sums.values())


def _growing(reading: Reading, window: Window) -> Frame:
    rows = abroad_orders(reading).with_columns(cell=half(window)).filter(~nw.col("cell").is_null())
    return rows.select(*ORIGIN, "cell", amount=nw.col("paid"), **CLUSTER)


def _growth(reading: Reading, window: Window) -> Answered:
    return too_young(window) or _GROWTH.answer(reading, window)


_GROWTH = of_cells(_growing, growth, reason=NEW)


def _abroad(reading: Reading, found: Frame) -> Frame:
    """Parcels, or their waits, that go to another country; ``by_country`` says where."""
    return found.filter(~at_home("by_country", reading).fill_null(value=True))


def _delivery_days(reading: Reading) -> Frame:
    return _abroad(reading, days_to_delivery(reading))


def _from_abroad(reading: Reading) -> Frame:
    """Parcels abroad whose place of dispatch is known."""
    rows = _abroad(reading, parcels(reading)).filter(~nw.col("by_stock").is_null())
    day = day_number(nw.coalesce("shipped_at", "started_at"))
    overseas = (nw.col("by_stock") == "overseas").cast(nw.Int64)
    return rows.select(*KEPT, day=day, above=overseas, below=nw.lit(1)).filter(~nw.col("day").is_null())


def _held(reading: Reading) -> Frame:
    """Parcels abroad of which it is known whether customs held them."""
    held = reading.table("shipments").select("load_id", "row_no", "customs_held")
    rows = _abroad(reading, parcels(reading)).join(held, on=["load_id", "row_no"], how="inner")
    day = day_number(nw.coalesce("shipped_at", "started_at"))
    above = nw.col("customs_held").cast(nw.Int64)
    known = rows.filter(~nw.col("customs_held").is_null()).select(*KEPT, day=day, above=above, below=nw.lit(1))
    return known.filter(~nw.col("day").is_null())


def _landed(reading: Reading) -> Frame:
    """Freight and duty of parcels abroad, and once per order what was paid for it; both in ten-thousandths."""
    sent = reading.table("shipments").filter(~nw.coalesce("freight_cost", "duty_cost").is_null())
    cost = nw.col("freight_cost").fill_null(0) + nw.col("duty_cost").fill_null(0)
    of_order = abroad_orders(reading).select("order_id", "day", "paid", "owner", *SPLITS)
    costs = sent.select("load_id", "row_no", "order_id", "shipment_id", cost=cost)
    first = costs.group_by("order_id").agg(first=nw.col("shipment_id").min())
    rows = costs.join(of_order, on="order_id", how="inner").join(first, on="order_id", how="left")
    once = nw.when(nw.col("shipment_id") == nw.col("first")).then(nw.col("paid")).otherwise(0)
    names = ("load_id", "row_no", "order_id", "day", *SPLITS)
    return rows.select(*names, above=nw.col("cost"), below=once, cluster=nw.col("owner"))


def _direct_or_not(reading: Reading, window: Window) -> Frame:
    """Waits of parcels abroad by country, first those from stock abroad, second those sent from home."""
    rows = _delivery_days(reading).filter(nw.col("by_stock").is_in(("overseas", "direct")), inside(window.days, "day"))
    first = (nw.col("by_stock") == "overseas").cast(nw.Int64)
    return rows.with_columns(stratum=nw.col("by_country").str.to_uppercase(), first=first)


def _days_ratio(reading: Reading, window: Window) -> Answered:
    found, cases = strata(_direct_or_not(reading, window), level=window.level)
    compared = ratio(found, level=window.level)
    if compared is None:
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=NOT_BOTH)
    ends = compared.interval
    return Answered(value=compared.value, n=cases, low=ends.low if ends else None, high=ends.high if ends else None)


CROSS_BORDER = (
    indicator(
        "cross_border_gmv_share",
        Measured(rows=_gmv_share, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
    ),
    indicator("destination_countries_effective", of_cells(_by_country, _effective)),
    indicator("cross_border_delivery_days", Measured(rows=_delivery_days, summary=Summary.WAIT_MEDIAN)),
    indicator("overseas_vs_direct_days_ratio", Analysed(answer=_days_ratio, rows=_direct_or_not)),
    indicator("overseas_warehouse_share", Measured(rows=_from_abroad, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("customs_hold_rate", Measured(rows=_held, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator(
        "landed_cost_ratio",
        Measured(rows=_landed, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
    ),
    indicator("overseas_gmv_growth", Analysed(answer=_growth, rows=_GROWTH.rows)),
)
