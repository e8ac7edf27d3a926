"""Every way people count repurchase, as a tree: each reading differs from its parent by exactly one rule.

The root is the house's own: first-time buyers, each watched for N days, back on another day. Steps along a branch add up
to the whole difference between the root and a reading, since each is the difference of two computed numbers.
"""

from dataclasses import dataclass

from ecodash.core.text import Text
from ecodash.metrics.metric import Until, Within

ROOT = "days"
NOBODY = Text("", "")
Asked = str | Within
"""A metric of the registry with its definition, or a reading that exists only as a step between two others."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One node of the tree. ``rule`` is what changes from ``parent``; ``by`` whose reading it is, empty for a mere step.

    ``offset``: of a cohort matrix, the period that is read. ``any_day``: the step that counts orders of one day twice.
    """

    id: str
    asked: Asked
    rule: Text
    parent: str | None = ROOT
    by: Text = NOBODY
    offset: int | None = None
    any_day: bool = False

    @property
    def listed(self) -> bool:
        """Whether anybody publishes the number; the others are steps in between."""
        return bool(self.by.en)


def readings(days: int) -> tuple[Reading, ...]:
    """The tree for N days, parents before children."""
    return (*_of_first_purchases(days), *_of_cohorts(days), *_of_windows(days))


def _of_first_purchases(days: int) -> list[Reading]:
    metric, step = f"repurchase_{days}d", Within(days=days, watched=False)
    return [
        Reading(
            id=ROOT, asked=f"{metric}:day", parent=None, by=Text("ecodash 默认", "ecodash default"),
            rule=Text(
                f"只看首购客户，每人看满 {days} 天，另一天再买才算",
                f"first-time buyers only, each watched for {days} days, back on another day",
            ),
        ),
        Reading(
            id="same_day", asked=f"{metric}:order", by=Text("Tresl", "Tresl"),
            rule=Text("同一天的第二单也算", "a second order on the same day counts too"),
        ),
        Reading(
            id="curve", asked=f"{metric}:curve", by=Text("生存分析", "Survival analysis"),
            rule=Text("没看满的客户按已看的天数计入", "customers not watched long enough count for the days they were"),
        ),
        Reading(
            id="unwatched", asked=f"{metric}:unwatched", by=Text("常见错误", "Usual mistake"),
            rule=Text("没看满的客户也进分母", "customers not watched long enough count as not back"),
        ),
        Reading(
            id="ever", asked=Within(days=days, watched=False, until=Until.EVER), parent="unwatched",
            rule=Text("不设期限，至今再买过就算", "no deadline: back at any time up to now"),
        ),
        Reading(
            id="at_or_after", asked=f"{metric}:at_or_after", parent="ever", by=Text("Peel 留存", "Peel retention"),
            rule=Text(f"只算第 {step.months} 个自然月及以后的购买", f"only purchases from calendar month {step.months} on"),
        ),
        Reading(
            id="calendar", asked=f"{metric}:calendar", by=Text("Fairview", "Fairview"),
            rule=Text("期限是月末，不是每人同样的天数", "the deadline is a month end, not as many days for everyone"),
        ),
    ]  # fmt: skip


def _of_cohorts(days: int) -> list[Reading]:
    month = Within(days=days).months
    return [
        Reading(
            id="cumulative", asked="cohort_retention_cumulative:calendar", parent="calendar", offset=month,
            by=Text("Peel 复购", "Peel repurchase"),
            rule=Text("只看整月的同期群", "whole monthly cohorts only"),
        ),
        Reading(
            id="active", asked="cohort_retention_curve:calendar", parent="cumulative", offset=month,
            by=Text("Peel 各月回购", "Peel returning by cohort"),
            rule=Text(f"只算恰好在第 {month} 个月来买的", f"only those who buy in month {month} itself"),
        ),
        Reading(
            id="elapsed", asked="cohort_retention_curve:elapsed", parent="active", offset=month,
            by=Text("Tresl M1…Mn", "Tresl M1…Mn"),
            rule=Text("每人 30 天一期，不按自然月", "own spans of 30 days instead of calendar months"),
        ),
    ]  # fmt: skip


def _of_windows(days: int) -> list[Reading]:
    shopify = "returning_customer_rate"
    return [
        Reading(
            id="new_in_window", asked=Within(days=days, watched=False, until=Until.WINDOW), parent="unwatched",
            rule=Text("期限是窗口结束，不是 N 天", "the deadline is the end of the window, not N days"),
        ),
        Reading(
            id="person_day", asked="repurchase_rate:person_day", parent="new_in_window",
            by=Text("复购率（按人·按天去重）", "China: by person, days"),
            rule=Text("窗口里的老客也算进来", "old buyers of the window join"),
        ),
        Reading(
            id="person", asked="repurchase_rate:person", parent="person_day",
            by=Text("复购率（按人）· RCI", "China: by person · RCI"),
            rule=Text("同一天的第二单也算", "a second order on the same day counts too"),
        ),
        Reading(
            id="transaction", asked="repurchase_rate:transaction", parent="person",
            by=Text("复购率（按交易）", "China: by transaction"),
            rule=Text("数订单，不数人", "orders are counted, not people"),
        ),
        Reading(
            id="cross", asked="cross_window_rate:next_period", parent="person_day",
            by=Text("回购率（跨窗口）", "China: next window"),
            rule=Text("看下一个窗口，不看同一个窗口", "the next window instead of the same one"),
        ),
        Reading(
            id="earlier", asked=f"{shopify}:earlier_order", parent="person_day",
            by=Text("Shopify 老客占比（RCI）", "Shopify returning rate (RCI)"),
            rule=Text("窗口之前的购买也算", "purchases before the window count too"),
        ),
        Reading(
            id="earlier_any", asked=f"{shopify}:earlier_order", parent="earlier", any_day=True,
            rule=Text("同一天的第二单也算", "a second order on the same day counts too"),
        ),
        Reading(
            id="whole_history", asked=f"{shopify}:whole_history", parent="earlier_any",
            by=Text("Shopify 客户报告", "Shopify customer reports"),
            rule=Text("窗口之后的订单也算（用到未来）", "orders after the window count too (looks ahead)"),
        ),
        Reading(
            id="orders", asked="returning_order_share:standard", parent="earlier_any",
            by=Text("Triple Whale", "Triple Whale"), rule=Text("数订单，不数人", "orders are counted, not people"),
        ),
        Reading(
            id="retained", asked="returning_order_share:retained", parent="orders",
            by=Text("By the Numbers", "By the Numbers"),
            rule=Text("只算距上一单 90 天以内的", "only orders at most 90 days after the one before"),
        ),
    ]  # fmt: skip
