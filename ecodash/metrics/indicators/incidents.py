"""What goes wrong: incidents found and mended, users and money they cost, claims, privacy requests, own controls."""

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.period import day_number
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number as day_of_moment
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.rows import Of
from ecodash.metrics.indicators.sold import last_day, sales
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, OfWindow, Spread, Summary
from ecodash.metrics.parcels import MINUTES_A_DAY, Rows, minutes
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside

HOUR, THOUSAND = 60, 1000
SECURITY = ("attack", "data_leak", "fraud")
ANSWERED_WITHIN = 15
TOP_SCORE = 5
_ALL = Of(table="incidents", day="started_at", by={"incident": "type", "country": "country"})


def _took(start: str, end: str) -> Measured:
    """Mean hours between two moments of incidents that had both."""

    def rows(reading: Reading) -> Frame:
        return _ALL.rows(reading, above=minutes(nw.col(end)) - minutes(nw.col(start)))

    return Measured(rows=rows, summary=Summary.MEAN, scale=(HOUR, 1))


def _flagged(kinds: tuple[str, ...], amount: nw.Expr) -> Rows:
    """All incidents of known kind; ``above`` the amount for those of the ``kinds``, 0 for the others."""

    def rows(reading: Reading) -> Frame:
        chosen = nw.col("type").is_in(kinds)
        return _ALL.rows(reading, above=nw.when(chosen).then(amount).otherwise(0), below=chosen.cast(nw.Int64))

    return rows


def _outages(reading: Reading, window: Window) -> Frame:
    """Outages that touch the window: first and last minute; one that is not mended yet lasts until the data end."""
    first = day_number(window.days.start) * MINUTES_A_DAY
    last = (day_number(window.days.end) + 1) * MINUTES_A_DAY
    end = nw.coalesce(minutes(nw.col("resolved_at")), nw.lit(last))
    rows = reading.table("incidents").filter(nw.col("type") == "outage", ~nw.col("started_at").is_null())
    found = rows.select(
        "load_id", "row_no", day=day_of_moment(nw.col("started_at")), start=minutes(nw.col("started_at")), end=end
    )
    return found.filter(nw.col("start") < last, nw.col("end") > first)


def _availability(reading: Reading, window: Window) -> Answered:
    """1 − time of outages ÷ time of the window; outages at the same time count once. ``n`` counts the days."""
    first = day_number(window.days.start) * MINUTES_A_DAY
    last = (day_number(window.days.end) + 1) * MINUTES_A_DAY
    table = collected(_outages(reading, window)).with_columns(
        pl.col("start").clip(first), pl.col("end").clip(None, last)
    )
    reached, down = first, 0
    for start, end in table.sort("start").select("start", "end").iter_rows():
        down += max(end - max(start, reached), 0)
        reached = max(reached, end)
    return Answered(value=1 - down / (last - first), n=window.days.days)


def _losses(reading: Reading) -> Frame:
    """Losses by fraud above the line, sales below it; one row for each."""
    theirs = _ALL.rows(reading, above=nw.when(nw.col("type") == "fraud").then(nw.col("loss_amount")).otherwise(0))
    origin = ("load_id", "row_no", "day")
    cluster = nw.concat_str(nw.lit("incident"), nw.col("load_id").cast(nw.String), nw.col("row_no").cast(nw.String))
    frauds = theirs.select(*origin, "above", below=nw.lit(0), cluster=cluster)
    sold = sales(reading).select(*origin, above=nw.lit(0), below=nw.col("paid"), cluster=nw.col("owner"))
    return nw.concat([_wide(frauds), _wide(sold)])


def _claims(reading: Reading, window: Window) -> Frame:
    """Claims of others' rights in the window (1000 above the line), and every SKU of the shop (1 below it)."""
    incidents = reading.table("incidents").filter(nw.col("type") == "ip_claim")
    tickets = reading.table("tickets").filter(nw.col("category") == "ip")
    dated = (
        incidents.select("load_id", "row_no", day=day_of_moment(nw.col("started_at"))),
        tickets.select("load_id", "row_no", day=day_of_moment(nw.col("opened_at"))),
    )
    claims = [rows.filter(inside(window.days, "day")).select("load_id", "row_no") for rows in dated]
    above = [rows.with_columns(above=nw.lit(THOUSAND), below=nw.lit(0)) for rows in claims]
    goods = reading.table("products").select("load_id", "row_no", above=nw.lit(0), below=nw.lit(1))
    return nw.concat([_wide(rows) for rows in (*above, goods)])


def _wide(rows: Frame) -> Frame:
    """Both numbers as Int64, so that rows of several tables fit under one another."""
    return rows.with_columns(above=nw.col("above").cast(nw.Int64), below=nw.col("below").cast(nw.Int64))


def _overdue(reading: Reading) -> Frame:
    """Privacy requests opened more than 15 days before the end of the data; ``above`` 1 when not answered in time."""
    tickets = Of(table="tickets", day="opened_at", only=(nw.col("category") == "privacy",))
    opened, solved = day_of_moment(nw.col("opened_at")), day_of_moment(nw.col("resolved_at"))
    late = (solved - opened > ANSWERED_WITHIN).fill_null(value=True).cast(nw.Int64)
    end = max(last_day(reading), _last_ticket(reading))
    return tickets.rows(reading, above=late, below=nw.lit(1)).filter(nw.col("day") + ANSWERED_WITHIN < end)


def _last_ticket(reading: Reading) -> int:
    moments = (day_of_moment(nw.col(name)).max() for name in ("opened_at", "resolved_at"))
    latest = collected(reading.table("tickets").select(**dict(zip("ab", moments, strict=True)))).row(0)
    return max((int(day) for day in latest if day is not None), default=0)


def _controls(reading: Reading, window: Window) -> Frame:
    """The latest score of every item up to the end of the window."""
    scored = reading.table("self_assessment").filter(~nw.col("score").is_null())
    rows = scored.select("load_id", "row_no", "item_id", "score", day=day_of_moment(nw.col("assessed_at")))
    known = rows.filter(nw.col("day") <= day_number(window.days.end))
    latest = known.group_by("item_id").agg(day=nw.col("day").max())
    return known.join(latest, on=["item_id", "day"], how="inner").select(
        "load_id", "row_no", "day", above=nw.col("score"), below=nw.lit(TOP_SCORE)
    )


INCIDENTS = (
    indicator("availability", Analysed(answer=_availability, rows=_outages)),
    indicator("mttd_hours", _took("started_at", "detected_at")),
    indicator("mttr_hours", _took("detected_at", "resolved_at")),
    indicator("security_incidents", Measured(rows=_flagged(SECURITY, nw.lit(1)), summary=Summary.TOTAL)),
    indicator("leak_users", Measured(rows=_flagged(("data_leak",), nw.col("users_affected")), summary=Summary.TOTAL)),
    indicator(
        "fraud_loss_ratio",
        Measured(rows=_losses, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
    ),
    indicator("ip_claim_rate", OfWindow(rows=_claims, summary=Summary.RATIO, spread=Spread.CUSTOMERS)),
    indicator("privacy_overdue_share", Measured(rows=_overdue, summary=Summary.RATIO, spread=Spread.CASES)),
    indicator("control_maturity", OfWindow(rows=_controls, summary=Summary.RATIO)),
)
