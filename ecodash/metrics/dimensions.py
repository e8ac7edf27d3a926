"""What a metric can be split and filtered by.

Five kinds: ``time`` (calendar spans of the day that counts), ``order`` (what an order says), ``line`` (what is bought),
``customer`` (what never changes about a customer: his first purchase) and ``case`` (what a parcel, return or ticket
says). Filters of the first three mean "orders that …", filters of the fourth "customers who …"; who belongs to a cohort
is decided before either.
On the fact ``customers`` an order dimension stands for the same property of the first purchase.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import narwhals as nw

from ecodash.core.errors import UnknownName
from ecodash.core.text import Text
from ecodash.facts.calendar import whole
from ecodash.metrics.calendar import MONDAY, WEEK, month_of, month_start, week_of, weekday_of
from ecodash.metrics.case_properties import OF_CASES
from ecodash.metrics.regions import region

UNKNOWN = "(unknown)"
MONTHS = {"month": 1, "quarter": 3, "year": 12}


class DimensionKind(StrEnum):
    """How a dimension relates to rows and customers; the module docstring says what follows from it."""

    TIME = "time"
    ORDER = "order"
    LINE = "line"
    CUSTOMER = "customer"
    CASE = "case"


@dataclass(frozen=True, kw_only=True, eq=False)
class Dimension:
    """One way to split: ``columns`` gives its code per fact, ``numeric`` says whether codes are whole numbers."""

    id: str
    name: Text
    kind: DimensionKind
    columns: Mapping[str, nw.Expr]
    numeric: bool = False

    @property
    def splits_customers(self) -> bool:
        """Whether the orders of one customer can fall into several groups that are not calendar spans."""
        return self.kind in {DimensionKind.ORDER, DimensionKind.LINE}

    def code(self, fact: str) -> nw.Expr:
        """The code on ``fact``, never null: an empty text or −1 stands for unknown."""
        return self.columns[fact].fill_null(-1) if self.numeric else self.columns[fact].fill_null("")


def _flag(column: str) -> nw.Expr:
    return (
        nw.when(nw.col(column).is_null())
        .then(nw.lit(""))
        .otherwise(nw.when(nw.col(column)).then(nw.lit("yes")).otherwise(nw.lit("no")))
    )


DAY_FACTS = ("daily", "orders", "order_lines", "product_days", "refunds")


def _time(name: str, label: Text, code: Callable[[str, str], nw.Expr]) -> Dimension:
    columns = dict.fromkeys(DAY_FACTS, code("day", "month")) | {"customers": code("first_day", "first_month")}
    return Dimension(id=name, name=label, kind=DimensionKind.TIME, columns=columns, numeric=True)


def _number(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.Int64)


TIMES = (
    _time("day", Text("日", "Day"), lambda day, _: _number(day)),
    _time("week", Text("周", "Week"), lambda day, _: week_of(_number(day))),
    _time("month", Text("月", "Month"), lambda _, month: _number(month)),
    _time("quarter", Text("季度", "Quarter"), lambda _, month: whole(_number(month), 3)),
    _time("year", Text("年", "Year"), lambda _, month: whole(_number(month), 12)),
)


def span_start(dimension: Dimension, code: nw.Expr) -> nw.Expr:
    """Day number on which a time group begins."""
    if dimension.id == "day":
        return code
    if dimension.id == "week":
        return code * WEEK - MONDAY
    return month_start(code * MONTHS[dimension.id])


def _order(name: str, label: Text, columns: Mapping[str, nw.Expr], *, numeric: bool = False) -> Dimension:
    return Dimension(id=name, name=label, kind=DimensionKind.ORDER, columns=columns, numeric=numeric)


def _plain(column: str, first: str | None, *facts: str) -> dict[str, nw.Expr]:
    known = {fact: nw.col(column) for fact in ("orders", *facts)}
    return known | ({"customers": nw.col(first)} if first else {})


ORDERS = (
    _order(
        "channel",
        Text("渠道", "Channel"),
        _plain("channel_id", "first_channel", "daily", "order_lines", "product_days", "refunds"),
    ),
    _order(
        "platform", Text("平台", "Platform"), _plain("platform", "first_platform", "daily", "order_lines", "refunds")
    ),
    _order(
        "domain", Text("公域私域", "Public or private domain"), _plain("domain", "first_domain", "daily", "refunds")
    ),
    _order("new_returning", Text("新客老客", "New or returning"), _plain("buyer", None, "daily", "refunds")),
    _order("store", Text("门店", "Store"), _plain("store_id", "first_store", "refunds")),
    _order("province", Text("省份", "Province"), _plain("province", "first_province", "refunds")),
    _order(
        "region",
        Text("地区", "Region"),
        {"orders": region("province"), "refunds": region("province"), "customers": region("first_province")},
    ),
    _order("city", Text("城市", "City"), _plain("city", None)),
    _order("country", Text("国家", "Country"), _plain("country", "first_country", "refunds")),
    _order(
        "member",
        Text("下单时是否会员", "Member when ordering"),
        {"orders": _flag("member_at_order"), "customers": _flag("first_member")},
    ),
    _order(
        "private",
        Text("下单时是否在私域", "In the private domain when ordering"),
        {"orders": _flag("private_at_order")},
    ),
    _order("order_type", Text("订单类型", "Order type"), _plain("order_type", None)),
    _order("fulfilment", Text("履约方式", "Fulfilment"), _plain("fulfilment", None)),
    _order("payment", Text("支付方式", "Payment method"), _plain("payment_method", None)),
    _order("coupon", Text("优惠券", "Coupon"), _plain("coupon", None)),
    _order("referrer", Text("推广人", "Promoter"), _plain("referrer_id", None)),
    _order("currency", Text("原币种", "Original currency"), _plain("currency", None)),
    _order(
        "weekday",
        Text("星期", "Weekday"),
        dict.fromkeys(DAY_FACTS, weekday_of(nw.col("day"))) | {"customers": weekday_of(nw.col("first_day"))},
        numeric=True,
    ),
    _order("hour", Text("小时", "Hour"), {"orders": nw.col("hour").cast(nw.Int64)}, numeric=True),
)


def _line(name: str, label: Text, columns: Mapping[str, nw.Expr]) -> Dimension:
    return Dimension(id=name, name=label, kind=DimensionKind.LINE, columns=columns)


LINES = (
    _line(
        "category",
        Text("类目", "Category"),
        {"order_lines": nw.col("category"), "product_days": nw.col("category"), "customers": nw.col("first_category")},
    ),
    _line("sku", Text("商品编号", "SKU"), {"order_lines": nw.col("sku_id"), "product_days": nw.col("sku_id")}),
    _line("product", Text("商品", "Product"), {"order_lines": nw.col("product_name")}),
    _line("variant", Text("规格", "Variant"), {"order_lines": nw.col("variant")}),
    _line("seller", Text("卖家", "Seller"), {"order_lines": nw.col("seller_id")}),
)


def _customer(name: str, label: Text, column: str) -> Dimension:
    return Dimension(id=name, name=label, kind=DimensionKind.CUSTOMER, columns={"customers": nw.col(column)})


def _first_time(name: str, label: Text, code: nw.Expr) -> Dimension:
    return Dimension(
        id=name,
        name=label,
        kind=DimensionKind.CUSTOMER,
        columns={"customers": code, "orders": code},
        numeric=True,
    )


_BORN = month_of(nw.col("first_day"))

CUSTOMERS = (
    _first_time("first_month", Text("首购月", "First purchase month"), _BORN),
    _first_time("first_quarter", Text("首购季度", "First purchase quarter"), whole(_BORN, 3)),
    _first_time("first_year", Text("首购年", "First purchase year"), whole(_BORN, 12)),
    _customer("first_channel", Text("首购渠道", "First purchase channel"), "first_channel"),
    _customer("first_platform", Text("首购平台", "First purchase platform"), "first_platform"),
    _customer("first_domain", Text("首购公域私域", "Domain of the first purchase"), "first_domain"),
    _customer("first_store", Text("首购门店", "First purchase store"), "first_store"),
    _customer("first_province", Text("首购省份", "First purchase province"), "first_province"),
    _customer("first_country", Text("首购国家", "First purchase country"), "first_country"),
    _customer("first_category", Text("首购类目", "First purchase category"), "first_category"),
    Dimension(
        id="first_member",
        name=Text("首购当日是否会员", "Member at the first purchase"),
        kind=DimensionKind.CUSTOMER,
        columns={"customers": _flag("first_member")},
    ),
    Dimension(
        id="first_coupon",
        name=Text("首购是否用券", "Coupon on the first purchase"),
        kind=DimensionKind.CUSTOMER,
        columns={"customers": _flag("first_coupon")},
    ),
    _customer("buyer_type", Text("个人或企业", "Person or company"), "buyer_type"),
)


CASES = tuple(Dimension(id=name, name=label, kind=DimensionKind.CASE, columns={}) for name, label in OF_CASES.items())

DIMENSIONS: dict[str, Dimension] = {d.id: d for d in (*TIMES, *ORDERS, *LINES, *CUSTOMERS, *CASES)}


def dimension(name: str) -> Dimension:
    """The dimension called ``name``; raises UnknownName with the nearest one there is."""
    if name not in DIMENSIONS:
        raise UnknownName(Text("维度", "dimension"), name, list(DIMENSIONS))
    return DIMENSIONS[name]
