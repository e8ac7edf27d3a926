"""Readings and the adjusted comparison as metrics of the registry: asked with a window, answered with one number."""

from collections.abc import Callable

from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Text
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.comparable.adjusted import Plan, adjusted
from ecodash.metrics.comparable.contrast import Contrast, Lift
from ecodash.metrics.comparable.exposure import Exposure
from ecodash.metrics.comparable.identity import arms
from ecodash.metrics.comparable.readings import Kind, in_window, readings
from ecodash.metrics.metric import Definition
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import scope

Part = Callable[[Lift], Estimate]
SOURCE = "ecodash"


def contrast_of(exposure: Exposure, reading: Reading, window: Window) -> Contrast:
    """The contrast among customers who first bought in the window, as known at the load asked for."""
    query = Query(window=window.days, as_of=reading.as_of, level=window.level)
    return Contrast(scope=scope(reading.source, query, window.data), exposure=exposure)


def answered(contrast: Contrast, estimate: Estimate) -> Answered:
    """An estimate as the answer of a metric; a warning where the two groups are known unequally well."""
    apart = arms(contrast).warning()
    return Answered(
        value=estimate.value,
        n=estimate.n,
        low=estimate.low,
        high=estimate.high,
        status=estimate.status,
        reason=estimate.reason,
        caveats=(*estimate.warnings, *([apart] if apart else [])),
    )


def missing(exposure: Exposure) -> Answered:
    """Nobody has the status in the data: what to upload."""
    return Answered(value=None, n=0, status=Status.MISSING, reason=exposure.upload)


def unadjusted(exposure: Exposure, part: Part, kind: Kind, days: int) -> Analysed:
    """One of the plain readings; ``part`` picks points or the relative lift."""

    def answer(reading: Reading, window: Window) -> Answered:
        contrast = contrast_of(exposure, reading, window)
        if not exposure.known(contrast.scope):
            return missing(exposure)
        if kind is Kind.WINDOW:
            return answered(contrast, part(in_window(contrast).lift))
        [found] = [one for one in readings(contrast, (days,)) if one.kind is kind]
        return answered(contrast, part(found.lift))

    return Analysed(answer=answer)


def among_comparable(exposure: Exposure, plan: Plan) -> Analysed:
    """The relative lift among comparable customers."""

    def answer(reading: Reading, window: Window) -> Answered:
        contrast = contrast_of(exposure, reading, window)
        if not exposure.known(contrast.scope):
            return missing(exposure)
        return answered(contrast, adjusted(contrast, plan).relative)

    return Analysed(answer=answer)


def plain_definitions(exposure: Exposure, part: Part) -> tuple[Definition, ...]:
    """Further readings of an unadjusted lift: by today's status as people usually mean it, and other numbers of days."""
    name = exposure.having
    found = [
        Definition(
            id="plain",
            name=Text("窗口内·当前身份", "In the window, status of today"),
            meaning=Text(
                f"窗口内买过的人，按现在是不是“{name.zh}”分组，看窗口内在两天及以上购买的比例。",
                f"Buyers of the window, grouped by the status of today ({name.en}): share with two purchase days in it.",
            ),
            how=unadjusted(exposure, part, Kind.WINDOW, 0),
            source=SOURCE,
            caveat=Text(
                "把因为回头才获得身份的顾客也算成身份的功劳，会偏高。",
                "Credits the status with customers who got it because they came back; too high.",
            ),
            looks_ahead=True,
        ),
        *(_days(exposure, part, Kind.TODAY, days) for days in (90,)),
        *(_days(exposure, part, Kind.START, days) for days in (30, 60, 180, 365)),
    ]
    return tuple(found)


def _days(exposure: Exposure, part: Part, kind: Kind, days: int) -> Definition:
    today = kind is Kind.TODAY
    since = exposure.landmark
    zh = f"首单后第 {since + 1}–{since + days} 天" if since else f"首单后 {days} 天内"
    en = f"on day {since + 1}–{since + days}" if since else f"within {days} days of the first order"
    if today:
        zh, en = f"首单后 {days} 天内", f"within {days} days of the first order"
    when = Text("现在的身份", "the status of today") if today else Text("当时的身份", "the status at the start")
    return Definition(
        id=f"{kind}_{days}d",
        name=Text(f"{days}天·{when.zh}", f"{days} days, {when.en}"),
        meaning=Text(
            f"{zh}再次购买的比例，按{when.zh}分组，只算看满的顾客。", f"Share back {en}, grouped by {when.en}."
        ),
        how=unadjusted(exposure, part, kind, days),
        source=SOURCE,
        looks_ahead=today,
    )


def adjusted_definition(exposure: Exposure, plan: Plan, name: str) -> Definition:
    """The adjusted lift with the status frozen on the landmark day of ``plan``."""
    first, last = plan.landmark + 1, plan.landmark + plan.window
    frozen = Text(f"首单后第 {plan.landmark} 天的身份", f"status on day {plan.landmark} after the first order")
    if plan.landmark == 0:
        frozen = Text("首单当日的身份", "status on the day of the first order")
    return Definition(
        id=name,
        name=Text(f"可比顾客·第{plan.landmark}天身份", f"Comparable customers, status on day {plan.landmark}"),
        meaning=Text(
            f"{frozen.zh}，看第 {first}–{last} 天是否再次购买；当时已有的订单、金额、间隔，以及首单金额、优惠、渠道、类目、"
            "月份和地区相同的顾客之间相比（双重稳健，交叉拟合，重叠权重）。",
            f"{frozen.en[0].upper()}{frozen.en[1:]}, repurchase on day {first}–{last}, among customers alike in orders, spend "
            "and recency so far, in value, discount, channel, category and month of the first order, and in region "
            "(doubly robust, cross-fitted, overlap weights).",
        ),
        how=among_comparable(exposure, plan),
        source=SOURCE,
    )
