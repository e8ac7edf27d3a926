"""How orders reach their buyers: on time, in how many days, at what cost. Words and needs stand in the YAML file."""

from dataclasses import replace

from ecodash.core.decimals import SCALE
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics import parcels, whole_orders
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Better, Computation, Definition, Measured, Metric, Spread, Summary

SOURCE = "Doc A, A2.2 and A2.5; Doc B, B6.1"
"""Where the documents behind the framework speak of delivery."""
_WAITS = "Kaplan, Meier (1958)"


def _share(rows: parcels.Rows) -> Measured:
    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CASES)


def _read(name: str, label: Text, meaning: Text, how: Measured, source: str = SOURCE) -> Definition:
    return Definition(id=name, name=label, meaning=meaning, how=how, source=source)


def _judged(of: parcels.Rows) -> Definition:
    return _read(
        "judged",
        Text("已签收或承诺日已过", "Delivered or past its promise"),
        Text(
            "已签收的包裹，加上承诺日已过还没签收的（算迟到）；承诺日未到且在途的不算。",
            "Parcels delivered, and those whose promise has passed without delivery (late); what is on its way within its "
            "promise is not judged yet.",
        ),
        _share(of),
    )


ON_TIME = (
    _judged(parcels.promised(open_ones=True, early=True)),
    _read(
        "due",
        Text("承诺日已到", "Promise fallen due"),
        Text(
            "只数承诺日不晚于数据最后一天的包裹，未签收算迟到。",
            "Only parcels whose promised day lies within the data; those not delivered are late.",
        ),
        _share(parcels.promised(open_ones=True, early=False)),
    ),
    _read(
        "delivered",
        Text("仅已签收", "Delivered only"),
        Text(
            "只数已签收的包裹；迟迟不到的不在内，所以偏高。",
            "Only parcels that arrived; what never arrives is left out, so it flatters.",
        ),
        _share(parcels.promised(open_ones=False, early=True)),
    ),
)
IN_SALES = (_judged(parcels.during_sales(parcels.promised(open_ones=True, early=True))),)


def _waits(rows: parcels.Rows, middle: Text, most: Text, *, minutes: int = 1) -> tuple[Definition, ...]:
    """The median and the time nine of ten take; what is still open waits on."""

    def how(summary: Summary) -> Measured:
        return Measured(rows=rows, summary=summary, scale=(minutes, 1))

    return (
        _read("median", Text("中位数", "Median"), middle, how(Summary.WAIT_MEDIAN), _WAITS),
        _read("p90", Text("九成包裹", "90 %"), most, how(Summary.WAIT_P90), _WAITS),
    )


DELIVERY = _waits(
    parcels.days_to_delivery,
    Text("一半包裹在这么多天内送到。", "Half of the parcels arrive within so many days."),
    Text("九成包裹在这么多天内送到。", "Nine of ten parcels arrive within so many days."),
)
DISPATCH = _waits(
    parcels.minutes_to_dispatch,
    Text("一半包裹在这么多小时内出库。", "Half of the parcels leave within so many hours."),
    Text("九成包裹在这么多小时内出库。", "Nine of ten parcels leave within so many hours."),
    minutes=60,
)


def _otif(name: str, label: Text, meaning: Text) -> Definition:
    return _read(name, label, meaning, _share(whole_orders.on_time_in_full(name)))


OTIF = Metric(
    id="otif",
    family="fulfilment",
    name=Text("准时足量率（OTIF）", "On time in full (OTIF)"),
    meaning=Text("多少订单既准时又足量地送到。", "The share of orders that arrive on time and in full."),
    formula=Text(
        "准时且足量的订单 ÷ 可判定的订单（逐单合并判定，不是两个比率相乘）",
        "Orders on time and in full ÷ orders that can be judged (order by order, never one rate times the other)",
    ),
    unit=Unit.RATIO,
    better=Better.HIGHER,
    grain=Text("每笔订单", "one order"),
    requires=(("shipments", ("order_id", "promised_at", "delivered_at", "qty")), ("order_items", ("order_id", "qty"))),
    source=SOURCE,
    definitions=(
        _otif(
            "otif",
            Text("准时且足量", "On time and in full"),
            Text(
                "最晚承诺日为止，送到的件数不少于所订件数。",
                "By the end of the last promised day, no fewer units have arrived than were ordered.",
            ),
        ),
        _otif(
            "on_time",
            Text("只看准时", "On time alone"),
            Text("已送到的包裹都在承诺日当天或之前送到。", "What arrived came by the end of the promised day."),
        ),
        _otif(
            "in_full",
            Text("只看足量", "In full alone"),
            Text("不论早晚，送到的件数不少于所订件数。", "Early or late, no fewer units arrived than were ordered."),
        ),
    ),
    caveat=Text("只数包裹写明件数和承诺日的订单。", "Only orders whose parcels say how many units and by when."),
    not_the_same_as=("on_time_rate",),
)


def _of_parcels(name: str, how: Computation | tuple[Definition, ...], *others: str) -> Metric:
    """An indicator for which parcels alone will do, or orders that say themselves when they were delivered."""
    definitions = how if isinstance(how, tuple) else ()
    found = indicator(name, definitions[0].how if isinstance(how, tuple) else how, or_tables=("orders",))
    needed = tuple(part for part in found.requires if part[0] == "shipments")
    return replace(found, requires=needed, definitions=definitions or found.definitions, not_the_same_as=others)


FULFILMENT = (
    _of_parcels("on_time_rate", ON_TIME, "next_day_rate", "same_day_rate", "otif"),
    _of_parcels("event_on_time_rate", IN_SALES, "on_time_rate"),
    OTIF,
    _of_parcels("next_day_rate", _share(parcels.within_days(1)), "same_day_rate", "on_time_rate"),
    _of_parcels("same_day_rate", _share(parcels.within_days(0)), "next_day_rate", "on_time_rate"),
    indicator("instant_30min_rate", _share(parcels.within_half_an_hour)),
    _of_parcels("delivery_days", DELIVERY, "handling_hours"),
    _of_parcels("handling_hours", DISPATCH, "delivery_days"),
    indicator("own_logistics_share", _share(parcels.own_carrier)),
    indicator(
        "freight_cost_ratio",
        Measured(rows=parcels.freight, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
    ),
)
