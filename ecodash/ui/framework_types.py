"""What a business resembles: models, platform types, operating forms, with the evidence and thresholds to adjust."""

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.charts.standing import Likeness
from ecodash.core.errors import EcodashError
from ecodash.export import Column, Table
from ecodash.framework.catalogue import INDICATORS
from ecodash.framework.classifier import Evidence, Resemblance, resemblances, threshold_key
from ecodash.framework.entry import Kind
from ecodash.ui import framework_words as written
from ecodash.ui import report, shell, state
from ecodash.ui.framework_answers import ledger, numbers, window
from ecodash.ui.panel import Block, show
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

COLUMNS = ("resembles", "condition", "value", "threshold", "answer")


def found(view: View, *kinds: Kind) -> tuple[Resemblance, ...]:
    """How much the business resembles the entries of ``kinds``, by the thresholds in force."""
    plain = resemblances({}, {}, kinds)
    names = [one.condition.indicator for entry in plain for one in entry.evidence]
    return resemblances(numbers(view, names, days=window(view)), ledger(view).thresholds(), kinds)


def best(view: View, *kinds: Kind) -> str:
    """The entry the business resembles most; empty text when there is not enough data for any."""
    known = [(one.likeness, one.entry.id) for one in found(view, *kinds) if one.likeness is not None]
    return max(known, default=(0.0, ""))[1]


def answer(view: View, *kinds: Kind) -> None:
    """Which entries the business resembles, in one sentence; several may apply, none is an answer too."""
    ones = found(view, *kinds)
    alike = [one for one in ones if one.resembles]
    unknown = [one for one in ones if one.resembles is None]
    listed = t("panel.and").join(one.entry.name.to(language()) for one in alike)
    said = [say("framework.alike", names=listed) if alike else say("framework.alike_none")]
    if unknown:
        names = t("panel.and").join(one.entry.name.to(language()) for one in unknown)
        said.append(say("framework.alike_unknown", names=names))
    report.answer(" ".join(said))


def likeness(view: View, *kinds: Kind) -> None:
    """The likeness to every entry with the evidence as a table."""
    ones = found(view, *kinds)
    bars = [Likeness(name=one.entry.name.to(language()), value=one.likeness) for one in ones]
    title = t("framework.likeness")
    figure = charts.standing.likeness(bars, reader=view.reader, title=title)
    rows = [_row(view, one, evidence) for one in ones for evidence in one.evidence]
    columns = [Column(name=name, heading=t(f"framework.column_{name}")) for name in COLUMNS]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
    made = Table(title=title, frame=frame, columns=columns)
    remark = t("framework.likeness_remark")
    show(view, Block(key="likeness", figure=figure, table=made, title=title, remark=remark))


def thresholds(view: View, *kinds: Kind) -> None:
    """Every threshold with the default of ecodash, to be changed and put back."""
    kept = ledger(view)
    with st.expander(say("framework.thresholds"), icon=":material/tune:"):
        st.caption(say("framework.thresholds_note"))
        with st.form("thresholds", border=False):
            wanted: dict[str, float | None] = {}
            for one in found(view, *kinds):
                for evidence in one.evidence:
                    key = threshold_key(one.entry.id, evidence.condition.indicator)
                    name = INDICATORS[evidence.condition.indicator].name.to(language())
                    label = t(
                        "framework.threshold_of", entry=one.entry.name, name=name, op=written.OPS[evidence.condition.op]
                    )
                    value = float(st.number_input(label, 0.0, 1.0, evidence.threshold, 0.05, key=f"threshold.{key}"))
                    wanted[key] = None if value == evidence.condition.value else value
            sent = st.form_submit_button(t("framework.keep"), type="primary")
        if sent:
            try:
                kept.set_thresholds(wanted)
            except EcodashError as error:
                shell.problem(error)
                return
            state.leave_message(t("framework.kept"))
            st.rerun()


def of_entry(view: View, entry_id: str, *kinds: Kind) -> None:
    """The evidence for one entry, condition by condition."""
    one = next((one for one in found(view, *kinds) if one.entry.id == entry_id), None)
    if one is None:
        return
    verdict = "not_enough" if one.resembles is None else "resembles" if one.resembles else "resembles_not"
    st.markdown(f"**{say(f'framework.{verdict}')}**")
    for evidence in one.evidence:
        name = word(INDICATORS[evidence.condition.indicator].name)
        st.caption(f"{name} {md(_value(view, evidence))} · {md(_threshold(view, evidence))} {md(_answer(evidence))}")


def _row(view: View, one: Resemblance, evidence: Evidence) -> dict[str, str]:
    return {
        "resembles": one.entry.name.to(language()),
        "condition": INDICATORS[evidence.condition.indicator].name.to(language()),
        "value": _value(view, evidence),
        "threshold": _threshold(view, evidence),
        "answer": _answer(evidence),
    }


def _value(view: View, evidence: Evidence) -> str:
    estimate = evidence.estimate
    if estimate is None or estimate.value is None:
        return t("framework.no_number")
    return written.amount(view, evidence.condition.indicator, estimate.value)


def _threshold(view: View, evidence: Evidence) -> str:
    return (
        f"{written.OPS[evidence.condition.op]} {written.amount(view, evidence.condition.indicator, evidence.threshold)}"
    )


def _answer(evidence: Evidence) -> str:
    if evidence.holds is None:
        return t("framework.no_number")
    said = t("framework.holds" if evidence.holds else "framework.holds_not")
    return t("framework.not_sure", verdict=said) if evidence.open else said
