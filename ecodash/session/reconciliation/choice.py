"""The policies on which a platform's own total and ours may differ, and the switches from ours to theirs."""

from dataclasses import dataclass, replace

from ecodash.core.settings import SalesPolicy, Settings
from ecodash.core.text import Text

UTC, PACIFIC, SHANGHAI = "UTC", "America/Los_Angeles", "Asia/Shanghai"
Value = bool | str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One way to arrive at a total of sales.

    ``refunds``: deducted on the day of the ``order``, of the ``refund``, or ``none`` deducted. ``unpaid``: orders placed
    and never paid count; ``ordered``: amounts are those ordered, not those paid. ``twins``: orders that seem to be in two files count twice. ``zone`` cuts the days.
    """

    refunds: str
    order_day: str
    zone: str
    unpaid: bool = False
    ordered: bool = False
    shipping: bool = False
    tax: bool = False
    gift_cards: bool = False
    tests: bool = False
    adjustments: bool = False
    twins: bool = True

    def with_(self, **values: Value) -> "Choice":
        """The same with some values changed."""
        return replace(self, **values)  # type: ignore[arg-type]

    def policy(self) -> SalesPolicy:
        """The sales policy that decides the money; test orders and adjustments are let in, to be left out later."""
        return SalesPolicy(
            include_shipping=self.shipping,
            include_tax=self.tax,
            include_gift_cards=self.gift_cards,
            include_test_orders=True,
            include_adjustments=True,
            order_day=self.order_day,
        )

    @property
    def money(self) -> tuple[bool, bool, bool, str]:
        """What decides the money and moment of each document."""
        return self.shipping, self.tax, self.gift_cards, self.order_day


def own_choice(settings: Settings) -> Choice:
    """How ecodash counts net sales under these settings."""
    policy = settings.policy
    return Choice(
        refunds=policy.refund_dating,
        order_day=policy.order_day,
        zone=settings.business_zone,
        shipping=policy.include_shipping,
        tax=policy.include_tax,
        gift_cards=policy.include_gift_cards,
        tests=policy.include_test_orders,
        adjustments=policy.include_adjustments,
    )


@dataclass(frozen=True, kw_only=True)
class Switch:
    """One policy counted the other way: sets ``field`` of a choice to ``value``.

    ``settings`` are the settings (name, value) that make ecodash count so; empty where no setting does.
    """

    code: str
    name: Text
    field: str
    value: Value
    settings: tuple[tuple[str, str], ...] = ()

    def applied(self, choice: Choice) -> Choice:
        """The choice with this policy counted the other way."""
        return choice.with_(**{self.field: self.value})


def switches(own: Choice) -> tuple[Switch, ...]:
    """Every switch away from ``own``, in the order in which they are applied."""
    both = [*_flags(own), *_refunds(own), *_days(own)]
    order = (
        "unpaid",
        "ordered",
        "tests",
        "adjustments",
        "twins",
        "shipping",
        "tax",
        "gift_cards",
        "refunds",
        "order_day",
        "zone",
    )
    return tuple(sorted(both, key=lambda switch: order.index(switch.field)))


_FLAGS = (
    ("unpaid", Text("计入未付款和付款前关闭的订单（GMV）", "count unpaid and cancelled orders (GMV)"), None, None),
    ("ordered", Text("按下单金额而不是实付", "the amount ordered instead of the amount paid"), None, None),
    ("tests", Text("计入测试订单", "count test orders"), Text("不计测试订单", "leave out test orders"), "test_orders"),
    (
        "adjustments",
        Text("计入调整单", "count adjustments"),
        Text("不计调整单", "leave out adjustments"),
        "adjustments",
    ),
    ("shipping", Text("含运费", "shipping included"), Text("不含运费", "shipping left out"), "shipping"),
    ("tax", Text("含税", "tax included"), Text("不含税", "tax left out"), "tax"),
    ("gift_cards", Text("含礼品卡", "gift cards included"), Text("不含礼品卡", "gift cards left out"), "gift_cards"),
)


def _flags(own: Choice) -> list[Switch]:
    found = [
        Switch(
            code="twins",
            name=Text("疑似重复的订单只计一次", "orders that seem doubled counted once"),
            field="twins",
            value=False,
        )
    ]
    for field, on, off, setting in _FLAGS:
        value = not getattr(own, field)
        name = on if value or off is None else off
        pairs = ((f"policy.include_{setting}", str(value).lower()),) if setting else ()
        found.append(Switch(code=field, name=name, field=field, value=value, settings=pairs))
    return found


def _refunds(own: Choice) -> list[Switch]:
    ways = {
        "refund": Text("退款算在退款当天", "refunds on the day of the refund"),
        "order": Text("退款算在下单当天", "refunds on the day of the order"),
        "none": Text("不扣退款", "refunds not deducted"),
    }
    return [
        Switch(
            code=f"refunds_{way}",
            name=name,
            field="refunds",
            value=way,
            settings=() if way == "none" else (("policy.refund_dating", way),),
        )
        for way, name in ways.items()
        if way != own.refunds
    ]


def _days(own: Choice) -> list[Switch]:
    other = "created" if own.order_day == "paid" else "paid"
    names = {
        "created": Text("按下单时间算日期", "dated by the time of the order"),
        "paid": Text("按付款时间算日期", "dated by the time of payment"),
    }
    zones = {
        UTC: Text("按 UTC 切日", "days cut in UTC"),
        PACIFIC: Text("按美国太平洋时间切日", "days cut in US Pacific time"),
        SHANGHAI: Text("按北京时间切日", "days cut in Beijing time"),
    }
    setting = (("policy.order_day", other),)
    return [
        Switch(code=f"day_{other}", name=names[other], field="order_day", value=other, settings=setting),
        *(
            Switch(code=f"zone_{zone}", name=name, field="zone", value=zone)
            for zone, name in zones.items()
            if zone != own.zone
        ),
    ]
