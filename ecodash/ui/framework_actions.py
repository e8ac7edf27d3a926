"""What to do next: the ranked list, and the ledger of decisions that is opened again with the result."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.core.period import Period
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.actions import Action
from ecodash.framework.catalogue import INDICATORS
from ecodash.framework.decision import Decision, Review, review
from ecodash.i18n import money
from ecodash.ui import framework_words as written
from ecodash.ui import report, shell, state
from ecodash.ui.downloads import downloads
from ecodash.ui.framework_answers import Position, ledger, numbers, window
from ecodash.ui.framework_choose import link
from ecodash.ui.panel import grid
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

SHOWN = 12
MOST_LEVERS = 3
DAYS = 90
PERCENT = frozenset({Unit.RATIO, Unit.POINTS})
COLUMNS = ("action", "value", "why", "sure", "money", "levers")


def answer(here: Position) -> None:
    """How many actions, and how many of them rest on more than chance."""
    if not here.actions:
        report.answer(say("framework.no_actions", measured=here.card.whole.measured))
        return
    sure = sum(one.sure is True for one in here.actions)
    report.answer(say("framework.actions_answer", n=len(here.actions), sure=sure))


def listed(view: View, here: Position) -> None:
    """The list, the first ones as cards, all of them as a table to take away."""
    made = _table(view, here.actions)
    if here.actions:
        report.block("actions", title=made.title, figure=None, table=made, said=())
    for rank, one in enumerate(here.actions[:SHOWN], start=1):
        _card(view, one, rank)
    if here.actions:
        with st.expander(say("framework.all_actions", n=len(here.actions))):
            downloads(view, made, "actions")
            grid(view, made)


def decisions(view: View) -> None:
    """The ledger: every decision with its result so far, and a form for another one."""
    with st.container(border=True, key="ledger"):
        st.header(say("framework.ledger"), anchor=False)
        st.caption(say("framework.ledger_note"))
        kept = ledger(view)
        for one in kept.decisions():
            _decision(view, one)
        with st.popover(say("framework.decide"), icon=":material/add:"):
            _form(view)


def _card(view: View, one: Action, rank: int) -> None:
    name = INDICATORS[one.indicator].name
    with st.container(border=True, key=f"action.{one.indicator}"):
        st.subheader(say("framework.action", rank=rank, name=name), anchor=False)
        st.markdown(f"{md(_value(view, one))} · {md(_why(view, one))}")
        st.caption(md(_sure(one)))
        if one.money:
            st.markdown(f"**{say('framework.at_stake', money=money(one.money, language(), view.currency))}**")
        for entry, part in one.levers[:MOST_LEVERS]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f":material/build: {word(part.name)}", width="content")
                link(entry)
        if one.judgement:
            st.caption(word(one.judgement.figure.ambiguity))


def _sure(one: Action) -> str:
    """Whether chance alone could explain it."""
    if one.sure is None:
        return t("framework.no_interval")
    return t("framework.sure" if one.sure else "framework.chance")


def _value(view: View, one: Action) -> str:
    return written.amount(view, one.indicator, one.estimate.value or 0.0)


def _why(view: View, one: Action) -> str:
    if one.judgement is not None:
        return f"{written.verdict_of(one.judgement)} {written.target_of(view, one.judgement)}"
    if one.signal is not None and one.risk is not None:
        return t("framework.because", risk=one.risk.name, level=one.signal.level.label)
    return ""


def _table(view: View, found: Sequence[Action]) -> Table:
    rows = [
        {
            "action": INDICATORS[one.indicator].name.to(language()),
            "value": _value(view, one),
            "why": _why(view, one),
            "sure": _sure(one),
            "money": one.money,
            "levers": t("panel.and").join(part.name.to(language()) for _, part in one.levers[:MOST_LEVERS]),
        }
        for one in found
    ]
    columns = [
        Column(name=name, heading=t(f"framework.column_{name}"), unit=Unit.MONEY if name == "money" else None)
        for name in COLUMNS
    ]
    schema = dict.fromkeys(COLUMNS, pl.String) | {"money": pl.Float64}
    return Table(title=t("actions.title"), frame=pl.DataFrame(rows, schema=schema), columns=columns)


def _decision(view: View, one: Decision) -> None:
    found = _reviewed(view, one)
    with st.container(border=True, key=f"decision.{one.id}"):
        st.markdown(f"**{md(one.hypothesis)}**  \n:gray[{md(one.owner)}]" if one.owner else f"**{md(one.hypothesis)}**")
        name = INDICATORS[one.indicator].name
        st.markdown(say("framework.expects", name=name, change=_signed(view, one, one.expected), review=one.review))
        if one.detectable is not None:
            key = "powered" if one.powered else "unpowered"
            st.caption(say(f"framework.{key}", effect=written.amount(view, one.indicator, one.detectable)))
        said = word(found.result.label)
        if found.change is not None:
            ends = [_signed(view, one, end) for end in (found.change.interval.low, found.change.interval.high)]
            said += f": {md(_signed(view, one, found.change.value))} ({md(ends[0])} … {md(ends[1])})"
        st.markdown(f":material/event_available: {said}")
        if st.button(say("framework.forget"), key=f"forget.{one.id}", type="tertiary", icon=":material/close:"):
            ledger(view).forget(one.id)
            st.rerun()


def _reviewed(view: View, one: Decision) -> Review:
    """The number since the decision, once the day has come."""
    today = view.whole.end if view.whole else one.made
    if today < one.review:
        return review(one, None, today)
    since = numbers(view, [one.indicator], days=Period(one.made + timedelta(days=1), one.review))
    return review(one, since.get(one.indicator), today)


def _signed(view: View, one: Decision, value: float) -> str:
    shown = written.amount(view, one.indicator, value)
    return shown if value < 0 or shown.startswith("+") else f"+{shown}"


def _form(view: View) -> None:
    today = view.whole.end if view.whole else date.today()  # noqa: DTZ011 - only a proposal in an empty shop
    names = {name: one.name.to(language()) for name, one in INDICATORS.items()}
    with st.form("decide", border=False, clear_on_submit=True):
        hypothesis = st.text_input(t("framework.hypothesis"), placeholder=t("framework.hypothesis_hint"))
        indicator = st.selectbox(t("framework.watch"), list(names), format_func=names.__getitem__)
        expected = st.number_input(t("framework.expected"), value=1.0, help=t("framework.expected_help"))
        owner = st.text_input(t("goals.owner"), placeholder=t("goals.owner_hint"))
        day = st.date_input(t("framework.review_day"), value=today + timedelta(days=DAYS), format="YYYY-MM-DD")
        sent = st.form_submit_button(t("framework.keep"), type="primary")
    if sent and isinstance(day, date):
        _keep(view, hypothesis, indicator, expected, (owner, today, day))


def _keep(view: View, hypothesis: str, indicator: str, expected: float, who: tuple[str, date, date]) -> None:
    now = numbers(view, [indicator], days=window(view)).get(indicator)
    scale = 100.0 if written.unit_of(indicator) in PERCENT else 1.0
    decision = Decision(
        hypothesis=hypothesis,
        indicator=indicator,
        expected=expected / scale,
        owner=who[0],
        made=who[1],
        review=who[2],
        value=now.value if now else None,
        low=now.low if now else None,
        high=now.high if now else None,
    )
    try:
        kept = ledger(view).decide(decision)
    except EcodashError as error:
        shell.problem(error)
        return
    state.leave_message(t("framework.decided" if kept.powered is not False else "framework.decided_weak"))
    st.rerun()
