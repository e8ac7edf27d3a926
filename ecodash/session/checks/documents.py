"""Checks of order documents: those that do not count, tests, twins, orders that look bought, damaged ids."""

from functools import partial

import narwhals as nw

from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.session.checks.check import ORDER, Check, Ground, Severity

TEST_WORDS = "测试|试单|(?i:^test\\b|\\btest order\\b)"
CHEAP = 200  # ten-thousandths: two cents
BURST, SHARE_NEW = 6, 0.9
RERUN = Text("核对这些订单后重新导出并导入。", "Check these orders, then export and load them again.")
NOTHING_TO_DO = Text("无需处理。", "Nothing to do.")


def _of_kind(kind: str, ground: Ground) -> Frame:
    said = ground.table("orders").select(
        "order_id", "source_status", stated=nw.coalesce("paid_amount", "order_amount", "goods_amount").fill_null(0)
    )
    found = ground.fact("orders").filter(nw.col("kind") == kind).join(said, on="order_id", how="left")
    worth = nw.when(nw.col("placed") > 0).then(nw.col("placed")).otherwise(nw.col("stated"))
    return found.select(*ORDER, "status", "source_status", money=worth.cast(nw.Int64))


def _suspected_tests(ground: Ground) -> Frame:
    lines = ground.fact("order_lines").filter(nw.col("product_name").str.contains(TEST_WORDS).fill_null(value=False))
    named = lines.select("order_id").unique().with_columns(says_test=nw.lit(value=True))
    rows = ground.sales().join(named, on="order_id", how="left")
    says = nw.col("says_test").fill_null(value=False)
    cheap = (nw.col("paid") <= CHEAP) & ~nw.col("fx_missing")
    return rows.filter(says | cheap).select(*ORDER, "says_test", money=nw.col("paid"))


def twins(ground: Ground) -> Frame:
    """Sales that seem to be in two files under two ids: all but one of each, with the id of the other (``twin``)."""
    sales = ground.sales().filter(~nw.col("customer_id").is_null(), nw.col("paid") > 0)
    sales = sales.with_columns(minute=nw.col("at").dt.truncate("1m"))
    key = ["customer_id", "minute", "paid", "units"]
    groups = sales.group_by(*key).agg(
        copies=nw.col("order_id").n_unique(), files=nw.col("load_id").n_unique(), first=nw.col("order_id").min()
    )
    twins = groups.filter(nw.col("copies") > 1, nw.col("files") > 1)
    rows = sales.join(twins, on=key, how="inner").filter(nw.col("order_id") != nw.col("first"))
    return rows.select(*ORDER, "customer_id", twin=nw.col("first"), money=nw.col("paid"))


def _bursts(ground: Ground) -> Frame:
    """Sales of one product to one city in one hour of one channel, nearly all by buyers never seen before or after."""
    product = (
        ground.fact("order_lines").filter(nw.col("is_sale")).group_by("order_id").agg(sku_id=nw.col("sku_id").min())
    )
    known = ground.fact("customers").select("customer_id", once=(nw.col("orders") == 1).cast(nw.Int64))
    rows = ground.sales().filter(~nw.col("city").is_null()).join(product, on="order_id", how="left")
    rows = rows.join(known, on="customer_id", how="left").with_columns(once=nw.col("once").fill_null(0))
    key = ["channel_id", "day", "hour", "city", "sku_id"]
    groups = rows.group_by(*key).agg(together=nw.len(), new=nw.col("once").sum())
    found = groups.filter(nw.col("together") >= BURST, nw.col("new") >= nw.col("together") * SHARE_NEW)
    return rows.join(found, on=key, how="inner").select(*ORDER, "city", "sku_id", "together", money=nw.col("paid"))


def _damaged(ground: Ground) -> Frame:
    power = "^[0-9](\\.[0-9]+)?[eE]\\+[0-9]+$"
    orders = ground.fact("orders").select(*ORDER, damaged=nw.col("order_id"), money=nw.col("placed"))
    lines = ground.fact("order_lines").select(
        *("order_id", "channel_id", "load_id", "row_no"), damaged=nw.col("sku_id"), money=nw.col("paid")
    )
    moments = ground.fact("orders").select("order_id", "at")
    lines = lines.join(moments, on="order_id", how="left").select(*ORDER, "damaged", "money")
    both = [frame.filter(nw.col("damaged").str.contains(power).fill_null(value=False)) for frame in (orders, lines)]
    return nw.concat(both)


def _kind(
    kind: str, title: Text, why: Text, *, advice: Text = NOTHING_TO_DO, severity: Severity = Severity.NOTE
) -> Check:
    code = "unknown_status" if kind == "unknown" else f"{kind}_orders"
    return Check(code=code, title=title, why=why, advice=advice, severity=severity, rows=partial(_of_kind, kind))


POLICY = Text("可在“数据”页的销售口径里更改。", "Change it in the sales policy on the Data page.")
KINDS = (
    _kind(
        "undated",
        Text("订单没有可用的日期", "orders without a usable date"),
        Text("它们不属于任何期间，因此哪里都没有计入。", "They belong to no period and are counted nowhere."),
        advice=RERUN,
        severity=Severity.WRONG,
    ),
    _kind(
        "unknown",
        Text("订单状态看不懂", "orders with a status nobody could read"),
        Text("不知道是否付款，因此没有计入。", "Whether they were paid is unknown, so they are not counted."),
        advice=Text(
            "导入时给出状态的含义，或告诉我们这个平台的状态。", "Say what the status means when loading the file."
        ),
        severity=Severity.WRONG,
    ),
    _kind(
        "test",
        Text("测试订单，按口径排除", "test orders, left out by the sales policy"),
        Text("平台标记为测试的订单。", "Orders the platform marks as tests."),
        advice=POLICY,
    ),
    _kind(
        "adjustment",
        Text("调整单，按口径排除", "bookkeeping adjustments, left out by the sales policy"),
        Text("记账用的单据，不是买卖。", "Documents for the books, not purchases."),
        advice=POLICY,
    ),
    _kind(
        "zero",
        Text("金额为零的订单，按口径排除", "orders of zero amount, left out by the sales policy"),
        Text(
            "赠品、试用或全额优惠；计入会拉低笔单价。",
            "Gifts, samples or full discounts; counting them lowers the average order.",
        ),
        advice=POLICY,
    ),
    _kind(
        "unpaid",
        Text("未付款的订单，不计为销售", "unpaid orders, no sales"),
        Text("GMV 口径有时包含它们。", "A GMV sometimes contains them."),
    ),
    _kind(
        "cancelled",
        Text("未付款即关闭的订单，不计为销售", "orders closed before payment, no sales"),
        Text("GMV 口径有时包含它们。", "A GMV sometimes contains them."),
    ),
)

CHECKS = (
    *KINDS,
    Check(
        code="suspected_tests",
        title=Text(
            "看起来像测试的订单：几分钱，或商品名写着测试",
            "orders that look like tests: a cent or two, or “test” in the product",
        ),
        why=Text(
            "平台没有标记，仍计为销售；会拉低笔单价和复购。",
            "The platform does not mark them, so they count as sales and lower averages.",
        ),
        advice=Text(
            "请核对；属实就在源文件删除后重新导入。",
            "Please check; if so, take them out of the file and load it again.",
        ),
        severity=Severity.LOOK,
        rows=_suspected_tests,
    ),
    Check(
        code="twin_orders",
        title=Text(
            "不同文件里同一买家、同一分钟、同样金额和件数的订单",
            "orders in different files by the same buyer, in the same minute, of the same amount and units",
        ),
        why=Text(
            "多半是同一笔订单从两个系统各导出一次、订单号不同，被算了两遍。",
            "Most likely one order exported by two systems under two ids, counted twice.",
        ),
        advice=Text(
            "撤销其中一个文件的导入，或只导出其中一个系统。",
            "Take one of the two files back, or export from one system only.",
        ),
        severity=Severity.LOOK,
        rows=twins,
    ),
    Check(
        code="bursts",
        title=Text(
            "疑似集中下单：同一小时、同一城市、同一商品、几乎都是只买一次的新客",
            "bursts: one hour, one city, one product, nearly all by one-time buyers",
        ),
        why=Text(
            "刷单、内部单、直播秒杀都可能长这样。这只是怀疑，不是结论，数字没有改动。",
            "Fake orders look like this, and so do staff orders or a live-stream sale. A suspicion, no verdict: no number was changed.",
        ),
        advice=Text("请与运营核对当时的活动。", "Ask what was going on at that hour."),
        severity=Severity.LOOK,
        rows=_bursts,
    ),
    Check(
        code="damaged_ids",
        traps=("T8",),
        title=Text("编号被表格软件改成科学计数法", "ids that a spreadsheet turned into scientific notation"),
        why=Text(
            "末尾的数字已经丢失，不同订单或商品会变成同一个。",
            "The last digits are lost, and different orders or products become one.",
        ),
        advice=Text(
            "不要用表格软件另存；直接导入平台下载的原始文件。",
            "Do not save through a spreadsheet; load the file as downloaded.",
        ),
        severity=Severity.WRONG,
        rows=_damaged,
    ),
)
