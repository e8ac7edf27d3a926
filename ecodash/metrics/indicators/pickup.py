"""How much sooner orders can be picked up than they would be delivered, in the same city."""

import narwhals as nw

from ecodash.analysis.matched_strata import difference
from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.indicators.sold import town
from ecodash.metrics.indicators.waiting_medians import strata
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.parcels import last_day, parcels, waited
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

HOUR = 60
NOWHERE = Text(
    "没有一个城市既有配送也有自提并且都过半完成，无从比较。",
    "In no city were both delivered and picked-up orders known and at least half of them done.",
)


def _waits(reading: Reading, window: Window) -> Frame:
    """Parcels delivered or picked up in a known city, with the minutes from payment until they were there."""
    cities = reading.fact("orders").select("order_id", stratum=town("city"))
    found = parcels(reading).filter(~nw.col("started_at").is_null()).join(cities, on="order_id", how="inner")
    took = waited(nw.col("started_at"), nw.col("delivered_at"), last_day(found, "shipped_at", "delivered_at"))
    kind = nw.col("fulfilment")
    rows = found.filter(kind.is_in(("delivery", "pickup")), ~nw.col("stratum").is_null()).select(
        *("load_id", "row_no", "order_id", "stratum"),
        day=day_number(nw.col("started_at")),
        first=(kind == "delivery").cast(nw.Int64),
        above=took,
        done=(~nw.col("delivered_at").is_null()).cast(nw.Int64),
    )
    return rows.filter(inside(window.days, "day"), nw.col("above") >= 0)


def _saving(reading: Reading, window: Window) -> Answered:
    rows = _waits(reading, window)
    found, cases = strata(rows, level=window.level)
    compared = difference(found, level=window.level)
    if compared is None:
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=NOWHERE)
    ends = compared.interval
    return Answered(
        value=compared.value / HOUR,
        n=cases,
        low=ends.low / HOUR if ends else None,
        high=ends.high / HOUR if ends else None,
    )


PICKUP = (indicator("pickup_time_saving", Analysed(answer=_saving, rows=_waits)),)
