"""The 26 mistakes seen in other tools: which of them data can show, and why the others cannot happen here.

=====  =====================================================  ==========================================================
trap   mistake                                                shown by a check, or impossible by construction
=====  =====================================================  ==========================================================
T1     order total repeated on each line                      ``repeated_total``
T2     unobserved cohort cells filled with 0                  cells without observation have no value
T3     trend from an immature last cohort                     only mature cohorts are compared
T4     churn label made of a feature                          nothing predicts churn from recency
T5     ties ranked apart                                      equal customers share a score
T6     fixed advice                                           advice follows findings
T7     interval = ±10 %                                       intervals are estimated
T8     missing prices and ids filled                          ``filled_prices`` ``placeholder_buyer`` ``damaged_ids``
T9     filter on the wrong column                             filters are dimensions of the registry
T10    future returns counted in earlier months               facts never look ahead
T11    first order turned into returning                      kind of buyer as of the order
T12    daily uniques added up                                 distinct counts are computed per window
T13    repeat in the first month counted as new               sequence by order
T14    calendar cut-off                                       elapsed days per customer
T15    cohorts compared at unequal age                        equal ages only
T16    growth from 0 shown as 0 %                             no growth rate from zero
T17    partial and full refund both counted                   ``refund_double`` ``refund_above_order``
T18    refund of a guest a returning customer                 ``guest_refunds`` ``anonymous_orders``
T19    closed orders counted as valid                         ``closed_after_payment`` ``refund_assumed``
T20    gift cards, tax, shipping in or out                    ``shipping_paid`` ``tax_paid`` ``gift_cards_sold``
T21    customer spend per order                               two metrics with two names
T22    ratio upside down                                      the unit says which way up
T23    OTIF multiplied; mixed price bases                     counted jointly; one basis, stated
T24    negative stock; stock-outs as no demand                ``negative_stock`` ``stock_outs``
T25    GBK read as UTF-8; CSV without BOM                     ``garbled_text``; exports carry a BOM
T26    members against others without alignment               ``late_members`` ``undated_members``
=====  =====================================================  ==========================================================
"""

from dataclasses import dataclass

from ecodash.core.text import Text
from ecodash.session.checks import CHECKS


@dataclass(frozen=True, kw_only=True)
class Trap:
    """One mistake of the field. ``prevented`` says why it cannot happen here; None where checks look for it in the data."""

    code: str
    name: Text
    prevented: Text | None = None

    @property
    def checks(self) -> tuple[str, ...]:
        """Codes of the checks that look for it."""
        return tuple(check.code for check in CHECKS if self.code in check.traps)


_ROWS = (
    ("T1", "订单总额重复在每一行", "Order total repeated on each line", "", ""),
    ("T2", "还没发生的同期群格子填 0", "Future cohort cells filled with 0", "没有观察到的格子没有值。", "A cell nobody has observed has no value."),
    ("T3", "用未成熟的最近同期群看趋势", "Trend read from an immature cohort", "只比较观察满期的同期群。", "Only cohorts observed to the end are compared."),
    ("T4", "用“最近购买”预测由它定义的流失", "Churn predicted from what defines it", "没有任何结果由自己的定义预测。", "Nothing is predicted from its own definition."),
    ("T5", "同样的客户被排成不同分数", "Equal customers scored apart", "数值相同的客户分数相同。", "Equal customers get equal scores."),
    ("T6", "不看数据的固定建议", "Fixed advice whatever the data", "建议只跟随查到的问题。", "Advice follows findings only."),
    ("T7", "±10% 冒充置信区间", "±10 % passed off as an interval", "区间都由数据估计。", "Intervals are estimated from the data."),
    ("T8", "缺失的价格和编号被填上", "Missing prices and ids filled in", "", ""),
    ("T9", "筛选用错列，或在分群之后筛选", "Filter on the wrong column or after cohorting", "筛选只有一处声明；先定同期群，再筛订单。", "A filter is declared once; cohorts are settled before orders are filtered."),
    ("T10", "把未来的回购算进更早的月份", "Future returns counted in earlier months", "任何一行只用它之前的数据。", "A row uses only what lies before it."),
    ("T11", "后来的订单把首单改成老客", "First order turned into returning", "新老客按下单当时判定。", "New or returning is settled as of the order."),
    ("T12", "把每日去重人数相加", "Daily uniques added up", "人数按所选期间重新去重。", "People are counted anew for each window."),
    ("T13", "首购当月的复购算作新客销售", "Repeat in the first month counted as new", "新老客逐单判定，不按月。", "Judged order by order, not by month."),
    ("T14", "按日历截止而不是满 N 天", "Calendar cut-off instead of N days", "每位客户从自己的首购日起算满 N 天。", "Every customer has N days from the first purchase."),
    ("T15", "不同年龄的同期群直接比较", "Cohorts compared at unequal age", "只在相同时长上比较。", "Compared at equal age only."),
    ("T16", "从 0 增长显示为 0%", "Growth from 0 shown as 0 %", "从 0 开始没有增长率，只说新增。", "There is no growth rate from zero."),
    ("T17", "部分退款与全额退款重复计", "Partial and full refund both counted", "", ""),
    ("T18", "游客退款被当成老客", "Refund of a guest shown as a returning customer", "", ""),
    ("T19", "退款关闭的订单算有效", "Closed orders counted as valid", "", ""),
    ("T20", "礼品卡、税、运费时计时不计", "Gift cards, tax and shipping in or out", "", ""),
    ("T21", "客单价按订单算", "Spend per customer divided by orders", "客单价按人、笔单价按单，是两个指标。", "Per buyer and per order are two metrics with two names."),
    ("T22", "比率上下颠倒", "Ratio printed upside down", "每个比率都写出分子和分母。", "Every ratio states what is divided by what."),
    ("T23", "OTIF 两率相乘；周转混用价格", "OTIF multiplied; turnover on mixed prices", "按订单同时判定；价格口径唯一并写明。", "Judged jointly per order; one price basis, stated."),
    ("T24", "负库存；缺货日当作没有需求", "Negative stock; stock-outs taken as no demand", "", ""),
    ("T25", "GBK 当 UTF-8 读；导出没有 BOM", "GBK read as UTF-8; CSV without BOM", "", ""),
    ("T26", "会员与非会员不对齐就比较", "Members compared without aligning time", "", ""),
)  # fmt: skip
TRAPS = tuple(
    Trap(code=code, name=Text(zh, en), prevented=Text(why_zh, why_en) if why_zh else None)
    for code, zh, en, why_zh, why_en in _ROWS
)
