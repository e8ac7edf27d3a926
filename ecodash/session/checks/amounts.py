"""Checks of amounts: totals repeated on lines, prices filled in or off by a factor, missing money, what the policy decides."""

from functools import partial

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.money import converted, times
from ecodash.session.checks.check import ORDER, Check, Ground, Severity

SAME_PRICE_LINES, SAME_PRICE_SKUS = 20, 3
CENT = SCALE // 100
FACTOR, ENOUGH = 50, 5
LINE_SHARE = 0.6
"""A line cannot honestly be paid more than half of the worth of two or more lines that were all paid the same."""


def _repeated_total(ground: Ground) -> Frame:
    worth = nw.coalesce(times("unit_price", "qty"), times("list_price", "qty"))
    lines = ground.table("order_items").with_columns(worth=worth)
    sums = lines.group_by("order_id").agg(
        lines=nw.len(),
        stated=nw.col("paid_amount").count(),
        low=nw.col("paid_amount").min(),
        high=nw.col("paid_amount").max(),
        together=nw.col("paid_amount").sum().cast(nw.Int64),
        valued=nw.col("worth").count(),
        worth=nw.col("worth").sum().cast(nw.Int64),
    )
    same = (nw.col("lines") > 1) & (nw.col("stated") == nw.col("lines")) & (nw.col("low") == nw.col("high"))
    heads = ground.table("orders").select("order_id", "paid_amount", "order_amount")
    rows = ground.fact("orders").select(*ORDER, "rate").join(sums.filter(same), on="order_id", how="inner")
    rows = rows.join(heads, on="order_id", how="left").filter(nw.col("low") > 0)
    too_much = (nw.col("valued") == nw.col("lines")) & (nw.col("low") > nw.col("worth") * LINE_SHARE)
    total = (nw.col("paid_amount") == nw.col("low")) | (nw.col("order_amount") == nw.col("low"))
    found = rows.filter(total.fill_null(value=False) | too_much.fill_null(value=False))
    found = found.with_columns(excess=(nw.col("together") - nw.col("low")).cast(nw.Int64))
    return found.select(*ORDER, "lines", amount=converted("low"), money=converted("excess"))


def _filled_price(ground: Ground) -> Frame:
    lines = ground.table("order_items").select("order_id", "sku_id", "unit_price", "load_id", "row_no")
    odd = lines.filter((nw.col("unit_price") > 0) & ((nw.col("unit_price") % CENT) != 0))
    often = odd.group_by("unit_price").agg(lines=nw.len(), skus=nw.col("sku_id").n_unique())
    often = often.filter((nw.col("lines") >= SAME_PRICE_LINES) & (nw.col("skus") >= SAME_PRICE_SKUS))
    paid = ground.fact("order_lines").group_by("order_id", "sku_id").agg(money=nw.col("paid").sum().cast(nw.Int64))
    rows = odd.join(often.select("unit_price"), on="unit_price", how="semi")
    return rows.join(paid, on=["order_id", "sku_id"], how="left").select(
        "order_id", "sku_id", "unit_price", "load_id", "row_no", money=nw.col("money").fill_null(0)
    )


def _unit_slip(ground: Ground) -> Frame:
    sold = ground.fact("order_lines").filter(nw.col("is_sale"), nw.col("qty") > 0, ~nw.col("sku_id").is_null())
    priced = sold.with_columns(price=nw.col("paid").cast(nw.Float64) * SCALE / nw.col("qty").cast(nw.Float64))
    usual = priced.group_by("sku_id").agg(usual=nw.col("price").median(), lines=nw.len())
    rows = priced.join(usual.filter(nw.col("lines") >= ENOUGH, nw.col("usual") > 0), on="sku_id", how="inner")
    off = (nw.col("price") > nw.col("usual") * FACTOR) | (nw.col("price") * FACTOR < nw.col("usual"))
    columns = ("order_id", "sku_id", "product_name", "qty", "load_id", "row_no")
    return rows.filter(off).select(*columns, usual=nw.col("usual").cast(nw.Int64), money=nw.col("paid"))


def _no_amount(ground: Ground) -> Frame:
    stated = nw.coalesce("paid_amount", "order_amount", "goods_amount")
    heads = ground.table("orders").filter(stated.is_null()).select("order_id")
    lines = ground.table("order_items").filter(
        ~nw.coalesce("paid_amount", "gross_amount", "unit_price", "list_price").is_null()
    )
    silent = heads.join(lines.select("order_id"), on="order_id", how="anti")
    return ground.fact("orders").join(silent, on="order_id", how="semi").select(*ORDER, "status")


def _no_rate(ground: Ground) -> Frame:
    rows = ground.sales().filter(nw.col("fx_missing"))
    stated = ground.table("orders").select("order_id", original=nw.coalesce("paid_amount", "order_amount"))
    return rows.join(stated, on="order_id", how="left").select(*ORDER, "currency", "original")


def _part(column: str, ground: Ground) -> Frame:
    """The sales that contain shipping, tax or gift cards."""
    return ground.sales().filter(nw.col(column) > 0).select(*ORDER, "paid", money=nw.col(column))


def _policy(code: str, column: str, name: Text) -> Check:
    return Check(
        code=code,
        traps=("T20",),
        title=name + Text("：计不计入净销售额由口径决定", ": in or out of net sales, as the policy says"),
        why=Text(
            "平台后台、代理商和财务常常口径不同，差额就是这里的金额。",
            "Platforms, agencies and accountants differ here; the amount is what they differ by.",
        ),
        advice=Text(
            "在“数据”页的销售口径里确认；对账页会说明差额。", "Confirm it in the sales policy on the Data page."
        ),
        severity=Severity.NOTE,
        rows=partial(_part, column),
    )


CHECKS = (
    Check(
        code="repeated_total",
        traps=("T1",),
        title=Text("订单总额重复写在每一行商品上", "orders whose total is repeated on every line"),
        why=Text(
            "把各行相加会把销售额算成几倍；金额是多算的部分。",
            "Adding up the lines multiplies the sales; the amount is what would be counted too much.",
        ),
        advice=Text(
            "重新导入该文件，并设置 order_total_repeated=yes，或换用含行金额的导出。",
            "Load the file again with order_total_repeated=yes, or use an export with line amounts.",
        ),
        severity=Severity.WRONG,
        rows=_repeated_total,
        needs=("orders", "order_items"),
    ),
    Check(
        code="filled_prices",
        traps=("T8",),
        title=Text("许多商品用了同一个带零头的单价", "one odd unit price on many different products"),
        why=Text(
            "这是缺失价格被平均值填上的样子：不同商品出现完全相同、比分还细的单价。",
            "This is what missing prices filled with an average look like: the same price, finer than a cent, on different products.",
        ),
        advice=Text("用未经加工的平台原始导出重新导入。", "Load the untouched export of the platform."),
        severity=Severity.WRONG,
        rows=_filled_price,
        needs=("orders", "order_items"),
    ),
    Check(
        code="unit_slip",
        title=Text("单价与该商品平时相差 50 倍以上", "unit prices 50 times off what the product usually costs"),
        why=Text(
            "多半是元和分、或小数点弄错了。", "Mostly a mix-up of units (yuan and cents) or a lost decimal point."
        ),
        advice=Text("核对这些行，改正后重新导入。", "Check these lines, mend the file and load it again."),
        severity=Severity.LOOK,
        rows=_unit_slip,
        needs=("orders", "order_items"),
    ),
    Check(
        code="no_amount",
        title=Text("订单没有任何金额", "orders without any amount"),
        why=Text("没有金额的订单按零计，不算销售。", "An order without an amount counts as zero and is no sale."),
        advice=Text(
            "导出时勾选实付金额，或补导入含金额的订单文件。",
            "Tick the amount when exporting, or load the order file that carries it.",
        ),
        severity=Severity.WRONG,
        rows=_no_amount,
        priced=False,
    ),
    Check(
        code="missing_rate",
        title=Text("缺少汇率的订单，金额未计入", "orders without an exchange rate, their money is left out"),
        why=Text(
            "订单数计入，金额为 0；原币金额见明细。",
            "They count as orders with no money; the rows show the original amount.",
        ),
        advice=Text("导入 exchange_rates 表。", "Load the table exchange_rates."),
        severity=Severity.WRONG,
        rows=_no_rate,
        priced=False,
    ),
    _policy("shipping_paid", "shipping", Text("买家付的运费", "shipping paid by buyers")),
    _policy("tax_paid", "tax", Text("税额", "tax")),
    _policy("gift_cards_sold", "gift_cards", Text("卖出的礼品卡", "gift cards sold")),
)
