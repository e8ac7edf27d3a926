"""Words for what a reader must know to use a number, and for why there is none. Codes are stable."""

from ecodash.core.estimate import Caveat
from ecodash.core.period import Period
from ecodash.core.schema import TABLES
from ecodash.core.text import Text
from ecodash.metrics.dimensions import Dimension
from ecodash.metrics.metric import Metric

LOW_COVERAGE = 0.8


def low_coverage(coverage: float) -> Caveat:
    """Fewer than 80 % of the orders have a known buyer."""
    return Caveat(
        "low_coverage",
        Text(
            f"只有 {coverage:.0%} 的订单知道买家是谁，其余订单没有计入客户类指标。",
            f"The buyer is known for only {coverage:.0%} of the orders; the others are not in customer metrics.",
        ),
    )


def fx_missing(documents: int) -> Caveat:
    """Some documents have no exchange rate, so their money is left out."""
    return Caveat(
        "fx_missing",
        Text(
            f"{documents} 张单据缺少汇率，金额没有计入；请在“数据”页补充汇率表。",
            f"{documents} documents have no exchange rate and their money is left out; add the rates on the Data page.",
        ),
    )


def open_period(end: Period) -> Caveat:
    """The period is not over in the data."""
    return Caveat(
        "open_period",
        Text(f"该期还没结束，数据只到 {end.end}。", f"The period is not over: the data end on {end.end}."),
    )


def partial_period(days: Period) -> Caveat:
    """The window cuts the period."""
    return Caveat(
        "partial_period",
        Text(
            f"该期只含 {days.start} 至 {days.end}。",
            f"Only {days.start} to {days.end} of this period is inside the window.",
        ),
    )


def left_truncated(span: Period, days: int) -> Caveat:
    """First in the file may not be first ever."""
    return Caveat(
        "left_truncated",
        Text(
            f"数据从 {span.start} 开始，头 {days} 天里的“首次购买”可能其实是老客。",
            f"The data begin on {span.start}; “first purchases” of their opening {days} days may belong to old customers.",
        ),
    )


def not_watched(customers: int, days: int) -> Caveat:
    """Some customers were not watched long enough and are left out."""
    return Caveat(
        "not_watched",
        Text(
            f"{customers} 位首购未满 {days} 天的客户没有计入。",
            f"{customers} customers whose first purchase is less than {days} days old are left out.",
        ),
    )


def refunds_open() -> Caveat:
    """Refunds of recent orders are still to come."""
    return Caveat(
        "refunds_open",
        Text("最近 30 天的订单还可能退款。", "Orders of the last 30 days of the data can still be refunded."),
    )


def on_first_purchase(dimension: Dimension) -> Caveat:
    """An order property stands for that of the first purchase."""
    return Caveat(
        "first_purchase",
        Text(
            f"“{dimension.name.zh}”指首次购买那一单。",
            f"“{dimension.name.en}” refers to the first purchase.",
        ),
    )


def of_definition(words: Text) -> Caveat:
    """The definition itself has a known weakness."""
    return Caveat("definition", words)


def no_orders() -> Text:
    """Nothing was loaded at all."""
    return Text(
        "还没有订单数据。请上传订单导出（如淘宝订单报表、Shopify orders、Amazon 全部订单报告）。",
        "No orders are loaded. Upload an orders export (such as Taobao order report, Shopify orders, Amazon all orders).",
    )


def missing_table(table: str) -> Text:
    """A table the metric needs was never loaded."""
    label = TABLES[table].label
    return Text(
        f"缺少“{label.zh}”数据。请上传包含它的导出，例如带商品明细的订单导出。"
        if table == "order_items"
        else f"缺少“{label.zh}”数据，请上传包含它的导出。",
        f"“{label.en}” was never loaded. Upload an export that holds it, such as orders with their items."
        if table == "order_items"
        else f"“{label.en}” was never loaded. Upload an export that holds it.",
    )


def missing_columns(metric: Metric) -> Text:
    """The tables are there, but no row says what the metric needs."""
    named = [(TABLES[table].label, columns) for table, columns in metric.requires]
    zh = "；".join(f"“{label.zh}”的 {'、'.join(columns)}" for label, columns in named)
    en = "; ".join(f"{', '.join(columns)} of “{label.en}”" for label, columns in named)
    return Text(
        f"已导入的数据里没有一行同时填了所需的列：{zh}。请上传含这些列的导出。",
        f"No loaded row has all the columns needed: {en}. Upload an export that holds them.",
    )


def no_amounts(orders: int) -> Text:
    """The orders are known, what was paid for them is not."""
    return Text(
        f"{orders} 笔订单都没有金额，销售额未知（不是 0）。请上传带实付金额或单价的订单导出。",
        f"None of the {orders} orders states an amount: sales are unknown, not 0. "
        "Upload an orders export with amounts paid or unit prices.",
    )


def no_buyers(metric: Metric) -> Text:
    """No order says who bought."""
    return Text(
        f"已导入的订单没有买家标识，无法计算“{metric.name.zh}”。请上传含买家 ID、手机号或邮箱的订单导出。",
        f"The loaded orders carry no buyer id, so {metric.name.en} is not available. "
        "Upload an orders export with a buyer id, phone or e-mail.",
    )


def no_split(metric: Metric, dimension: Dimension) -> Text:
    """The metric cannot be split by this dimension."""
    return Text(
        f"“{metric.name.zh}”不能按“{dimension.name.zh}”拆分或筛选。",
        f"{metric.name.en} cannot be split or filtered by {dimension.name.en.lower()}.",
    )


def nothing_left(window: Period, span: Period, *, filtered: bool) -> Text:
    """No rows are left: outside the data, or filtered away."""
    if window.clip(span) is None:
        return Text(
            f"所选时间 {window.start} 至 {window.end} 没有数据；数据覆盖 {span.start} 至 {span.end}。",
            f"There are no data from {window.start} to {window.end}; the data cover {span.start} to {span.end}.",
        )
    if filtered:
        return Text(
            "按当前筛选没有任何记录，请去掉最后一个筛选条件。", "The filters leave nothing; remove the last one."
        )
    return Text("这段时间没有任何记录。", "Nothing happened in this window.")


def nothing_below(below: Text) -> Text:
    """The denominator is zero."""
    return Text(f"“{below.zh}”为 0，没有可除的数。", f"There are no {below.en} to divide by.")


def nobody() -> Text:
    """No customer belongs to the group."""
    return Text(
        "这一组里没有客户购买，没有可除的数。", "No customer bought in this group, so there is nothing to divide by."
    )


def too_few(n: int, minimum: int) -> Text:
    """The sample is below the minimum."""
    return Text(
        f"样本只有 {n}，少于 {minimum}，仅供参考。",
        f"Only {n} cases, fewer than {minimum}: treat the number as a hint.",
    )


def immature(ready: Text) -> Text:
    """Not everybody was watched long enough."""
    return Text(f"观察期未满，{ready.zh}", f"Not watched long enough yet: {ready.en}")


def not_reached(share: float) -> Text:
    """The curve does not get to the quantile."""
    return Text(
        f"到目前的观察期为止，回来的客户不到 {share:.0%}，还没有这个天数。",
        f"Fewer than {share:.0%} have come back within the time watched, so there is no such day yet.",
    )
