"""Numbers of acquisition the documents do not name: LTV:CAC, and MER both ways up."""

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.acquisition import answers
from ecodash.metrics.answered import Analysed
from ecodash.metrics.metric import Better, Definition, Metric

_ADS = (("ad_spend", ("date", "spend")), ("orders", ("paid_at", "paid_amount")))

UNIT_ECONOMICS = (
    Metric(
        id="ltv_cac_ratio",
        family="acquisition",
        name=Text("客户价值与获客成本之比", "Customer value to cost (LTV:CAC)"),
        meaning=Text(
            "观察满 12 个月的客户平均价值，是一位新客获客成本的几倍。",
            "How many times its cost a customer watched for 12 months is worth.",
        ),
        formula=Text(
            "首购满 12 个月客户的平均价值 ÷（自有广告花费 ÷ 新客数）",
            "mean value of customers watched for 12 months ÷ (own ad spend ÷ new customers)",
        ),
        unit=Unit.TIMES,
        better=Better.HIGHER,
        grain=Text("每位客户", "one customer"),
        requires=_ADS,
        source="Product definitions: LTV_H ÷ CAC",
        caveat=Text(
            "价值有成本时按毛利、否则按净销售额；“3:1”是软件订阅行业的经验。",
            "Value is on margin where costs are known, else on net sales; “3:1” is a rule of software subscriptions.",
        ),
        definitions=(
            Definition(
                id="observed_12m",
                name=Text("已实现 12 个月", "Observed 12 months"),
                meaning=Text("只用已经发生的购买，不用预测。", "Only purchases that happened, no forecast."),
                how=Analysed(answer=answers.ltv_to_cac),
                source="Product definitions: LTV_H ÷ CAC",
            ),
        ),
    ),
    Metric(
        id="mer",
        family="acquisition",
        name=Text("营销效率 MER", "Marketing efficiency ratio (MER)"),
        meaning=Text(
            "全店净销售额与自有广告花费之比，不分哪一单是广告带来的。",
            "Net sales of the whole shop against its own ad spend, whichever order an ad brought.",
        ),
        formula=Text("净销售额 ÷ 广告花费", "net sales ÷ ad spend"),
        unit=Unit.TIMES,
        better=Better.HIGHER,
        grain=Text("每日广告花费", "one day of ad spend"),
        requires=_ADS,
        source="Product definitions: ROAS / MER",
        caveat=Text(
            "有的工具用相反的分式；比较前先看分式。",
            "Some tools use the inverse fraction; look at it before comparing.",
        ),
        not_the_same_as=("roas",),
        definitions=(
            Definition(
                id="revenue_per_spend",
                name=Text("净销售额 ÷ 广告花费", "Net sales ÷ ad spend"),
                meaning=Text("每 1 元广告花费对应的净销售额。", "Net sales per unit of ad spend."),
                how=Analysed(answer=answers.mer),
                source="Product definitions: ROAS / MER",
            ),
            Definition(
                id="spend_per_revenue",
                name=Text("广告花费 ÷ 净销售额", "Ad spend ÷ net sales"),
                meaning=Text("每 1 元净销售额花掉的广告费。", "Ad spend per unit of net sales."),
                how=Analysed(answer=answers.mer_inverse),
                source="Product definitions: ROAS / MER",
            ),
        ),
    ),
)
