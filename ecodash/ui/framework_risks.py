"""Risks: the eight lights, their indicators with thresholds to adjust, the money touched, countermeasures with a self-assessment."""

from collections.abc import Callable
from functools import partial

import polars as pl
import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.catalogue import INDICATORS, about
from ecodash.framework.entry import Entry
from ecodash.framework.risk import Level, RiskState, Signal, alarm_key
from ecodash.i18n import money
from ecodash.session.ledger import SCORES
from ecodash.ui import framework_words as written
from ecodash.ui import report, shell, state
from ecodash.ui.downloads import downloads
from ecodash.ui.framework_answers import ledger, risk_states
from ecodash.ui.framework_choose import link
from ecodash.ui.panel import grid
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

COLORS = {Level.RED: "red", Level.AMBER: "orange", Level.GREEN: "green", Level.UNKNOWN: "gray"}
ICONS = {
    Level.RED: ":material/error:",
    Level.AMBER: ":material/warning:",
    Level.GREEN: ":material/check_circle:",
    Level.UNKNOWN: ":material/help:",
}
COLUMNS = ("name", "level", "value", "trend", "amber", "red", "money")


def lights(view: View) -> None:
    """The eight risks, each with its light in words and how many of its alarms are measured."""
    with st.grid(4, min_column_width=190, gap="small", key="lights"):
        for one in risk_states(view):
            with st.container(border=True, height="stretch", key=f"light.{one.entry.id}"):
                st.badge(md(one.level.label.to(language())), icon=ICONS[one.level], color=COLORS[one.level])  # type: ignore[arg-type]
                link(one.entry)
                st.caption(say("framework.alarms_measured", measured=one.measured, total=len(one.signals)))


def answer(view: View) -> None:
    """Which risks are alight, and the alarm that touches most money."""
    states = risk_states(view)
    grave = [one for one in states if one.level in {Level.RED, Level.AMBER}]
    unknown = sum(one.level is Level.UNKNOWN for one in states)
    said = [say("framework.risks_answer", n=len(grave), unknown=unknown)]
    signals = [signal for one in grave for signal in one.signals if signal.money]
    if signals:
        first = max(signals, key=lambda signal: signal.money or 0.0)
        name = INDICATORS[first.alarm.indicator].name.to(language())
        said.append(say("framework.risks_most", name=name, money=_money(view, first.money)))
    report.answer(" ".join(said))
    st.caption(say("framework.defaults_note"))


def signals(view: View, entry: Entry) -> None:
    """The alarms of a risk with thresholds, trend and money; the thresholds can be changed."""
    one = _state(view, entry)
    rows = [_row(view, signal) for signal in one.signals]
    columns = [Column(name=name, heading=t(f"framework.column_{name}"), unit=_unit(name)) for name in COLUMNS]
    schema = dict.fromkeys(COLUMNS, pl.String) | {"money": pl.Float64}
    made = Table(title=t("framework.alarms"), frame=pl.DataFrame(rows, schema=schema), columns=columns)
    report.block(f"alarms.{entry.id}", title=made.title, figure=None, table=made, said=())
    with st.container(border=True, key=f"alarms.{entry.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(say("framework.alarms"), anchor=False, width="stretch")
            downloads(view, made, f"alarms-{entry.id}")
        grid(view, made)
        st.caption(say("framework.touched_note"))
        with st.expander(say("framework.thresholds"), icon=":material/tune:"):
            _thresholds(view, one)


def countermeasures(view: View, entry: Entry) -> None:
    """What the documents advise, each with how far it is in place by one's own judgement."""
    kept, scores = ledger(view), ledger(view).scores()
    with st.container(border=True, key=f"measures.{entry.id}"):
        st.header(say("framework.countermeasures"), anchor=False)
        st.caption(say("framework.assess"))
        for part in entry.countermeasures:
            now = scores.get(part.id)
            options = [None, *SCORES]
            names = {None: t("framework.unrated")} | {value: f"{value:.0%}" for value in SCORES}
            chosen = st.selectbox(
                word(part.name),
                options,
                index=options.index(now) if now in options else 0,
                format_func=names.__getitem__,
                key=f"score.{part.id}.{now}",
                help=md(written.source_of(part.source)),
            )
            if chosen != now:
                _keep(partial(kept.score, part.id, chosen))
        known = [scores[part.id] for part in entry.countermeasures if part.id in scores]
        said = say("framework.assessed", n=len(known), total=len(entry.countermeasures))
        st.caption(said)
        managed = about().risk_management
        st.caption(f"**{say('framework.risk_management')}** {word(managed.summary)}")


def _keep(write: Callable[[], None]) -> None:
    """Writes into the ledger, or says why it cannot be written."""
    try:
        write()
    except EcodashError as error:
        shell.problem(error)
        return
    state.leave_message(t("framework.kept"))
    st.rerun()


def _thresholds(view: View, one: RiskState) -> None:
    kept = ledger(view)
    defaults = {alarm.indicator: alarm for alarm in one.entry.alarms}
    with st.form(f"alarms.{one.entry.id}.form", border=False):
        st.caption(say("framework.thresholds_note"))
        wanted = {}
        for signal in one.signals:
            for colour in ("amber", "red"):
                bound = getattr(signal.alarm, colour)
                name = INDICATORS[signal.alarm.indicator].name.to(language())
                label = t("framework.alarm_of", name=name, colour=t(f"framework.{colour}"), op=written.OPS[bound.op])
                key = alarm_key(one.entry.id, signal.alarm.indicator, colour)
                value = st.number_input(label, value=float(bound.value), key=f"threshold.{key}", format="%.4f")
                default = getattr(defaults[signal.alarm.indicator], colour).value
                wanted[key] = None if value == default else value
        sent = st.form_submit_button(t("framework.keep"), type="primary")
    if sent:
        _keep(partial(kept.set_thresholds, wanted))


def _state(view: View, entry: Entry) -> RiskState:
    return next(one for one in risk_states(view) if one.entry.id == entry.id)


def _row(view: View, one: Signal) -> dict[str, object]:
    name, estimate = one.alarm.indicator, one.estimate
    known = estimate is not None and estimate.value is not None
    return {
        "name": INDICATORS[name].name.to(language()),
        "level": one.level.label.to(language()),
        "value": written.amount(view, name, estimate.value)
        if known and estimate and estimate.value is not None
        else "—",
        "trend": one.trend.label.to(language()),
        "amber": f"{written.OPS[one.alarm.amber.op]} {written.amount(view, name, one.alarm.amber.value)}",
        "red": f"{written.OPS[one.alarm.red.op]} {written.amount(view, name, one.alarm.red.value)}",
        "money": one.money,
    }


def _unit(column: str) -> Unit | None:
    return Unit.MONEY if column == "money" else None


def _money(view: View, amount: float | None) -> str:
    return "—" if amount is None else money(amount, language(), view.currency)
