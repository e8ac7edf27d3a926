"""The second half of a comparison: over days, as curves, over the landmark, and everything needed to judge it."""

from dataclasses import replace
from functools import partial
from typing import cast

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.analysis.balance import Balance
from ecodash.analysis.fair_comparison import Comparison
from ecodash.analysis.landmark_curve import AtLandmark
from ecodash.charts.balance import Row, before_and_after
from ecodash.charts.columns import Series, columns
from ecodash.charts.effects import EFFECTS, Words, over_days
from ecodash.charts.two_curves import two_curves
from ecodash.core.estimate import Estimate, Status
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import days, number, ratio
from ecodash.metrics.comparable.adjusted import Adjusted, effect_of
from ecodash.metrics.comparable.readings import PRESETS, Reading
from ecodash.metrics.comparable.waits import Waits
from ecodash.ui import cache, panel, working
from ecodash.ui import comparable_trust as trust
from ecodash.ui.comparable import KINDS, Compared, reading_name, together
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, say, t

MOST_BALANCE, BINS = 14, 20


def course(view: View, found: Compared) -> None:
    """The curves beside the difference over the landmark day."""
    left, right = st.columns(2)
    with left:
        curves(view, found)
    with right:
        over_landmarks(view, found)


def over_windows(view: View, found: Compared) -> None:
    """The three readings for 30, 60, 90, 180 and 365 days."""
    name = found.exposure.id
    plain = cast("tuple[Reading, ...]", cache.answer(view.shop, "comparable.readings", found.query, name, PRESETS))
    asked = partial(cache.answer, view.shop, "comparable.windows", found.query, name, replace(found.plan, money=False))
    fair = cast("tuple[Adjusted, ...]", working.watched(say("comparable.working"), asked))
    rows = [_row(one.days, reading_name(found, one.kind), one.lift.points) for one in plain]
    rows += [_row(one.plan.window, reading_name(found, KINDS[2]), one.points) for one in fair]
    title = t("comparable.over_windows")
    said = Words(title=title, axis=t("comparable.window_axis"))
    _effects(view, found, "windows", (pl.DataFrame(rows, schema=EFFECTS), said))


def over_landmarks(view: View, found: Compared) -> None:
    """The adjusted difference for several landmark days."""
    asked = partial(
        cache.answer,
        view.shop,
        "comparable.landmarks",
        found.query,
        found.exposure.id,
        replace(found.plan, money=False),
    )
    curve = cast("tuple[AtLandmark, ...]", working.watched(say("comparable.working"), asked))
    rows = []
    for one in curve:
        effect = effect_of(one.found)
        if effect is not None:
            ends = {"value": effect.difference, "low": effect.interval.low, "high": effect.interval.high, "n": effect.n}
            rows.append({"days": one.landmark, "series": t("comparable.among"), "status": Status.OK.value, **ends})
    said = Words(title=t("comparable.over_landmarks"), axis=t("comparable.landmark_axis"))
    _effects(view, found, "landmarks", (pl.DataFrame(rows, schema=EFFECTS), said))


def _row(window: int, name: str, one: Estimate) -> dict[str, object]:
    return {
        "days": window,
        "series": name,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "n": one.n,
        "status": one.status.value,
    }


def _effects(view: View, found: Compared, key: str, drawn: tuple[pl.DataFrame, Words]) -> None:
    frame, said = drawn
    figure = over_days(frame, said=said, unit=Unit.POINTS, reader=view.reader)
    heads = [
        Column(name="days", heading=said.axis, unit=Unit.DAYS),
        Column(name="series", heading=t("comparable.reading")),
        Column(name="value", heading=t("repurchase.value"), unit=Unit.POINTS),
        Column(name="low", heading=t("column.low"), unit=Unit.POINTS),
        Column(name="high", heading=t("column.high"), unit=Unit.POINTS),
        Column(name="n", heading=t("column.n"), unit=Unit.BUYERS),
    ]
    remark = t(f"comparable.{key}_remark")
    notes = panel.notes(view, f"{found.exposure.metric}_repurchase_lift_pts", query=found.query, remarks=[remark])
    table = Table(title=said.title, frame=frame, columns=heads, notes=notes)
    panel.show(view, Block(key=f"effects.{key}", figure=figure, table=table, remark=remark, ignores=found.ignores))


def curves(view: View, found: Compared) -> None:
    """How soon both groups come back, a test, and the mean days waited."""
    day = found.exposure.landmark
    waits = cast("Waits", cache.answer(view.shop, "comparable.waits", found.query, found.exposure.id, day))
    names = found.exposure.having.to(language()), found.exposure.without.to(language())
    frames = charts.curve(waits.having), charts.curve(waits.without)
    title = t("comparable.curves", having=names[0], without=names[1])
    figure = two_curves(
        ((names[0], frames[0]), (names[1], frames[1])),
        title=title,
        axis=t("comparable.curves_axis_day" if day else "comparable.curves_axis", day=day),
        reader=view.reader,
        horizon=waits.horizon,
    )
    both = pl.concat([frame.with_columns(group=pl.lit(name)) for name, frame in zip(names, frames, strict=True)])
    heads = [
        Column(name="group", heading=t("comparable.group")),
        Column(name="day", heading=t("column.day"), unit=Unit.DAYS),
        Column(name="value", heading=t("column.back"), unit=Unit.RATIO),
        Column(name="low", heading=t("column.low"), unit=Unit.RATIO),
        Column(name="high", heading=t("column.high"), unit=Unit.RATIO),
        Column(name="at_risk", heading=t("column.at_risk"), unit=Unit.BUYERS),
    ]
    remark = _test_words(waits)
    notes = panel.notes(view, "time_to_second_purchase", query=found.query, remarks=[remark])
    table = Table(title=title, frame=both, columns=heads, notes=notes)
    panel.show(view, Block(key="curves", figure=figure, table=table, remark=remark, ignores=found.ignores))


def _test_words(waits: Waits) -> str:
    said = [t("comparable.curves_remark")]
    if waits.test is not None and waits.test.p is not None:
        p = t("comparable.p_small") if waits.test.p < 0.001 else f"p = {waits.test.p:.3f}"  # noqa: PLR2004
        said.append(t("comparable.log_rank", chi=number(waits.test.chi_square or 0, language(), 1), p=p))
    if waits.fewer_days is not None:
        gap = waits.fewer_days
        said.append(
            t(
                "comparable.restricted_mean",
                horizon=waits.horizon,
                days=days(round(gap.value, 1), language()),
                low=number(gap.interval.low, language(), 1),
                high=number(gap.interval.high, language(), 1),
            )
        )
    return together(said)


def judged(view: View, found: Compared) -> None:
    """Balance, overlap, and the lines that say how far the comparison can be trusted."""
    answer = found.adjusted.share
    if not isinstance(answer, Comparison):
        return
    left, right = st.columns(2)
    with left:
        _balance(view, found, answer)
    with right:
        _overlap(view, found, answer)
        trust.draw(found, answer)


def _balance(view: View, found: Compared, answer: Comparison) -> None:
    rows = [Row(name=_characteristic(one), before=one.before, after=one.after) for one in answer.balance]
    title = t("comparable.balance")
    names = t("comparable.before"), t("comparable.after")
    figure = before_and_after(rows[:MOST_BALANCE], title=title, names=names, reader=view.reader)
    frame = pl.DataFrame(
        [(row.name, row.before, row.after) for row in rows], schema=["name", "before", "after"], orient="row"
    )
    heads = [
        Column(name="name", heading=t("comparable.characteristic")),
        Column(name="before", heading=names[0]),
        Column(name="after", heading=names[1]),
    ]
    table = Table(title=title, frame=frame, columns=heads, notes=panel.notes(view, query=view.query()))
    panel.show(
        view,
        Block(key="balance", figure=figure, table=table, remark=t("comparable.balance_remark"), ignores=found.ignores),
    )


def _characteristic(one: Balance) -> str:
    name = t(f"covariate.{one.covariate}")
    if one.level is None:
        return name
    level = label("channel", one.level) if one.covariate == "first_channel" else one.level
    known = {"missing": t("comparable.unknown_level"), "other": t("comparable.other_level")}
    return f"{name}: {known.get(one.level, level)}"


def _overlap(view: View, found: Compared, answer: Comparison) -> None:
    steps = [f"{100 * place // BINS}–{100 * (place + 1) // BINS}%" for place in range(BINS)]
    shared = answer.overlap
    names = found.exposure.having.to(language()), found.exposure.without.to(language())
    series = [Series(name=names[0], counts=shared.with_status), Series(name=names[1], counts=shared.without_status)]
    title = t("comparable.overlap", share=ratio(shared.coefficient, language(), 0))
    figure = columns(steps, series, title=title, axis=t("comparable.overlap_axis"), reader=view.reader)
    frame = pl.DataFrame({"chance": steps, "having": list(shared.with_status), "without": list(shared.without_status)})
    heads = [
        Column(name="chance", heading=t("comparable.overlap_axis")),
        Column(name="having", heading=names[0], unit=Unit.BUYERS),
        Column(name="without", heading=names[1], unit=Unit.BUYERS),
    ]
    table = Table(title=title, frame=frame, columns=heads, notes=panel.notes(view, query=found.query))
    panel.show(
        view,
        Block(key="overlap", figure=figure, table=table, remark=t("comparable.overlap_remark"), ignores=found.ignores),
    )
