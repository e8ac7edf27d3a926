"""Units of a metric. Values are kept in base units: a ratio is 0–1, money is in the base currency (not scaled)."""

from enum import StrEnum

from ecodash.core.text import Text


class Unit(StrEnum):
    """What one unit of a value means; ``label`` is what a reader sees beside the number."""

    MONEY = "money"
    MONEY_PER_BUYER = "money_per_buyer"
    MONEY_PER_ORDER = "money_per_order"
    MONEY_PER_ITEM = "money_per_item"
    ORDERS = "orders"
    BUYERS = "buyers"
    ITEMS = "items"
    ITEMS_PER_ORDER = "items_per_order"
    ORDERS_PER_BUYER = "orders_per_buyer"
    ROWS = "rows"
    COUNT = "count"
    RATIO = "ratio"
    POINTS = "points"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    PER_1000 = "per_1000"
    STARS = "stars"
    KILOMETRES = "km"
    CORRELATION = "corr"
    TIMES = "x"
    INDEX = "index"

    @property
    def label(self) -> Text:
        """The unit in words; money units name the denominator, the currency is added where it is shown."""
        return LABELS[self]


LABELS: dict[Unit, Text] = {
    Unit.MONEY: Text("元", "money"),
    Unit.MONEY_PER_BUYER: Text("每位买家", "per buyer"),
    Unit.MONEY_PER_ORDER: Text("每笔订单", "per order"),
    Unit.MONEY_PER_ITEM: Text("每件", "per item"),
    Unit.ORDERS: Text("单", "orders"),
    Unit.BUYERS: Text("人", "buyers"),
    Unit.ITEMS: Text("件", "items"),
    Unit.ITEMS_PER_ORDER: Text("件/单", "items per order"),
    Unit.ORDERS_PER_BUYER: Text("单/人", "orders per buyer"),
    Unit.ROWS: Text("行", "rows"),
    Unit.COUNT: Text("个", "count"),
    Unit.RATIO: Text("比例", "ratio"),
    Unit.POINTS: Text("百分点", "percentage points"),
    Unit.DAYS: Text("天", "days"),
    Unit.HOURS: Text("小时", "hours"),
    Unit.MINUTES: Text("分钟", "minutes"),
    Unit.PER_1000: Text("每千", "per 1,000"),
    Unit.STARS: Text("星", "stars"),
    Unit.KILOMETRES: Text("公里", "km"),
    Unit.CORRELATION: Text("相关系数", "correlation"),
    Unit.TIMES: Text("倍", "times"),
    Unit.INDEX: Text("指数", "index"),
}
