"""The indicators of acquisition and conversion: words from the documents' catalogue, computation from this package."""

from dataclasses import replace
from functools import partial

import narwhals as nw

from ecodash.analysis.effective_number import effective_number
from ecodash.analysis.random_groups import Sums
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.facts import Frame
from ecodash.metrics.acquisition import ad_lifts, answers, referred, sales_rows
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.indicators.cells import CLUSTER, of_cells
from ecodash.metrics.indicators.sold import ORIGIN, sales
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.indicators.years import NEW, growth, half, too_young
from ecodash.metrics.metric import Definition, Metric
from ecodash.metrics.reading import Reading


def _reading(name: str, how: Analysed, words: Text, meaning: Text, source: str) -> Definition:
    return Definition(id=name, name=words, meaning=meaning, how=how, source=source)


def _without(metric: Metric, *tables: str) -> Metric:
    """The metric where it can do without some of its tables: they only say more when they are there."""
    return replace(metric, requires=tuple((table, names) for table, names in metric.requires if table not in tables))


def _effective(sums: Sums) -> float | None:
    return effective_number(amount for amount, _ in sums.values())


def _by_half(reading: Reading, window: Window) -> Frame:
    rows = sales(reading).with_columns(cell=half(window))
    return rows.filter(~nw.col("cell").is_null()).select(*ORIGIN, "cell", amount=nw.col("paid"), **CLUSTER)


_GROWTH = of_cells(_by_half, growth, reason=NEW)


def _growth(reading: Reading, window: Window) -> Answered:
    return too_young(window) or _GROWTH.answer(reading, window)


_CAC = Analysed(answer=answers.whole_cac, groups={"channel": answers.cac_by_channel})
_PAID_CAC = Analysed(answer=answers.paid_cac, groups={"channel": answers.cac_by_channel})
_CLAIMED_CAC = Analysed(answer=answers.claimed_cac)
_PAYBACK = Analysed(answer=answers.payback_months, groups={"channel": answers.payback_by_channel})
_NET_UPLIFT = Analysed(answer=partial(ad_lifts.sales_uplift, net=True))
_SUBSIDISED = Analysed(answer=partial(referred.social_cac_ratio, subsidy=True))

ACQUISITION = (
    indicator("cpc_change", Analysed(answer=ad_lifts.cpc_change)),
    _without(
        indicator(
            "cac",
            _CAC,
            _reading(
                "paid",
                _PAID_CAC,
                Text("有投放的渠道", "Channels with ads"),
                Text(
                    "只算有投放的渠道：它们的花费 ÷ 首单来源是它们的新客。",
                    "Spend of channels with ads ÷ new customers whose first channel they are.",
                ),
                "Doc A, A2.6",
            ),
            _reading(
                "claimed",
                _CLAIMED_CAC,
                Text("按平台自报新客", "New customers as claimed"),
                Text(
                    "花费 ÷ 广告报表自报的新客数；几个平台可能认领同一位客户。",
                    "Spend ÷ new customers the ad reports claim; several may claim the same one.",
                ),
                "Doc A, A2.6",
            ),
        ),
        "customers",
    ),
    _without(
        indicator(
            "social_cac_ratio",
            Analysed(answer=referred.social_cac_ratio),
            _reading(
                "with_subsidy",
                _SUBSIDISED,
                Text("含拼团让利", "With the group subsidy"),
                Text(
                    "社交获客成本另加新客首单的拼团让利。",
                    "The social cost also counts what group prices gave away on first orders.",
                ),
                "Doc A, A2.6",
            ),
        ),
        "groups",
        "customers",
    ),
    indicator(
        "targeted_ctr_lift",
        Analysed(answer=ad_lifts.targeted_lift),
        _reading(
            "plain",
            Analysed(answer=partial(ad_lifts.targeted_lift, weighted=False)),
            Text("不分广告位", "Placements together"),
            Text(
                "全部广告位合在一起算；定向广告多放在好位置时会虚高。",
                "All placements together; too high where targeted ads get the better places.",
            ),
            "Doc B, B5.2",
        ),
    ),
    indicator("rich_media_engagement_lift", Analysed(answer=ad_lifts.rich_media_lift)),
    indicator(
        "ad_sales_uplift",
        Analysed(answer=ad_lifts.sales_uplift),
        _reading(
            "net_of_trend",
            _NET_UPLIFT,
            Text("扣除同类目走势", "Net of the category's trend"),
            Text(
                "再除以同类目未推广商品同期的倍数。",
                "Divided by the same multiple of unpromoted products of the category.",
            ),
            "Doc A, A2.3",
        ),
    ),
    _without(indicator("cac_payback_months", _PAYBACK), "customers", "order_items"),
    indicator("k_factor", Analysed(answer=referred.k_factor)),
    indicator("referral_order_share", sales_rows.REFERRAL_ORDERS),
    indicator("sharer_rate", sales_rows.SHARERS),
    indicator("viral_cycle_hours", sales_rows.CYCLE),
    indicator("referred_repurchase_lift", Analysed(answer=referred.repurchase_lift)),
    indicator("group_order_share", sales_rows.GROUP_ORDERS),
    indicator("group_saving_per_head", sales_rows.SAVING),
    indicator("content_gmv_share", sales_rows.CONTENT_SALES),
    indicator("ugc_review_share", sales_rows.MEDIA_ORDERS),
    indicator("gmv_growth_yoy", Analysed(answer=_growth, rows=_GROWTH.rows)),
    _without(
        indicator("marketing_channels_effective", of_cells(sales_rows.by_source, _effective)), "ad_spend", "referrals"
    ),
)
"""The rest of the family acquisition; what rests on ad reports and groups alone stands with them."""

CONVERSION = (
    indicator(
        "rec_conversion_lift",
        Analysed(answer=answers.rec_lift, rows=answers.arms),
        _reading(
            "points",
            Analysed(answer=answers.rec_points, rows=answers.arms),
            Text("百分点差", "In points"),
            Text("有推荐的转化率减无推荐的转化率。", "Conversion with recommendations minus conversion without."),
            "Doc A, A3.3",
        ),
    ),
    replace(
        indicator("funnel_step_rates", Analysed(answer=answers.through, groups={"step": answers.step_rates})),
        unit=Unit.RATIO,
    ),
    indicator("payment_success_rate", sales_rows.PAID),
    indicator("payment_methods_effective", of_cells(sales_rows.by_payment, _effective)),
    indicator("signup_to_first_order_rate", sales_rows.SIGNED_UP),
)
