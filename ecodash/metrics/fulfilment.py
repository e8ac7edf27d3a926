"""How orders reach their buyers: on time, in how many days, at what cost."""

from ecodash.core.decimals import SCALE
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics import parcels
from ecodash.metrics.metric import Better, Definition, Measured, Metric, Spread, Summary, standard

_PARCEL = Text("每个包裹", "one parcel")
_DELIVERED = (("shipments", ("order_id", "delivered_at")),)
_PROMISED = (("shipments", ("promised_at", "delivered_at")),)
_ALSO = ("orders",)
_CASES = Spread.CASES
FRAMEWORK = "Doc A, A2.2 and A2.5; Doc B, B6.1"
"""Where the documents behind the framework speak of delivery."""


def _on_time(name: str, label: Text, meaning: Text, rows: parcels.Rows) -> Definition:
    how = Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CASES)
    return Definition(id=name, name=label, meaning=meaning, how=how, source=FRAMEWORK)


ON_TIME = (
    _on_time(
        "judged",
        Text("已签收或承诺日已过", "Delivered or past its promise"),
        Text(
            "已签收的包裹，加上承诺日已过还没签收的（算迟到）；承诺日未到且在途的不算。",
            "Parcels delivered, and those whose promise has passed without delivery (late); what is on its way within its "
            "promise is not judged yet.",
        ),
        parcels.promised(open_ones=True, early=True),
    ),
    _on_time(
        "due",
        Text("承诺日已到", "Promise fallen due"),
        Text(
            "只数承诺日不晚于数据最后一天的包裹，未签收算迟到。",
            "Only parcels whose promised day lies within the data; those not delivered are late.",
        ),
        parcels.promised(open_ones=True, early=False),
    ),
    _on_time(
        "delivered",
        Text("仅已签收", "Delivered only"),
        Text(
            "只数已签收的包裹；迟迟不到的不在内，所以偏高。",
            "Only parcels that arrived; what never arrives is left out, so it flatters.",
        ),
        parcels.promised(open_ones=False, early=True),
    ),
)

FULFILMENT = (
    Metric(
        id="on_time_rate",
        family="fulfilment",
        name=Text("及时配送率", "On-time delivery rate"),
        meaning=Text(
            "多少包裹在承诺日当天或之前送到。", "The share of parcels delivered by the end of the promised day."
        ),
        formula=Text("按时送达的包裹 ÷ 可判定的包裹", "Parcels on time ÷ parcels that can be judged"),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_PARCEL,
        requires=_PROMISED,
        or_tables=_ALSO,
        source=FRAMEWORK,
        definitions=ON_TIME,
        not_the_same_as=("next_day_rate", "same_day_rate"),
    ),
    Metric(
        id="next_day_rate",
        family="fulfilment",
        name=Text("次日达率", "Next-day delivery rate"),
        meaning=Text(
            "付款当天或第二天就送到的快递包裹占比。",
            "The share of parcels delivered on the day after payment at the latest.",
        ),
        formula=Text(
            "签收日 − 付款日 ≤ 1 天的包裹 ÷ 付款满 1 天的包裹",
            "Parcels delivered within 1 day of payment ÷ parcels paid at least 1 day ago",
        ),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_PARCEL,
        requires=_DELIVERED,
        or_tables=_ALSO,
        source=FRAMEWORK,
        definitions=standard(
            Measured(rows=parcels.within_days(1), summary=Summary.RATIO, spread=_CASES),
            Text("按自然日；未签收的算没送到。", "By calendar days; what is not delivered has not arrived."),
            FRAMEWORK,
        ),
        not_the_same_as=("same_day_rate", "on_time_rate"),
    ),
    Metric(
        id="same_day_rate",
        family="fulfilment",
        name=Text("当日达率", "Same-day delivery rate"),
        meaning=Text("付款当天就送到的快递包裹占比。", "The share of parcels delivered on the day of payment."),
        formula=Text("签收日 = 付款日的包裹 ÷ 包裹", "Parcels delivered on the day of payment ÷ parcels"),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_PARCEL,
        requires=_DELIVERED,
        or_tables=_ALSO,
        source=FRAMEWORK,
        definitions=standard(
            Measured(rows=parcels.within_days(0), summary=Summary.RATIO, spread=_CASES),
            Text("按自然日；未签收的算没送到。", "By calendar days; what is not delivered has not arrived."),
            FRAMEWORK,
        ),
        not_the_same_as=("next_day_rate", "on_time_rate"),
    ),
    Metric(
        id="instant_30min_rate",
        family="fulfilment",
        name=Text("30 分钟送达率", "30-minute delivery rate"),
        meaning=Text(
            "即时零售订单中，付款后 30 分钟内送到的占比。",
            "Of instant orders, the share handed over within 30 minutes of payment.",
        ),
        formula=Text(
            "签收 − 付款 ≤ 30 分钟的即时包裹 ÷ 即时包裹", "Instant parcels within 30 minutes ÷ instant parcels"
        ),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        grain=_PARCEL,
        requires=(*_DELIVERED, ("orders", ("paid_at", "fulfilment"))),
        source=FRAMEWORK,
        definitions=standard(
            Measured(rows=parcels.within_half_an_hour, summary=Summary.RATIO, spread=_CASES),
            Text("只数履约方式为即时配送的订单。", "Only orders whose fulfilment is instant delivery."),
            FRAMEWORK,
        ),
    ),
    Metric(
        id="delivery_days",
        family="fulfilment",
        name=Text("配送天数", "Delivery days"),
        meaning=Text("从付款到签收要几天。", "Days from payment to delivery."),
        formula=Text(
            "签收日 − 付款日的中位数，在途包裹按删失处理",
            "Median of delivered day − paid day, parcels on their way censored",
        ),
        unit=Unit.DAYS,
        better=Better.LOWER,
        grain=_PARCEL,
        requires=_DELIVERED,
        or_tables=_ALSO,
        source="Kaplan, Meier (1958)",
        definitions=(
            Definition(
                id="median",
                name=Text("中位数", "Median"),
                meaning=Text("一半包裹在这么多天内送到。", "Half of the parcels arrive within so many days."),
                how=Measured(rows=parcels.days_to_delivery, summary=Summary.WAIT_MEDIAN),
                source="Kaplan, Meier (1958)",
            ),
            Definition(
                id="p90",
                name=Text("九成包裹", "90 %"),
                meaning=Text("九成包裹在这么多天内送到。", "Nine of ten parcels arrive within so many days."),
                how=Measured(rows=parcels.days_to_delivery, summary=Summary.WAIT_P90),
                source="Kaplan, Meier (1958)",
            ),
        ),
        not_the_same_as=("handling_hours",),
    ),
    Metric(
        id="handling_hours",
        family="fulfilment",
        name=Text("出库时长", "Handling time"),
        meaning=Text("从付款到交给快递要几小时。", "Hours from payment to the carrier."),
        formula=Text(
            "出库时间 − 付款时间的中位数，未出库按删失处理",
            "Median of dispatch − payment, parcels not sent yet censored",
        ),
        unit=Unit.HOURS,
        better=Better.LOWER,
        grain=_PARCEL,
        requires=(("shipments", ("order_id", "shipped_at")),),
        or_tables=_ALSO,
        source="Kaplan, Meier (1958)",
        definitions=standard(
            Measured(rows=parcels.minutes_to_dispatch, summary=Summary.WAIT_MEDIAN, scale=(60, 1)),
            Text("一半包裹在这么多小时内出库。", "Half of the parcels leave within so many hours."),
            "Kaplan, Meier (1958)",
        ),
        not_the_same_as=("delivery_days",),
    ),
    Metric(
        id="own_logistics_share",
        family="fulfilment",
        name=Text("自有物流占比", "Own-logistics share"),
        meaning=Text("多少包裹由自己的物流配送。", "The share of parcels carried by the shop's own logistics."),
        formula=Text(
            "自有物流的包裹 ÷ 物流类型已知的包裹", "Parcels of own carriers ÷ parcels whose kind of carrier is known"
        ),
        unit=Unit.RATIO,
        better=Better.CONTEXT,
        grain=_PARCEL,
        requires=(("shipments", ("carrier_type",)),),
        source=FRAMEWORK,
        definitions=standard(
            Measured(rows=parcels.own_carrier, summary=Summary.RATIO, spread=_CASES),
            Text("没有写明物流类型的包裹不算。", "Parcels without a kind of carrier are left out."),
            FRAMEWORK,
        ),
    ),
    Metric(
        id="freight_cost_ratio",
        family="fulfilment",
        name=Text("运费率", "Freight cost ratio"),
        meaning=Text("每卖一块钱花多少运费。", "Freight paid per unit of money sold."),
        formula=Text("Σ 运费成本 ÷ Σ 对应订单的支付金额", "Σ freight cost ÷ Σ amount paid on the orders concerned"),
        unit=Unit.RATIO,
        better=Better.LOWER,
        grain=_PARCEL,
        requires=(("shipments", ("order_id", "freight_cost")), ("orders", ("order_id", "paid_amount"))),
        source=FRAMEWORK,
        definitions=standard(
            Measured(rows=parcels.freight, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
            Text(
                "只数运费已知的包裹；一单多个包裹时支付金额只计一次。",
                "Only parcels with known freight; the money of an order counts once.",
            ),
            FRAMEWORK,
        ),
    ),
)
