"""The simulators: begin with the user's own numbers, show every assumption with its range, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.charts.simulation import Axis, Reach
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.figure import Assumption
from ecodash.framework.simulators import SIMULATIONS
from ecodash.framework.simulators.simulation import Simulation, Start, curve, span, spread, start, values
from ecodash.i18n import value_text
from ecodash.ui import framework_words as written
from ecodash.ui import report, state
from ecodash.ui.framework_answers import numbers, window
from ecodash.ui.panel import Block, show
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

PERCENT = frozenset({Unit.RATIO, Unit.POINTS})
COLUMNS = ("assumption", "value", "low", "high", "origin")


def draw(view: View) -> None:
    """The simulator chosen: assumptions, results with their range, the curve and what matters most."""
    simulation = _chosen()
    card = simulation.card
    with st.container(border=True, key=f"simulator.{card.id}"):
        st.header(word(card.name), anchor=False)
        st.markdown(say("framework.simulates", output=card.output))
        st.caption(f"{word(card.formula)}  \n{md(written.source_of(card.source))}")
        starts = _assumptions(view, simulation)
        results = simulation.run(values(starts))
        _results(view, simulation, starts, results)
    left, right = st.columns(2)
    with left:
        _curve(view, simulation, starts, results)
    with right:
        _tornado(view, simulation, starts, results)


def _chosen() -> Simulation:
    ids = list(SIMULATIONS)
    if state.value("simulator") not in ids:
        state.put("simulator", [ids[0]])
    key, store = state.widget("simulator")
    names = {name: one.card.name.to(language()) for name, one in SIMULATIONS.items()}
    st.pills(t("framework.simulator"), ids, key=key, on_change=store, required=True, format_func=names.__getitem__)
    return SIMULATIONS[state.value("simulator")]


def _assumptions(view: View, simulation: Simulation) -> list[Start]:
    """A field per assumption, filled with the user's own number where there is one; what was typed goes on."""
    metrics = [one.metric for one in simulation.card.assumptions if one.metric]
    begun = start(simulation, numbers(view, [name for name in metrics if name], days=window(view)))
    st.caption(say("framework.assumptions", n=sum(one.measured for one in begun), all=len(begun)))
    chosen = []
    with st.grid(4, min_column_width=180, gap="small", key=f"assumptions.{simulation.card.id}"):
        for one in begun:
            value = _field(one, key=f"sim.{simulation.card.id}.{one.assumption.id}.{one.value:.6g}")
            chosen.append(replace(one, value=value, low=min(one.low, value), high=max(one.high, value)))
    return chosen


def _field(one: Start, *, key: str) -> float:
    assumption = one.assumption
    scale = 100.0 if assumption.unit in PERCENT else 1.0
    mark = t("framework.own_number") if one.measured else t("framework.assumed")
    shown = st.number_input(
        f"{assumption.label.to(language())}{_unit(assumption)} · {mark}",
        assumption.least * scale,
        assumption.most * scale,
        round(one.value * scale, 4),
        key=key,
        step=_step(one.value * scale),
        format="%.2f" if abs(one.value * scale) < 1000 else "%.0f",  # noqa: PLR2004 - cents do not matter there
    )
    return shown / scale


def _unit(assumption: Assumption) -> str:
    return " (%)" if assumption.unit in PERCENT else ""


def _step(value: float) -> float:
    size = abs(value)
    return next(
        (step for limit, step in ((0.2, 0.01), (2, 0.1), (50, 1.0), (500, 10.0), (5e4, 100.0)) if size < limit), 1e4
    )


def _results(view: View, simulation: Simulation, starts: Sequence[Start], results: Mapping[str, float]) -> None:
    with st.grid(3, min_column_width=170, gap="small", key=f"results.{simulation.card.id}"):
        for one in simulation.card.results:
            low, high = span(simulation, starts, one.id)
            value, least, most = (
                value_text(x, one.unit, language(), view.currency) for x in (results[one.id], low, high)
            )
            with st.container(border=True):
                report.metric("results", word(one.label), md(value))
                st.caption(say("framework.range", low=least, high=most))
    st.caption(say("framework.range_note"))


def _curve(view: View, simulation: Simulation, starts: Sequence[Start], results: Mapping[str, float]) -> None:
    across, up = (
        simulation.card.assumption(simulation.card.sweep[0]),
        simulation.card.result(simulation.card.sweep[1]),
    )
    points = curve(simulation, starts)
    here = (values(starts)[across.id], results[up.id])
    axes = Axis(label=across.label.to(language()), unit=across.unit), Axis(label=up.label.to(language()), unit=up.unit)
    figure = charts.simulation.sweep(points, here, across=axes[0], up=axes[1], reader=view.reader)
    frame = pl.DataFrame(points, schema={"x": pl.Float64, "y": pl.Float64}, orient="row")
    columns = [
        Column(name="x", heading=axes[0].label, unit=across.unit),
        Column(name="y", heading=axes[1].label, unit=up.unit),
    ]
    show(
        view,
        Block(key="sweep", figure=figure, table=Table(title=charts.title_text(figure), frame=frame, columns=columns)),
    )


def _tornado(view: View, simulation: Simulation, starts: Sequence[Start], results: Mapping[str, float]) -> None:
    up = simulation.card.result(simulation.card.sweep[1])
    reaches = [
        Reach(name=one.assumption.label.to(language()), at_low=one.at_low, at_high=one.at_high)
        for one in spread(simulation, starts, up.id)
    ]
    axis = Axis(label=up.label.to(language()), unit=up.unit)
    figure = charts.simulation.tornado(reaches, results[up.id], up=axis, reader=view.reader)
    rows = [_row(view, one) for one in starts]
    columns = [Column(name=name, heading=t(f"framework.column_{name}")) for name in COLUMNS]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
    show(
        view,
        Block(key="tornado", figure=figure, table=Table(title=charts.title_text(figure), frame=frame, columns=columns)),
    )


def _row(view: View, one: Start) -> dict[str, str]:
    shown = {name: getattr(one, name) for name in ("value", "low", "high")}
    written_ = {name: value_text(x, one.assumption.unit, language(), view.currency) for name, x in shown.items()}
    origin = t("framework.own_number") if one.measured else t("framework.assumed")
    return {"assumption": one.assumption.label.to(language()), **written_, "origin": origin}
