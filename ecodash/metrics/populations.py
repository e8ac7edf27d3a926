"""Who is in a number and who is not: every case counted once, at the first reason that keeps it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import narwhals as nw

from ecodash.core.period import Period, day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics import cohort_share, following
from ecodash.metrics import metric as kinds
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.answers import Asked
from ecodash.metrics.collect import collected, named, total
from ecodash.metrics.scope import Scope, inside, matches, rows_of, supports
from ecodash.metrics.windowed import fact_for

ALWAYS = Period(date(1970, 1, 1), date(2099, 12, 31))
COUNTED = "counted"
ORDERS = Text("订单单据", "order documents")
CASES = {
    "orders": ORDERS,
    "order_lines": Text("订单行", "order lines"),
    "refunds": Text("退款", "refunds"),
}
CUSTOMERS = Text("购买过的客户", "customers who ever bought")
SALES = Text("全部有效订单", "all valid orders")
REASONS = {
    "window": Text("不在所选时间内", "outside the window"),
    "filtered": Text("被筛选条件排除", "filtered away"),
    "undated": Text("没有日期", "without a date"),
    "unpaid": Text("未付款", "not paid"),
    "cancelled": Text("未付款已关闭", "closed without payment"),
    "unknown": Text("状态无法识别且没有付款时间", "a status nobody could read, and no payment time"),
    "test": Text("测试订单", "test orders"),
    "zero": Text("金额为 0", "nothing paid"),
    "credit": Text("红字单（只冲减金额，不算订单）", "credits (lower the money, are no orders)"),
    "adjustment": Text("调整单", "adjustments"),
    "return": Text("退货行", "return lines"),
    "refund": Text("退款", "refunds"),
    "anonymous": Text("买家未知的订单", "orders of unknown buyers"),
    "same_day": Text("同一天的其他订单（一天算一次购买）", "further orders of a day (a day is one purchase)"),
    "no_earlier": Text("之前没有购买，没有间隔", "no purchase before, so no gap"),
    "beyond": Text("第几次购买超出所显示的步数", "purchases beyond the steps shown"),
    "born": Text("首购不在所选时间内", "first bought outside the window"),
    "opening": Text("首购在数据开头，可能是老客", "first seen in the opening days of the data, may be old customers"),
    "unwatched": Text("首购后还没观察满", "not watched long enough yet"),
    "unwatched_orders": Text("购买后还没观察满", "purchases not watched long enough yet"),
    "other": Text("其他不计为销售的单据", "other documents that are no sales"),
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """So many cases for one reason; ``code`` is stable."""

    code: str
    count: int

    @property
    def name(self) -> Text:
        """The reason in words."""
        return REASONS[self.code]


@dataclass(frozen=True, kw_only=True)
class Population:
    """All cases of one kind in the data: ``total`` = ``counted`` + the ``excluded``."""

    what: Text
    total: int
    counted: int
    excluded: tuple[Part, ...]


def populations(asked: Asked) -> tuple[Population, ...]:
    """Who is in and who is out; for metrics about customers also how many orders belong to nobody known."""
    match asked.definition.how:
        case kinds.Sum() | kinds.Ratio() as how:
            found = _summed(asked, how)
            return (found,) if found else ()
        case kinds.Within() as how:
            return (_customers(asked.scope, how), _identified(asked.scope))
        case kinds.Triangle() | kinds.Waiting(every=False):
            return (_customers(asked.scope, None), _identified(asked.scope))
        case kinds.Next():
            return (_documents(replace(asked.scope, window=following.reach(asked.scope)), "orders", buyers=True),)
        case kinds.Gaps() | kinds.Waiting() | kinds.Sequence() as how:
            return (_documents(asked.scope, "orders", buyers=True, more=_purchase_reasons(asked.scope, how)),)
        case _:
            return ()


def _summed(asked: Asked, how: kinds.Sum | kinds.Ratio) -> Population | None:
    amounts = (how.amount,) if isinstance(how, kinds.Sum) else (how.top, how.bottom)
    fact = fact_for(asked.scope, amounts, rows=True)
    if fact is None:
        return None
    return _documents(asked.scope, fact, amounts=amounts, buyers=asked.metric.of_customers)


def _documents(
    scope: Scope,
    fact: str,
    *,
    amounts: Sequence[str] = (),
    buyers: bool,
    more: Mapping[str, nw.Expr] | None = None,
) -> Population:
    """Documents, lines or refunds: in the window, passing the filters, sold (or adding to the amounts all the same)."""
    dims = tuple(dict.fromkeys(dim for dim, _ in scope.filters if supports(fact, dim)))
    wide = replace(scope, window=ALWAYS, by=dims, filters=())
    plain = tuple(name for name in dict.fromkeys(amounts) if not AMOUNTS[name].needs(fact))
    sale = nw.col("is_sale") if fact != "refunds" else nw.lit(True)
    columns = ("day", "customer_id", "kind", *(() if fact == "refunds" else ("is_sale",)))
    extra = ("opens_day", "prev_day", "day_seq", "seq") if more else ()
    rows = rows_of(wide, fact, plain, keep=named(*columns, *extra))
    adds = nw.any_horizontal(sale, *(nw.col(f"a_{name}") != 0 for name in plain), ignore_nulls=True)
    passes = [matches(dim, nw.col(f"g{dims.index(dim)}"), values) for dim, values in scope.filters if dim in dims]
    known = sorted(set(REASONS) & {"unpaid", "cancelled", "unknown", "test", "zero", "credit", "adjustment", "return"})
    reasons = {
        "window": ~inside(scope.window, "day"),
        "filtered": ~nw.all_horizontal(nw.lit(True), *passes, ignore_nulls=False),
        **{kind: ~adds & (nw.col("kind") == kind) for kind in known},
        "other": ~adds,
        **({"anonymous": nw.col("customer_id").is_null()} if buyers else {}),
        **(more or {}),
    }
    counts = _by_reason(rows, reasons)
    undated = _undated(scope) if fact == "orders" else 0
    return _population(CASES[fact], counts | ({"undated": undated} if undated else {}), (*reasons, "undated"))


def _by_reason(rows: Frame, reasons: Mapping[str, nw.Expr]) -> dict[str, int]:
    """Rows per first reason that holds; ``counted`` where none does."""
    reason: nw.Expr = nw.lit(COUNTED)
    for code, holds in reversed(list(reasons.items())):
        reason = nw.when(holds.fill_null(False)).then(nw.lit(code)).otherwise(reason)
    found = collected(rows.select(reason=reason).group_by("reason").agg(n=nw.len()))
    return {code: int(n) for code, n in found.iter_rows()}


def _population(what: Text, counts: dict[str, int], order: Sequence[str]) -> Population:
    parts = tuple(Part(code=code, count=counts[code]) for code in order if counts.get(code))
    return Population(what=what, total=sum(counts.values()), counted=counts.get(COUNTED, 0), excluded=parts)


def _undated(scope: Scope) -> int:
    return int(collected(scope.fact("orders").filter(nw.col("day").is_null()).select(n=nw.len())).item())


def _customers(scope: Scope, how: kinds.Within | None) -> Population:
    """Customers by their first purchase; who was not watched long enough is out where the reading says so."""
    opening = max(how.opening_days if how else 0, scope.query.opening_days)
    passes = [matches(dim, dim.code("customers"), values) for dim, values in scope.filters]
    reasons = {
        "born": ~inside(scope.window, "first_day"),
        "filtered": ~nw.all_horizontal(nw.lit(True), *passes, ignore_nulls=False),
        "opening": nw.col("first_day") < day_number(scope.span.start) + opening,
    }
    if how and how.watched and not how.curve and how.until in {kinds.Until.DAYS, kinds.Until.MONTH}:
        reasons["unwatched"] = ~cohort_share.observed(scope, how)
    return _population(CUSTOMERS, _by_reason(scope.fact("customers"), reasons), tuple(reasons))


def _identified(scope: Scope) -> Population:
    """Valid orders of all the data, and how many of them belong to nobody known."""
    daily = scope.fact("daily").select(orders=total("orders"), known=total("identified_orders"))
    orders, known = (int(n or 0) for n in collected(daily).row(0))
    counts = {COUNTED: known, "anonymous": orders - known}
    return _population(SALES, counts, ("anonymous",))


def _purchase_reasons(scope: Scope, how: kinds.Gaps | kinds.Waiting | kinds.Sequence) -> dict[str, nw.Expr]:
    """Why a sale of a known buyer is no purchase the metric looks at."""
    reasons: dict[str, nw.Expr] = {}
    if not isinstance(how, kinds.Sequence) or how.grain == "day":
        reasons["same_day"] = ~nw.col("opens_day").fill_null(False)
    if isinstance(how, kinds.Gaps):
        reasons["no_earlier"] = nw.col("prev_day").is_null()
    if isinstance(how, kinds.Sequence):
        reasons["beyond"] = nw.col("day_seq" if how.grain == "day" else "seq") > scope.query.steps
        reasons["unwatched_orders"] = nw.col("day") > day_number(scope.span.end) - scope.query.horizon
    return reasons
