"""Checks of buyers and members: orders nobody is known for, placeholder buyers, memberships without a date."""

import narwhals as nw

from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.session.checks.check import ORDER, Check, Ground, Severity

CHANNEL_ORDERS = 20
MANY, TOO_MANY = 30, 0.05
WITH_BUYERS = Text(
    "换用含买家账号的导出；平台不给时无法补救。", "Use an export that carries the buyer; some platforms give none."
)


def _anonymous(ground: Ground) -> Frame:
    rows = ground.sales().filter(nw.col("customer_id").is_null())
    return rows.select(*ORDER, money=nw.col("paid"))


def _nameless_channels(ground: Ground) -> Frame:
    known = (~nw.col("customer_id").is_null()).cast(nw.Int64)
    rows = ground.sales().select("channel_id", "paid", known=known)
    channels = rows.group_by("channel_id").agg(
        orders=nw.len(), known=nw.col("known").sum(), money=nw.col("paid").sum().cast(nw.Int64)
    )
    found = channels.filter(nw.col("orders") >= CHANNEL_ORDERS, nw.col("known") == 0)
    return found.select("channel_id", "money", orders=nw.col("orders").cast(nw.Int64))


def _placeholder(ground: Ground) -> Frame:
    sales = ground.sales().filter(~nw.col("customer_id").is_null())
    buyers = sales.group_by("customer_id").agg(bought=nw.len())
    everybody = sales.select(everything=nw.len()).with_columns(one=nw.lit(1))
    shares = buyers.with_columns(one=nw.lit(1)).join(everybody, on="one", how="left")
    big = shares.filter(nw.col("bought") >= MANY, nw.col("bought") > nw.col("everything") * TOO_MANY)
    rows = sales.join(big.select("customer_id", "bought"), on="customer_id", how="inner")
    return rows.select(*ORDER, "customer_id", money=nw.col("paid"))


def _late_members(ground: Ground) -> Frame:
    people = ground.fact("customers").filter(nw.col("member_day") > nw.col("first_day"))
    before = ground.sales().filter((nw.col("member_at_order") == nw.lit(value=False)).fill_null(value=False))
    paid = before.group_by("customer_id").agg(money=nw.col("paid").sum().cast(nw.Int64))
    origin = ground.table("customers").select("customer_id", "load_id", "row_no")
    rows = people.join(paid, on="customer_id", how="left").join(origin, on="customer_id", how="left")
    columns = ("customer_id", "first_day", "member_day", "load_id", "row_no")
    return rows.select(*columns, money=nw.col("money").fill_null(0))


def _undated_members(ground: Ground) -> Frame:
    people = ground.table("customers").filter(nw.col("is_member"), nw.col("member_since").is_null())
    paid = ground.fact("customers").select("customer_id", money=nw.col("paid"))
    rows = people.select("customer_id", "member_level", "load_id", "row_no").join(paid, on="customer_id", how="left")
    return rows.with_columns(money=nw.col("money").fill_null(0))


def _cut_history(ground: Ground) -> Frame:
    said = ground.table("customers").filter(nw.col("order_count") > 0)
    said = said.select("customer_id", "order_count", "total_spent", "load_id", "row_no")
    rows = said.join(ground.fact("customers").select("customer_id", "orders", "paid"), on="customer_id", how="inner")
    missing = nw.col("total_spent").fill_null(0) - nw.col("paid")
    return rows.filter(nw.col("order_count") > nw.col("orders")).select(
        *("customer_id", "order_count", "orders", "load_id", "row_no"),
        money=nw.when(missing > 0).then(missing).otherwise(0).cast(nw.Int64),
    )


CHECKS = (
    Check(
        code="anonymous_orders",
        traps=("T18",),
        title=Text("订单没有买家标识，不计入复购", "orders without a buyer, left out of repurchase"),
        why=Text(
            "销售额照常计入；新老客与复购只看有标识的买家，上下限见下方。",
            "Sales count them; new, returning and repurchase look at known buyers only; bounds are given below.",
        ),
        advice=WITH_BUYERS,
        severity=Severity.NOTE,
        rows=_anonymous,
    ),
    Check(
        code="nameless_channels",
        title=Text("整个渠道都没有买家标识", "channels without a single known buyer"),
        why=Text(
            "这些渠道没有复购率，也不能与其他渠道比较，并不是“没有人回来”。",
            "They have no repurchase rate and cannot be compared with others; it does not mean that nobody came back.",
        ),
        advice=WITH_BUYERS,
        severity=Severity.LOOK,
        rows=_nameless_channels,
    ),
    Check(
        code="placeholder_buyer",
        traps=("T8",),
        title=Text("一个买家占了很大比例的订单", "one buyer with a large share of all orders"),
        why=Text(
            "缺失的买家账号被填成同一个值（如“无”“0”或门店散客）时就是这样，会抬高复购率。",
            "Missing buyers filled with one value (“none”, “0”, a walk-in account) look like this and raise repurchase.",
        ),
        advice=Text("核对这个买家；属实的大客户可以不管。", "Check this buyer; a genuine large customer is fine."),
        severity=Severity.LOOK,
        rows=_placeholder,
    ),
    Check(
        code="late_members",
        traps=("T26",),
        title=Text("先购买、后入会的会员", "members who had bought before they joined"),
        why=Text(
            "他们入会前的购买不能算会员的功劳；ecodash 按下单当天的身份计，金额是入会前的实付。",
            "What they bought before joining is no merit of membership; ecodash goes by the day of the order. The amount was paid before joining.",
        ),
        advice=Text(
            "无需处理；比较会员与非会员时请看对齐后的结果。", "Nothing to do; compare members by the aligned result."
        ),
        severity=Severity.NOTE,
        rows=_late_members,
        needs=("orders", "customers"),
    ),
    Check(
        code="undated_members",
        traps=("T26",),
        title=Text("标记为会员却没有入会日期", "members without a date of joining"),
        why=Text(
            "不知道下单时是否已是会员，因此不计入会员对比。",
            "Whether they were members when ordering is unknown, so comparisons leave them out.",
        ),
        advice=Text("导出含入会时间的会员表。", "Export the member list with the date of joining."),
        severity=Severity.LOOK,
        rows=_undated_members,
        needs=("orders", "customers"),
    ),
    Check(
        code="cut_history",
        title=Text("平台记录的订单比导入的多", "customers for whom the platform states more orders than were loaded"),
        why=Text(
            "他们在文件里的“首购”其实不是第一次，复购率会有偏差。",
            "Their first purchase in the files is not their first ever, which biases repurchase.",
        ),
        advice=Text("导入更早的订单。", "Load earlier orders."),
        severity=Severity.NOTE,
        rows=_cut_history,
        needs=("orders", "customers"),
    ),
)
