"""What was planted, counted straight from the imagined shop, in words for the folder's README."""

from datetime import timedelta

import polars as pl

from ecodash.sample.brand import PLATFORMS, PRODUCTS
from ecodash.sample.shop import Shop

NAMELESS = ("pinduoduo", "douyin")
NAMES = {
    "taobao": "淘宝 Taobao",
    "jd": "京东 JD",
    "pinduoduo": "拼多多 Pinduoduo",
    "douyin": "抖音 Douyin",
    "youzan": "有赞小程序 Youzan",
    "shopify": "独立站 Shopify",
}


def totals(shop: Shop) -> pl.DataFrame:
    """One row per platform: documents, paid orders, paid and refund (hundredths of its currency), buyers who paid.

    A document is an order of any status. A paid order is one for which money came in, also when it went back.
    """
    paid = pl.col("paid").is_not_null()
    found = shop.orders.group_by("platform").agg(
        documents=pl.len(),
        paid_orders=paid.sum(),
        paid=pl.col("paid").sum(),
        refund=pl.col("refund").sum(),
        buyers=pl.col("buyer").filter(paid).n_unique(),
    )
    order = pl.DataFrame({"platform": [p.name for p in PLATFORMS]})
    return order.join(found, on="platform", how="left", maintain_order="left").fill_null(0)


def repurchase(shop: Shop, days: int) -> pl.DataFrame:
    """One row per platform: ``eligible`` first-time buyers, and those who bought ``again`` within ``days`` days.

    Only paid orders count, on the day they were paid. Eligible is who had ``days`` days before the shop's last day;
    a second order on the first day does not count.
    """
    bought = shop.orders.filter(pl.col("paid").is_not_null()).select("platform", "buyer", pl.col("paid_at").dt.date())
    by = ["platform", "buyer"]
    first = bought.group_by(by).agg(first=pl.col("paid_at").min())
    later = bought.join(first, on=by).filter(pl.col("paid_at") > pl.col("first"))
    second = later.group_by(by).agg(second=pl.col("paid_at").min())
    people = first.filter(pl.col("first") <= shop.plan.end - timedelta(days=days)).join(second, on=by, how="left")
    again = (pl.col("second") - pl.col("first")).dt.total_days() <= days
    found = people.group_by("platform").agg(eligible=pl.len(), again=again.sum())
    order = pl.DataFrame({"platform": [p.name for p in PLATFORMS]})
    return order.join(found, on="platform", how="left", maintain_order="left").fill_null(0)


def wave(shop: Shop) -> tuple[int, int]:
    """Paid lines of the faulty tees within the wave, and how many of them came back."""
    faulty = [i for i, p in enumerate(PRODUCTS) if p.sku in shop.plan.wave_skus]
    days = shop.orders.select("order", pl.col("paid_at").dt.date().alias("day"))
    lines = shop.lines.filter(pl.col("product").is_in(faulty)).join(days, on="order")
    lines = lines.filter(pl.col("day").is_between(shop.plan.wave.start, shop.plan.wave.end))
    return lines.height, int((lines["refund"] > 0).sum())


def readme(shop: Shop) -> str:
    """The README of the folder: what the shop is, what was planted, what the right answers are."""
    plan, (sold, back) = shop.plan, wave(shop)
    rows = "\n".join(
        _row(row, again) for row, again in zip(totals(shop).rows(), repurchase(shop, 90).rows(), strict=True)
    )
    return TEMPLATE.format(
        start=plan.period.start,
        end=plan.end,
        orders=plan.orders,
        seed=plan.seed,
        rows=rows,
        wave_from=plan.wave.start,
        wave_to=plan.wave.end,
        wave_sku="`、`".join(plan.wave_skus),
        sold=sold,
        back=back,
        out_from=plan.stock_out.start,
        out_to=plan.stock_out.end,
        out_sku=plan.stock_out_sku,
        dead_sku=plan.dead_sku,
        dead=plan.dead_after,
        new_sku=plan.new_sku,
        new=plan.launched,
        chances="、".join(f"{NAMES[p.name]} {p.again:.0%}" for p in PLATFORMS),
    )


def _row(row: tuple[str, int, int, int, int, int], again: tuple[str, int, int]) -> str:
    """One line of the table; a platform that does not say who bought has no repurchase rate."""
    name, documents, paid_orders, paid, refund, buyers = row
    currency = "USD" if name == "shopify" else "CNY"
    known = name not in NAMELESS
    people = f"{buyers:,}" if known else "—"
    rate = f"{again[2]} / {again[1]} = {again[2] / again[1]:.1%}" if known and again[1] else "—"
    amount = f"{paid / 100:,.2f} {currency}"
    return f"| {NAMES[name]} | {documents:,} | {paid_orders:,} | {amount} | {refund / 100:,.2f} | {people} | {rate} |"


TEMPLATE = """# 示例店铺：山野集 · Sample shop: Hillfield

山野集是虚构的户外家居品牌。本文件夹是程序按随机种子生成的各平台原始导出文件：表头、编码、状态、怪癖都与真实导出一致，
人物、电话（100 开头的空号）、邮箱（example.com）全部是编造的。期间 {start} 至 {end}，共 {orders} 张订单，种子 {seed}。

Hillfield is an imaginary outdoor and home brand. These are raw platform exports made by a seeded program: headers,
encodings, statuses and quirks are those of real exports; people, phones (unused prefix 100) and mails (example.com)
are invented. {start} to {end}, {orders} orders, seed {seed}.

    ecodash sample 文件夹 --orders {orders} --seed {seed}

## 正确答案 · Right answers

付款订单：收到过钱的订单，后来退款的也算。复购：首次付款后 90 天内（按天，不含当天）再次付款，只数已满 90 天的首购买家。
金额含运费，为各平台币种。京东订单导出不含售后退款，只看得出发货前取消的订单；拼多多、抖音导出不含买家身份，所以没有复购率。

Paid orders are those for which money came in, also when it went back later. Repurchase: paid again on a later day
within 90 days of the first paid day, counting only first-time buyers who have had 90 days. Amounts include shipping and
are in the platform's currency. JD's order export holds no after-sale refunds, only orders cancelled before dispatch;
Pinduoduo and Douyin do not say who bought, so they have no repurchase rate.

| 平台 platform | 单据 documents | 付款订单 paid | 实付 amount paid | 退款 refunds | 买家 buyers | 90 天复购 repurchase |
|---|---|---|---|---|---|---|
{rows}

## 埋入的事实 · What was planted

- **大促 Festivals**：618（6 月 16–18 日）与双 11 的需求是平日的 5 倍和 8 倍，10 月 24 日起、6 月 1 日起预热，打 85 折；春节前后
  停发，销量约为平日三分之一；海外站没有这些，只有黑色星期五。
  618 and Double 11 bring 5 and 8 times a usual day, with 15 % off; parcels rest around lunar new year; the shop abroad
  knows only Black Friday.
- **季节 Seasons**：帐篷、折叠椅、T 恤夏季好卖，冲锋衣、抓绒、盖毯冬季好卖，徒步用品春秋好卖。
  Tents, chairs and tees sell in summer; shells, fleece and blankets in winter; hiking gear in spring and autumn.
- **复购 Repeat buying**：首单之后还会再买的概率（不限时间）：{chances}；每多买一次概率再升两成。间隔中位数 40–60 天；
  4 % 的再次下单发生在同一天；35 % 的人会等两周内的大促。
  The chance that a first order is ever followed by another is given above; it rises by a fifth with each further order.
  Median gap 40–60 days; 4 % of repeat orders come on the same day; 35 % wait for a festival within two weeks.
- **退款潮 Refund wave**：{wave_from} 至 {wave_to} 付款的 `{wave_sku}` 是问题批次，{sold} 行中 {back} 行退货，淘宝退款原因为“质量问题”。
  A faulty batch: of {sold} lines of `{wave_sku}` paid in these days, {back} came back.
- **断货 Stock-out**：`{out_sku}` 在 {out_from} 至 {out_to} 断货，期间一件也没卖出，库存快照为 0。
  The best-selling bottle sold nothing in these days; the stock snapshot says 0.
- **滞销 Dead product**：`{dead_sku}` 最后一次售出不晚于 {dead}，仍有库存 460 件。
  Last sold no later than {dead}; 460 pieces still in stock.
- **新品 New product**：`{new_sku}` 于 {new} 上架，两个月内逐渐放量。
  On sale since {new}, growing for two months.
- **没有买家身份的渠道 A channel without buyer identity**：拼多多（抖音的收件人是加密的，同样不能识别）。
  Pinduoduo; Douyin encrypts its recipients, so it cannot be identified either.
"""
