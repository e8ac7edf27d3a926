"""The costs and paybacks of the page as answers of metrics, and conversion with and without recommendations."""

from collections.abc import Mapping

import narwhals as nw

from ecodash.analysis.risk_difference import Arm, risk_difference
from ecodash.analysis.risk_ratio import relative_lift
from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.acquisition.cost import Cost, cost
from ecodash.metrics.acquisition.funnel import Step, funnel
from ecodash.metrics.acquisition.payback import Payback, paybacks
from ecodash.metrics.acquisition.returns import returns
from ecodash.metrics.answered import Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

NO_ADS = Text("所选时间内没有广告投放数据。", "There is no advertising in the window.")
NO_NEW = Text("这些渠道在这段时间没有新客，没有可除的数。", "These channels won no new customer in the window.")
NOBODY = Text("还没有客户观察满 12 个月。", "No customer has been watched for 12 months yet.")
NOT_YET = Text("12 个月内没有回本。", "Not paid back within 12 months.")
NO_ARMS = Text(
    "流量数据没有同时包含有推荐与无推荐的访客分组。", "Traffic has no visitors both with and without recommendations."
)


def whole_cac(reading: Reading, window: Window) -> Answered:
    """All own spend ÷ all new customers of the shop."""
    return _cac(cost(reading, window.days).whole)


def paid_cac(reading: Reading, window: Window) -> Answered:
    """Spend of channels with ads ÷ new customers whose first channel they are."""
    return _cac(cost(reading, window.days).placed)


def claimed_cac(reading: Reading, window: Window) -> Answered:
    """All own spend ÷ the new customers the ad reports claim."""
    found = cost(reading, window.days).whole
    return Answered(value=found.cac_claimed, n=found.claimed or 0, reason=NO_NEW)


def cac_by_channel(reading: Reading, window: Window) -> Mapping[str, Answered]:
    """Spend of a channel ÷ new customers whose first channel it is."""
    return {one.place: _cac(one) for one in cost(reading, window.days).places}


def _cac(found: Cost) -> Answered:
    if found.cac is None:
        none = NO_NEW if found.spend else NO_ADS
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=none)
    return Answered(value=found.cac, n=found.customers, low=found.low, high=found.high)


def payback_months(reading: Reading, window: Window) -> Answered:
    """First month by which a customer's value so far is at least what he cost, for the whole shop."""
    found = paybacks(reading, window.days)
    return Answered(value=None, n=0, reason=NO_ADS) if found is None else _months(found.whole)


def payback_by_channel(reading: Reading, window: Window) -> Mapping[str, Answered]:
    """The same for every channel with ads."""
    found = paybacks(reading, window.days)
    return {} if found is None else {one.cost.place: _months(one) for one in found.all[1:]}


def _months(one: Payback) -> Answered:
    if one.cost.cac is None:
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=NO_NEW if one.cost.spend else NO_ADS)
    if one.curve.is_empty():
        return Answered(value=None, n=0, status=Status.IMMATURE, reason=NOBODY)
    if one.month is None:
        return Answered(value=None, n=one.customers, status=Status.IMMATURE, reason=NOT_YET)
    ends = (one.earliest, one.latest) if one.latest is not None else (None, None)
    return Answered(value=one.month, n=one.customers, low=ends[0], high=ends[1])


def ltv_to_cac(reading: Reading, window: Window) -> Answered:
    """Value of customers watched for 12 months ÷ cost per new customer of the window."""
    found = paybacks(reading, window.days)
    if found is None or found.whole.ratio is None:
        return Answered(value=None, n=0, status=Status.NOT_APPLICABLE, reason=NO_ADS)
    one = found.whole
    low, high = one.curve["low"][-1], one.curve["high"][-1]
    dear, cheap = one.cost.high, one.cost.low
    known = None not in (low, high, dear, cheap)
    return Answered(
        value=one.ratio, n=one.customers, low=low / dear if known else None, high=high / cheap if known else None
    )


def mer(reading: Reading, window: Window) -> Answered:
    """Net sales of the whole shop ÷ own ad spend, in the days ads are known of."""
    found = returns(reading, window.days)
    return Answered(value=found.revenue_per_spend, n=found.spent.rows, reason=NO_ADS)


def mer_inverse(reading: Reading, window: Window) -> Answered:
    """Own ad spend ÷ net sales of the whole shop."""
    found = returns(reading, window.days)
    value = found.spend_per_revenue if found.spent.days is not None else None
    return Answered(value=value, n=found.spent.rows, reason=NO_ADS)


def through(reading: Reading, window: Window) -> Answered:
    """Buyers ÷ visitors over the rows that know both."""
    return _step(funnel(reading, window.days).through)


def step_rates(reading: Reading, window: Window) -> Mapping[str, Answered]:
    """Every step of the funnel by its end: product_viewers, cart_users, buyers."""
    return {one.end: _step(one) for one in funnel(reading, window.days).steps}


def _step(one: Step) -> Answered:
    inside_ = one.interval
    return Answered(
        value=one.rate,
        n=one.came,
        low=inside_.low if inside_ else None,
        high=inside_.high if inside_ else None,
        successes=one.done if inside_ else None,
    )


def arms(reading: Reading, window: Window) -> Frame:
    """Traffic rows of visitors with and without recommendations: arm, visitors, buyers."""
    rows = reading.table("traffic_daily").with_columns(day=day_number(nw.col("date")))
    known = ~nw.col("visitors").is_null() & ~nw.col("buyers").is_null()
    rows = rows.filter(inside(window.days, "day"), known, nw.col("segment").is_in(("rec", "no_rec")))
    return rows.select("load_id", "row_no", "day", "visitors", "buyers", arm=nw.col("segment"))


def _counts(reading: Reading, window: Window) -> tuple[tuple[int, int], tuple[int, int]]:
    table = collected(arms(reading, window).group_by("arm").agg(nw.col("buyers", "visitors").sum()))
    found = {
        arm: (int(buyers), int(visitors))
        for arm, buyers, visitors in table.select("arm", "buyers", "visitors").iter_rows()
    }
    return found.get("rec", (0, 0)), found.get("no_rec", (0, 0))


def rec_lift(reading: Reading, window: Window) -> Answered:
    """Conversion with recommendations ÷ conversion without − 1."""
    ours, theirs = _counts(reading, window)
    found = relative_lift(ours, theirs, level=window.level)
    n = min(ours[1], theirs[1])
    if found is None:
        return Answered(value=None, n=n, status=Status.NOT_APPLICABLE, reason=NO_ARMS)
    ends = found.interval
    return Answered(value=found.value, n=n, low=ends.low if ends else None, high=ends.high if ends else None)


def rec_points(reading: Reading, window: Window) -> Answered:
    """Conversion with recommendations − conversion without, as a difference of shares."""
    ours, theirs = (Arm(n=n, total=done, squares=done) for done, n in _counts(reading, window))
    found = risk_difference(ours, theirs, level=window.level)
    n = min(ours.n, theirs.n)
    if found is None:
        return Answered(value=None, n=n, status=Status.NOT_APPLICABLE, reason=NO_ARMS)
    return Answered(value=found.value, n=n, low=found.interval.low, high=found.interval.high)
