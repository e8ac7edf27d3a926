"""Checks of dates: in the future, impossibly old, days without orders, files of another time zone or without a time."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import narwhals as nw
import polars as pl

from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.session.checks.check import ORDER, Check, Ground, Severity

OLDEST = 10_957
"""1 January 2000: no online shop has older orders."""
EXPECTED = 12
"""So many orders missing in a row do not happen by chance: e^-12 is 6 in a million."""
AROUND = 10
"""Days with orders on either side of a gap from which the pace is taken."""
ENOUGH = 20


def _future(ground: Ground) -> Frame:
    rows = ground.fact("orders").filter(nw.col("day") > day_number(ground.today))
    return rows.select(*ORDER, "kind", money=nw.col("placed"))


def _ancient(ground: Ground) -> Frame:
    return ground.fact("orders").filter(nw.col("day") < OLDEST).select(*ORDER, "kind", money=nw.col("placed"))


def _gaps(ground: Ground) -> Frame:
    """One row per channel and run of days without an order that its pace around them does not explain."""
    days = ground.fact("daily").filter(
        nw.col("documents") > 0, nw.col("day") > OLDEST, nw.col("day") <= day_number(ground.today)
    )
    days = days.group_by("channel_id", "day").agg(orders=nw.col("documents").sum().cast(nw.Int64))
    runs = nw.concat([_inner_gaps(days), _tails(days)]).with_columns(
        days=(nw.col("day") - nw.col("before") - 1).cast(nw.Int64),
        usual=nw.min_horizontal("pace_before", "pace_after"),
    )
    found = runs.filter(nw.col("days") > 1, nw.col("usual") * nw.col("days") >= EXPECTED)
    return found.select("channel_id", "days", "usual", from_day=nw.col("before") + 1, to_day=nw.col("day") - 1)


def _inner_gaps(days: Frame) -> Frame:
    """Each day with orders: the one before it, and the orders per day around; none near the ends of a channel."""
    upto = days.with_columns(upto=nw.col("orders").cum_sum().over("channel_id", order_by="day"))
    beside = upto.with_columns(
        before=_shifted("day", 1),
        start=_shifted("day", 1 + AROUND),
        finish=_shifted("day", -AROUND),
        counted=_shifted("upto", 1) - _shifted("upto", 1 + AROUND),
        counting=_shifted("upto", -AROUND) - nw.col("upto"),
    )
    return beside.filter(~nw.col("start").is_null(), ~nw.col("finish").is_null()).select(
        *("channel_id", "day", "before"),
        pace_before=_rate("counted", nw.col("before") - nw.col("start")),
        pace_after=_rate("counting", nw.col("finish") - nw.col("day")),
    )


def _tails(days: Frame) -> Frame:
    """Each channel that stops before the others do, with its pace over all its days."""
    end = days.select(day=nw.col("day").max() + 1, one=nw.lit(1))
    last = days.group_by("channel_id").agg(
        orders=nw.col("orders").sum(), first=nw.col("day").min(), before=nw.col("day").max()
    )
    pace = _rate("orders", nw.col("before") - nw.col("first") + 1)
    rows = last.with_columns(one=nw.lit(1), pace_before=pace, pace_after=pace).join(end, on="one", how="left")
    return rows.select("channel_id", "day", "before", "pace_before", "pace_after")


def _shifted(column: str, steps: int) -> nw.Expr:
    return nw.col(column).shift(steps).over("channel_id", order_by="day")


def _rate(orders: str, days: nw.Expr) -> nw.Expr:
    return nw.col(orders).cast(nw.Float64) / days.cast(nw.Float64)


def _other_zones(ground: Ground) -> Frame:
    """Sales of files in another zone that fall on another day by the clock of their platform."""
    zones = ground.active().filter(pl.col("zone").is_not_null(), pl.col("zone") != ground.settings.business_zone)
    shifts = {int(load): _hours(ground, zone) for load, zone in zones.select("load_id", "zone").rows()}
    rows = ground.sales()
    moved = nw.col("load_id") < 0
    for load, shift in shifts.items():
        crosses = (nw.col("hour") < shift) if shift > 0 else (nw.col("hour") >= 24 + shift)
        moved = moved | ((nw.col("load_id") == load) & crosses.fill_null(value=False))
    return rows.filter(moved).select(*ORDER, money=nw.col("paid"))


def _hours(ground: Ground, zone: str) -> float:
    """How many hours the business clock is ahead of the clock of ``zone`` today."""
    noon = datetime.combine(ground.today, time(12), tzinfo=UTC)
    ours, theirs = (noon.astimezone(ZoneInfo(name)).utcoffset() for name in (ground.settings.business_zone, zone))
    return (ours - theirs).total_seconds() / 3600 if ours is not None and theirs is not None else 0.0


def _dates_only(ground: Ground) -> Frame:
    at = nw.col("at")
    seconds = (at.dt.hour() + at.dt.minute() + at.dt.second()).cast(nw.Int64)
    rows = ground.fact("orders").filter(~at.is_null()).select("load_id", seconds=seconds)
    loads = rows.group_by("load_id").agg(orders=nw.len(), seconds=nw.col("seconds").sum())
    return loads.filter(nw.col("orders") >= ENOUGH, nw.col("seconds") == 0).select(
        "load_id", orders=nw.col("orders").cast(nw.Int64)
    )


CHECKS = (
    Check(
        code="future_orders",
        title=Text("订单日期在今天之后", "orders dated after today"),
        why=Text(
            "会把数据的末尾推到未来，最近的期间都显得不完整。",
            "They push the end of the data into the future, and every recent period looks unfinished.",
        ),
        advice=Text("核对日期格式（日/月顺序）后重新导入。", "Check the date format (day and month) and load again."),
        severity=Severity.WRONG,
        rows=_future,
    ),
    Check(
        code="ancient_orders",
        title=Text("订单日期早于 2000 年", "orders dated before the year 2000"),
        why=Text("多半是空日期被写成 1970 或 1900 年。", "Mostly empty dates written as 1970 or 1900."),
        advice=Text("核对日期后重新导入。", "Check the dates and load again."),
        severity=Severity.WRONG,
        rows=_ancient,
    ),
    Check(
        code="missing_days",
        title=Text("渠道里连续多天没有一笔订单", "days in a row without a single order in a channel"),
        why=Text(
            "按平时的下单速度，这样的空档几乎不可能碰巧出现：多半漏导了一段。",
            "At the usual pace of the channel this hardly happens by chance: most likely an export is missing.",
        ),
        advice=Text("补导出这段日期；确实停业可以不管。", "Export these days; ignore it if the shop was closed."),
        severity=Severity.LOOK,
        rows=_gaps,
        priced=False,
        counted="days",
    ),
    Check(
        code="other_zones",
        title=Text(
            "按平台自己的时钟算在另一天的订单", "orders that fall on another day by the clock of their platform"
        ),
        why=Text(
            "文件的时区与工作区不同；在月初月末，平台后台的数字会差出这些订单。",
            "The file is of another time zone; at the ends of a month the platform's own figures differ by these.",
        ),
        advice=Text("无需处理；对账页会把它单独列出。", "Nothing to do; reconciliation names it."),
        severity=Severity.NOTE,
        rows=_other_zones,
    ),
    Check(
        code="dates_only",
        title=Text("文件里的订单只有日期、没有时刻", "files whose orders carry a date but no time"),
        why=Text(
            "按小时的分析不适用，同日订单的先后未知。",
            "Analyses by hour do not apply, and the order within a day is unknown.",
        ),
        advice=Text("导出时选择含时间的格式。", "Choose an export with times."),
        severity=Severity.NOTE,
        rows=_dates_only,
        priced=False,
        counted="orders",
    ),
)
