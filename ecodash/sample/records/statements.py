"""Settlement files of the last half year: Douyin's statement of account and JD's monthly bill, with what they charge."""

from pathlib import Path

import polars as pl

from ecodash.sample.cells import count, money, of_product, padded, stamp
from ecodash.sample.ids import ORDER_IDS
from ecodash.sample.sheet import Sheet, put_csv, sheet
from ecodash.sample.shop import Shop

DAYS = 182
DOUYIN_FEE, CREATORS, JD_FEE = 500, 800, 600  # ten-thousandths of what was paid


def write(shop: Shop, directory: Path) -> list[Path]:
    """The two settlement files."""
    return [
        put_csv(directory / "douyin_statement.csv", _douyin(shop.of("douyin")), encoding="utf-8-sig"),
        put_csv(directory / "jd_monthly_bill.csv", _jd(shop.of("jd")), encoding="gb18030"),
    ]


def _done(part: Shop) -> pl.DataFrame:
    """Orders that were completed lately, with what the buyer paid less what went back."""
    rows = part.orders.filter(pl.col("done_at").is_not_null(), pl.col("day") >= part.plan.days - DAYS)
    return rows.with_columns(kept=pl.col("paid") - pl.col("refund"))


def _douyin(part: Shop) -> Sheet:
    """One booking per order: what was paid less the platform's fee and the creator's share."""
    live = pl.col("nth") % 3 == 0
    rows = _done(part).with_columns(fee=pl.col("kept") * DOUYIN_FEE // 10_000)
    rows = rows.with_columns(extra=pl.when(live).then(pl.col("kept") * CREATORS // 10_000).otherwise(0))
    rows = rows.with_columns(net=pl.col("kept") - pl.col("fee") - pl.col("extra"))
    return sheet(
        "douyin_statement",
        rows,
        {
            "动账时间": stamp("done_at"),
            "动帐流水号": padded("nth", 19, before="`", plus=7_100_000_000_000_000_001),
            "动账方向": "入账",
            "动账金额": money("net"),
            "动账账户": "聚合账户",
            "动账场景": "货款结算入账",
            "计费类型": pl.when(live).then(pl.lit("达人带货")).otherwise(pl.lit("自营")),
            "订单号": pl.lit("`") + ORDER_IDS["douyin"](),
            "下单时间": stamp("created"),
            "订单类型": "普通订单",
            "订单实付应结": money("paid"),
            "运费实付": "0.00",
            "订单退款": money("refund"),
            "平台服务费": money("fee"),
            "佣金": money("extra"),
        },
    )


def _jd(part: Shop) -> Sheet:
    """Two bookings per order: the goods and the commission."""
    rows = _done(part).with_columns(fee=pl.col("kept") * JD_FEE // 10_000)
    first = part.lines.filter(pl.col("line") == 1).select("nth", "product")
    rows = rows.join(first, on="nth", maintain_order="left")
    both = pl.concat(
        [
            rows.with_columns(kind=pl.lit(0), amount=pl.col("kept")),
            rows.with_columns(kind=pl.lit(1), amount=pl.col("fee")),
        ]
    )
    goods = pl.col("kind") == 0
    return sheet(
        "jd_monthly_bill",
        both.sort("nth", "kind"),
        {
            "订单编号": '="' + ORDER_IDS["jd"]() + '"',
            "单据编号": '="' + (pl.col("nth") * 2 + pl.col("kind") + 800_000_000_001).cast(pl.String) + '"',
            "单据类型": "订单",
            "商品编号": padded("product", 11, before='="', plus=10_000_000_001) + '"',
            "商品名称": of_product("zh"),
            "结算状态": "已结算",
            "费用发生时间": stamp("done_at"),
            "费用结算时间": stamp("done_at"),
            "费用项": pl.when(goods).then(pl.lit("货款")).otherwise(pl.lit("佣金")),
            "金额": money("amount"),
            "币种": "CNY",
            "商家应收/应付": pl.when(goods).then(pl.lit("应收")).otherwise(pl.lit("应付")),
            "收支方向": pl.when(goods).then(pl.lit("收入")).otherwise(pl.lit("支出")),
            "商品数量": count("qty"),
            "对账日期(账单日期)": stamp("done_at", "%Y-%m-%d"),
        },
    )
