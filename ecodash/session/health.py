"""Data health: what the loaded rows themselves show to be doubtful, with the money at stake."""

from dataclasses import dataclass

import narwhals as nw

from ecodash.core.decimals import from_scaled
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.session.finding import Finding
from ecodash.session.source import WorkspaceSource
from ecodash.store import Workspace

RERUN = Text("核对这些订单后重新导出并导入。", "Check these orders, then export and load them again.")


@dataclass(frozen=True, kw_only=True)
class _Verdict:
    """How orders of one verdict are reported."""

    kind: str
    text: Text
    advice: Text
    severe: bool = False


VERDICTS = (
    _Verdict(
        kind="undated",
        text=Text("订单没有可用的日期，未计入任何期间", "orders without a usable date, in no period"),
        advice=RERUN,
        severe=True,
    ),
    _Verdict(
        kind="test",
        text=Text("测试订单，按口径排除", "test orders, left out by the sales policy"),
        advice=Text("可在设置 policy.include_test_orders 中更改。", "Change it with policy.include_test_orders."),
    ),
    _Verdict(
        kind="adjustment",
        text=Text("调整单，按口径排除", "bookkeeping adjustments, left out by the sales policy"),
        advice=Text("可在设置 policy.include_adjustments 中更改。", "Change it with policy.include_adjustments."),
    ),
    _Verdict(
        kind="zero",
        text=Text("金额为零的订单，按口径排除", "orders of zero amount, left out by the sales policy"),
        advice=Text("可在设置 policy.include_zero_amount 中更改。", "Change it with policy.include_zero_amount."),
    ),
    _Verdict(
        kind="unpaid",
        text=Text("未付款的订单，不计为销售", "unpaid orders, no sales"),
        advice=Text("无需处理。", "Nothing to do."),
    ),
    _Verdict(
        kind="cancelled",
        text=Text("未付款即关闭的订单，不计为销售", "orders closed before payment, no sales"),
        advice=Text("无需处理。", "Nothing to do."),
    ),
)


def findings(workspace: Workspace, source: WorkspaceSource) -> list[Finding]:
    """Every finding with at least one row; severe ones first, then by money."""
    found = [*_rejected(workspace), *_duplicates(workspace), *_orders(source)]
    return sorted((f for f in found if f.count), key=lambda f: (not f.severe, -(f.money or 0.0), f.code))


def _rejected(workspace: Workspace) -> list[Finding]:
    loads = workspace.loads().filter("active")
    rows = int(loads["rejected"].sum()) if loads.height else 0
    return [
        Finding(
            code="rejected_rows",
            text=Text("整行未能导入", "rows that could not be kept"),
            advice=Text(
                "在“数据”页的导入记录里（或用 ecodash rejects）下载，改正后重新导入。",
                "Download them from the load history on the Data page (or with ecodash rejects), mend, load again.",
            ),
            count=rows,
            severe=True,
        )
    ]


def _duplicates(workspace: Workspace) -> list[Finding]:
    loads = workspace.loads().filter("active")
    rows = int(loads["duplicates"].sum()) if loads.height else 0
    return [
        Finding(
            code="duplicate_keys",
            text=Text("同一文件里主键重复的行，只保留一行", "rows of one file with the same key, kept once"),
            advice=RERUN,
            count=rows,
        )
    ]


def _orders(source: WorkspaceSource) -> list[Finding]:
    orders = source.fact("orders")
    by_kind = orders.group_by("kind").agg(count=nw.len(), money=nw.col("placed").abs().sum())
    totals = {
        str(kind): (count, money)
        for kind, count, money in by_kind.select("kind", "count", "money").collect("polars").rows()
    }
    found = [
        Finding(
            code=f"{verdict.kind}_orders",
            text=verdict.text,
            advice=verdict.advice,
            count=totals[verdict.kind][0],
            money=_amount(totals[verdict.kind][1]),
            severe=verdict.severe,
        )
        for verdict in VERDICTS
        if verdict.kind in totals
    ]
    return [*found, *_doubtful_sales(orders)]


def _doubtful_sales(orders: Frame) -> list[Finding]:
    sales = orders.filter(nw.col("is_sale"))
    [[unnamed, unnamed_paid]] = _counted(sales.filter(nw.col("customer_id").is_null()), "paid").collect("polars").rows()
    [[no_rate, _]] = _counted(sales.filter(nw.col("fx_missing")), "paid").collect("polars").rows()
    [[assumed, assumed_refund]] = _counted(sales.filter(nw.col("refund_assumed")), "refund").collect("polars").rows()
    return [
        Finding(
            code="anonymous_orders",
            text=Text("订单没有买家标识，不计入复购", "orders without a buyer, left out of repurchase"),
            advice=Text("换用含买家账号的导出。", "Use an export that carries the buyer."),
            count=unnamed,
            money=_amount(unnamed_paid),
        ),
        Finding(
            code="missing_rate",
            text=Text("缺少汇率的订单，金额未计入", "orders without an exchange rate, their money is left out"),
            advice=Text("导入 exchange_rates 表。", "Load the table exchange_rates."),
            count=no_rate,
            severe=True,
        ),
        Finding(
            code="refund_assumed",
            text=Text(
                "付款后关闭却没有退款额，按全额退款计", "closed after payment with no refund stated: taken as full"
            ),
            advice=Text("导入退款报表即可得到实际退款。", "Load the refund export to get the actual refunds."),
            count=assumed,
            money=_amount(assumed_refund),
        ),
    ]


def _counted(frame: Frame, amount: str) -> Frame:
    return frame.select(count=nw.len(), money=nw.col(amount).sum())


def _amount(scaled: int | None) -> float:
    return float(from_scaled(int(scaled or 0)))
