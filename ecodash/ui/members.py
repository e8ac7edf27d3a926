"""The members page: numbers, readings against non-members, levels, silence, where members come from."""

from typing import cast

import polars as pl
import streamlit as st

from ecodash.charts.columns import Series, columns
from ecodash.charts.forest import forest
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import count, number
from ecodash.metrics.members.levels import Level, Levels
from ecodash.metrics.members.moves import Moves
from ecodash.metrics.members.recruits import Recruits
from ecodash.metrics.members.silence import Silence
from ecodash.metrics.query import Query
from ecodash.ui import ahead, cache, comparable, panel, report, state, tables, tiles
from ecodash.ui.comparable import IGNORED
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import day, language, md, t

KPIS = ("member_gmv_share", "member_penetration", "active_buyers")
FIGURE, EXPOSURE, LEVEL_DAYS = "jd_member_repurchase_lift", "member", 90


def query(view: View) -> Query:
    """The question over every first purchase; a filter for members would leave nobody to compare with."""
    return comparable.over_all(view, "member")


def numbers(view: View) -> None:
    """Share of sales, share of buyers, buyers: of the period chosen."""
    ahead.ask(ahead.numbers(view, *KPIS, query=view.query()), ahead.before(view, *KPIS, query=view.query()))
    tiles.draw(view, tiles.over_window(view, *KPIS))


def levels(view: View) -> None:
    """Levels from low to high: how many come back, what they buy; the gradient, and what it is worth."""
    found = cast("Levels", cache.answer(view.shop, "members.levels", query(view), LEVEL_DAYS))
    title = t("members.levels")
    if not found.levels:
        _nothing("levels", title, t("members.no_levels"))
        return
    frame = pl.DataFrame([_level(one) for one in found.levels])
    shown = frame.select("name", "value", "low", "high", "n", "status")
    figure = forest(shown, title=t("members.levels_title", days=found.days), unit=Unit.RATIO, reader=view.reader)
    heads = [
        Column(name="name", heading=t("members.level")),
        Column(name="n", heading=t("members.level_members"), unit=Unit.BUYERS),
        Column(name="value", heading=t("members.level_again", days=found.days), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
        Column(name="sales", heading=t("members.level_sales"), unit=Unit.RATIO),
    ]
    said = [t("members.levels_as_of" if found.as_of else "members.levels_today", day=day(found.day))]
    if found.gradient is not None:
        said.append(t("members.gradient", value=number(found.gradient, language(), 2)))
    said += [caveat.text.to(language()) for caveat in found.caveats]
    remark = comparable.together(said)
    notes = panel.notes(view, "member_level_gradient", query=query(view), remarks=[remark])
    table = Table(title=title, frame=frame, columns=heads, notes=notes)
    metric = "member_level_gradient"
    panel.show(
        view,
        Block(
            key="levels", figure=figure, table=table, metric=metric, query=query(view), remark=remark, ignores=IGNORED
        ),
    )


def _level(one: Level) -> dict[str, object]:
    again = one.again
    ends = {"value": again.value, "low": again.low, "high": again.high}
    return {"name": one.name, **ends, "n": one.members, "status": again.status.value, "sales": one.sales}


def moves(view: View) -> None:
    """Up and down between levels by month; what to upload while there is no history of levels."""
    found = cast("Moves | None", cache.answer(view.shop, "members.moves", view.query()))
    title = t("members.moves")
    if found is None:
        _nothing("moves", title, t("members.no_moves"))
        return
    steps = [f"{start:%Y-%m}" for start in found.months["start"]]
    series = [
        Series(name=t("members.up"), counts=found.months["up"].to_list()),
        Series(name=t("members.down"), counts=found.months["down"].to_list()),
    ]
    figure = columns(steps, series, title=title, axis=t("step.month"), reader=view.reader)
    heads = [
        Column(name="before", heading=t("members.level_before")),
        Column(name="after", heading=t("members.level_after")),
        Column(name="n", heading=t("members.level_members"), unit=Unit.BUYERS),
    ]
    table = Table(title=title, frame=found.steps, columns=heads, notes=panel.notes(view, query=view.query()))
    panel.show(view, Block(key="moves", figure=figure, table=table))


def silence(view: View) -> None:
    """Members by days since their last purchase, and how many have been silent for longer than chosen."""
    days = int(state.value("silent"))
    found = cast("Silence", cache.answer(view.shop, "members.silence", query(view), days))
    title = t(
        "members.silence", n=count(found.silent, language(), exact=True), days=days, share=comparable.share(found.share)
    )
    steps = [f"{row['start']}–{row['end'] - 1}" if row["end"] else f"{row['start']}+" for row in found.bins.to_dicts()]
    name = t("members.members")
    series = [Series(name=name, counts=found.bins["count"].to_list())]
    figure = columns(steps, series, title=title, axis=t("members.silence_axis"), reader=view.reader)
    frame = pl.DataFrame({"days": steps, "count": found.bins["count"]})
    heads = [
        Column(name="days", heading=t("members.silence_axis")),
        Column(name="count", heading=name, unit=Unit.BUYERS),
    ]
    table = Table(title=title, frame=frame, columns=heads, notes=panel.notes(view, query=query(view)))
    remark = t("members.silence_remark")
    panel.show(
        view,
        Block(key="silence", figure=figure, table=table, remark=remark, ignores=IGNORED, controls=_silence_control),
    )


def _silence_control() -> None:
    key, store = state.widget("silent")
    options = ("60", "90", "180", "365")
    st.segmented_control(
        t("members.silent_after"),
        options,
        key=key,
        on_change=store,
        required=True,
        format_func={one: t("comparable.days", n=one) for one in options}.__getitem__,
    )


def recruits(view: View) -> None:
    """Of the new buyers of each channel, how many become members."""
    found = cast("tuple[Recruits, ...]", cache.answer(view.shop, "members.recruits", query(view)))
    rows = [
        {
            "channel": label("channel", one.channel),
            "buyers": one.buyers,
            "at_once": one.at_once,
            "value": one.joined.value,
            "low": one.joined.low,
            "high": one.joined.high,
        }
        for one in found
    ]
    heads = [
        Column(name="channel", heading=t("overview.channel")),
        Column(name="buyers", heading=t("members.new_buyers"), unit=Unit.BUYERS),
        Column(name="at_once", heading=t("members.at_once"), unit=Unit.BUYERS),
        Column(name="value", heading=t("members.within_90"), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
    ]
    title = t("members.recruits")
    frame = pl.DataFrame(rows, schema={"channel": pl.String, "buyers": pl.Int64, "at_once": pl.Int64, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64})  # fmt: skip
    table = Table(title=title, frame=frame, columns=heads, notes=panel.notes(view, query=query(view)))
    tables.show(view, "recruits", table, remark=t("members.recruits_remark"))


def _nothing(key: str, title: str, said: str) -> None:
    """A block that cannot be shown: what to upload."""
    with st.container(border=True, height="stretch", key=f"missing.{key}"):
        st.header(md(title), anchor=False)
        st.caption(f":material/extension_off: {md(said)}")
    report.lines(key, title, [md(said)])
