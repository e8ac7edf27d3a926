"""Indicators of word of mouth: the viral coefficient, whether referred customers come back, what social customers cost."""

import narwhals as nw

from ecodash.analysis.risk_ratio import relative_lift
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.period import Period
from ecodash.core.period import day_number as number_of
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.acquisition.newcomers import newcomers
from ecodash.metrics.acquisition.spend import ads, covered, places
from ecodash.metrics.answered import Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.sold import profiles, sales
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

DAYS = 90
SOCIAL = ("social", "live", "community")
NO_REFERRED = Text("没有观察满 90 天的被推荐客户，无从比较。", "No referred customer has been watched for 90 days.")
NO_SOCIAL = Text(
    "这段时间没有社交渠道的新客，或没有付费广告带来的新客，无从比较。",
    "There are no new customers of social channels, or none of paid ads, to compare.",
)


def _shared(reading: Reading, window: Window) -> Frame:
    rows = reading.table("referrals").with_columns(day=day_number(nw.col("shared_at")))
    return rows.filter(inside(window.days, "day"))


def k_factor(reading: Reading, window: Window) -> Answered:
    """Invited people who bought ÷ customers who bought in the window."""
    came = ~nw.col("invitee_id").is_null() & ~nw.col("order_id").is_null()
    converted = collected(_shared(reading, window).filter(came).select("invitee_id").unique()).height
    active = sales(reading, window).filter(~nw.col("customer_id").is_null()).select("customer_id").unique()
    n = collected(active.select(n=nw.len())).item()
    return Answered(value=converted / n if n else None, n=int(n), successes=converted if converted <= n else None)


def repurchase_lift(reading: Reading, window: Window) -> Answered:
    """90-day repurchase of referred customers ÷ that of the others − 1, each watched for 90 days."""
    end = number_of(window.data.end) - DAYS
    named = profiles(reading, "referrer_id")
    first = inside(window.days, "first_day")
    rows = (
        reading.fact("customers")
        .filter(first, nw.col("first_day") <= end)
        .select("customer_id", "first_day", "second_day")
    )
    marked = rows.join(named, on="customer_id", how="left").with_columns(
        referred=(~nw.col("referrer_id").is_null()).cast(nw.Int64),
        back=(nw.col("second_day") - nw.col("first_day") <= DAYS).fill_null(value=False).cast(nw.Int64),
    )
    table = collected(marked.group_by("referred").agg(back=nw.col("back").sum(), n=nw.len()))
    counts = {kind: (int(back), int(n)) for kind, back, n in table.select("referred", "back", "n").iter_rows()}
    found = relative_lift(counts.get(1, (0, 0)), counts.get(0, (0, 0)), level=window.level)
    smaller = min(counts.get(1, (0, 0))[1], counts.get(0, (0, 0))[1])
    if found is None:
        return Answered(value=None, n=smaller, status=Status.NOT_APPLICABLE, reason=NO_REFERRED)
    ends = found.interval
    return Answered(value=found.value, n=smaller, low=ends.low if ends else None, high=ends.high if ends else None)


def social_cac_ratio(reading: Reading, window: Window, *, subsidy: bool = False) -> Answered:
    """Cost of a new customer of social channels ÷ cost of one that paid ads brought.

    Social: referred, or first bought in a social, live or community channel; their cost is rewards and the spend on
    those channels, with ``subsidy`` also what group prices gave away on their first orders. Paid: all other new
    customers whose first channel has ads, at the spend of all other channels.
    """
    days = covered(reading, window.days) or window.days
    social = _social(reading)
    spent = collected(ads(reading).filter(inside(days, "day")).group_by("channel").agg(nw.col("spend").sum()))
    cost = {channel: float(money or 0) for channel, money in spent.iter_rows()}
    shared = _shared(reading, Window(days=days, data=window.data))
    rewards = collected(shared.select(rewards=nw.col("reward_amount").sum())).item()
    came = _came(reading, days, social)
    counted = collected(came.group_by("near", "source").agg(n=nw.len()))
    ours = sum(n for near, _, n in counted.iter_rows() if near)
    theirs = sum(n for near, source, n in counted.iter_rows() if not near and _advertised(source, cost))
    given = _given_away(reading, came) if subsidy else 0.0
    top = sum(money for channel, money in cost.items() if channel in social) + int(rewards or 0) / SCALE + given
    bottom = sum(money for channel, money in cost.items() if channel not in social)
    if not ours or not theirs or bottom <= 0:
        return Answered(value=None, n=ours, status=Status.NOT_APPLICABLE, reason=NO_SOCIAL)
    return Answered(value=(top / ours) / (bottom / theirs), n=min(ours, theirs))


def _social(reading: Reading) -> set[str]:
    kinds = reading.table("channels").filter(nw.col("kind").is_in(SOCIAL)).select("channel_id").unique()
    return set(collected(kinds)["channel_id"].to_list())


def _came(reading: Reading, days: Period, social: set[str]) -> Frame:
    """New customers of the days: customer_id, source, near (1: referred, invited, or of a social channel)."""
    shared = reading.table("referrals").filter(~nw.col("order_id").is_null(), ~nw.col("invitee_id").is_null())
    invited = shared.select(customer_id=nw.col("invitee_id"), invited=nw.lit(1)).unique()
    people = newcomers(reading).filter(inside(days, "first_day"))
    for marks in (profiles(reading, "referrer_id"), invited):
        people = people.join(marks, on="customer_id", how="left")
    near = nw.col("source").is_in(sorted(social)) | ~nw.col("referrer_id").is_null() | ~nw.col("invited").is_null()
    return people.select("customer_id", "source", near=near.fill_null(value=False).cast(nw.Int64))


def _advertised(source: str, cost: dict[str, float]) -> bool:
    """Whether a channel, or its platform, has ads."""
    return bool(places(list(cost), [source]))


def _given_away(reading: Reading, came: Frame) -> float:
    """Solo price less group price, once per first order of a social customer in a group that came about."""
    first = reading.fact("customers").select("customer_id", "first_order_id")
    orders = reading.table("orders").select("group_id", first_order_id=nw.col("order_id"))
    made = (
        reading.table("groups")
        .filter(nw.col("succeeded"))
        .select("group_id", saved=nw.col("solo_price") - nw.col("group_price"))
    )
    rows = came.filter(nw.col("near") == 1).join(first, on="customer_id", how="inner")
    found = rows.join(orders, on="first_order_id", how="inner").join(made, on="group_id", how="inner")
    return int(collected(found.select(saved=nw.col("saved").sum())).item() or 0) / SCALE
