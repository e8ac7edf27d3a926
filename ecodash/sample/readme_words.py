"""The words of the README of the sample folder; the figures come from ``readme``."""

TEMPLATE = """# 示例店铺：山野集 · Sample shop: Hillfield

山野集是虚构的户外家居品牌。本文件夹是程序按随机种子生成的各平台原始导出文件：表头、编码、状态、怪癖都与真实导出一致，
人物、电话（100 开头的空号）、邮箱（example.com）、快递公司全部是编造的。期间 {start} 至 {end}，共 {orders} 张订单，种子 {seed}。

Hillfield is an imaginary outdoor and home brand. These are raw platform exports made by a seeded program: headers,
encodings, statuses and quirks are those of real exports; people, phones (unused prefix 100), mails (example.com) and
carriers are invented. {start} to {end}, {orders} orders, seed {seed}.

    ecodash sample 文件夹 --orders {orders} --seed {seed}

## 正确答案 · Right answers

付款订单：收到过钱的订单，后来退款的也算。复购：首次付款后 90 天内（按天，不含当天）再次付款，只数已满 90 天的首购买家，
按首购平台归类；小程序与门店按手机号认人，是同一批客户。金额含运费，为各平台币种。京东订单导出不含售后退款，只看得出发货前
取消的订单；拼多多、抖音导出不含买家身份，所以没有复购率。

Paid orders are those for which money came in, also when it went back later. Repurchase: paid again on a later day
within 90 days of the first paid day, counting only first-time buyers who have had 90 days, by the platform of the first
purchase; mini-program and stores know buyers by phone, they are the same people. Amounts include shipping and are in the
platform's currency. JD's order export holds no after-sale refunds, only orders cancelled before dispatch; Pinduoduo and
Douyin do not say who bought, so they have no repurchase rate.

| 平台 platform | 单据 documents | 付款订单 paid | 实付 amount paid | 退款 refunds | 买家 buyers | 90 天复购 repurchase |
|---|---|---|---|---|---|---|
{rows}

## 埋入的事实 · What was planted

- **没有效果的会员体系 A loyalty programme without effect**：小程序买家每付一次款就可能入会（第一次 16%，第二次 55%，以后 50%），入会不改变任何
  行为。朴素比较“入过会 vs 从未入会”的 90 天复购：{naive}。按首购后第 30 天的身份分组、只在此前订单数相同的买家之间比较
  第 31–120 天的复购：{fair}。真实效果为 0。
  Buyers of the mini-program may join whenever they have paid; joining changes nothing, but keen buyers pay more often. The
  naive comparison of who ever joined shows the gap above; fixed on day 30 and compared among buyers with equally many
  orders until then, nothing is left. The true effect is 0.
- **真实的私域效果 A true private-domain effect**：导购用抛硬币的方式决定加谁的企业微信（首单后 2–25 天），因此而回来买的占 {effect} 个百分点。
  已满 90 天的 {contacts} 个好友里，有 {brought} 人（{brought_share}）只因加了好友才在 90 天内复购。按第 30 天分组比较第 31–120 天：{contact}。
  Whom a guide adds on WeCom is decided by a coin. Of the contacts with 90 days of history the share above came back only
  because of it.
- **断货与流失的销量 Stock-out and lost sales**：`{out_sku}` 在 {out_from} 至 {out_to} 断货，期间一件也没卖出，各仓库存为 0；若有货本可再卖 {lost} 件
  （这些需求不在任何订单里）。
  The best-selling bottle sold nothing in these days; {lost} more pieces would have been sold, none of them is in any order.
- **合计与各部分反向 The total moves against every part**：比较 {year_1} 与 {year_2}，每个平台的笔单价都上升（{repriced} 全线调价），但便宜的拼多多
  占比大增，合计反而下降。美元按 exchange_rates 折算，单位元。
  Every platform's order value rises, the total falls, because the cheap platform grew:

| 平台 platform | {year_1} | {year_2} | 变化 change |
|---|---|---|---|
{mix}

- **调价 Price change**：`{price_sku}` 于 {raised} 由 {old_price} 元提到 {new_price} 元，需求弹性 {elasticity}，需求减少 {less}；食品不参加其他调价。
  The coffee became dearer on that day; elasticity {elasticity}, demand falls by {less}.
- **大促 Festivals**：618（6 月 16–18 日）与双 11 的需求是平日的 5 倍和 8 倍，10 月 24 日起、6 月 1 日起预热，打 85 折；
  海外站没有这些，只有黑色星期五。
  618 and Double 11 bring 5 and 8 times a usual day, with 15 % off; the shop abroad knows only Black Friday.
- **春节移动 Lunar new year shifts**：{lunar}；前三周备年货（需求 1.2 倍），前后停发（需求 0.35 倍，七成回购等到复工再买）。
  Three weeks of gifts before it, parcels rest around it (0.35 times; seven in ten repeat orders wait); on another date
  each year.
- **季节 Seasons**：帐篷、折叠椅、T 恤夏季好卖，冲锋衣、抓绒、盖毯冬季好卖，徒步用品春秋好卖；南方多卖夏装、少卖冬装，西部多卖徒步用品。
  Tents, chairs and tees sell in summer; shells, fleece and blankets in winter; hiking gear in spring and autumn; more
  summer goods in the south, more hiking gear in the west.
- **复购 Repeat buying**：首单之后还会再买的平均概率（不限时间）：{chances}；买家的热情各不相同（0.5、1、1.5 倍）；每多买一次概率再升两成。
  间隔中位数 40–60 天；4 % 的再次下单发生在同一天；35 % 的人会等两周内的大促。
  The mean chance that a first order is ever followed by another is given above; buyers differ in keenness (0.5, 1, 1.5
  times); it rises by a fifth with each further order. Median gap 40–60 days; 4 % of repeat orders come on the same day;
  35 % wait for a festival within two weeks.
- **退款潮 Refund wave**：{wave_from} 至 {wave_to} 付款的 `{wave_sku}` 是问题批次，{sold} 行中 {back} 行退货，淘宝退款原因为“质量问题”。
  A faulty batch: of {sold} lines of `{wave_sku}` paid in these days, {back} came back.
- **疑似刷单 Brushing**：淘宝 {brushed} 单，集中在 {evenings} 晚 23:20 起六分钟内，同一商品、同一金额 {brushed_amount} 元、同一地址，没有包裹，收货后一小时内五星好评，
  买家此后再未出现，也无退款。
  So many Taobao orders within six minutes of these evenings: same product, amount and street, no parcel, five stars within
  the hour, buyers never seen again.
- **一家快递总迟到 One carrier is late**：晚于承诺时间送达的包裹：{late}。
  Parcels that came after the promised moment, by carrier.
- **滞销 Dead product**：`{dead_sku}` 最后一次售出不晚于 {dead}，仍有库存 460 件。
  Last sold no later than {dead}; 460 pieces still in stock.
- **新品 New product**：`{new_sku}` 于 {new} 上架，两个月内逐渐放量。
  On sale since {new}, growing for two months.
- **没有买家身份的渠道 Channels without buyer identity**：拼多多（抖音的收件人是加密的，同样不能识别）；门店有四分之一的订单不留手机号。
  Pinduoduo; Douyin encrypts its recipients; a quarter of the store orders leave no phone.

## 文件 · Files

平台导出：淘宝（订单、宝贝、退款）、京东（订单、月账单）、拼多多、抖音（订单、动账、直播）、有赞（订单、商品、客户）、企业微信、Shopify（订单、库存）、
旺店通（库存、出库）、万相台、Meta 广告。其余是运营自己的表，列名即 ecodash 的标准列名；其中客户写作 `phone:号码`，与小程序是同一批人。
框架的 33 张标准表全部有数据。

Platform exports: Taobao, JD, Pinduoduo, Douyin, Youzan, WeCom, Shopify, Wangdiantong, Alimama, Meta. The others are the
operator's own lists under the canonical column names; customers are written `phone:number` there and are the same people
as in the mini-program. All 33 canonical tables of the framework have rows.
"""
