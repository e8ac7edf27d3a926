"""How things of the framework are written: a number with its status, a verdict as a badge, a source, a missing table."""

from collections.abc import Iterable, Sequence

import streamlit as st

from ecodash.core.estimate import Status
from ecodash.core.schema import TABLES
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.framework.catalogue import INDICATORS, SECTIONS, about
from ecodash.framework.entry import Op
from ecodash.framework.source import OWN, Source
from ecodash.framework.standing import FAILED, NOT_BUILT, Standing, metric_of
from ecodash.framework.verdict import Judgement, Verdict
from ecodash.i18n import status_text, value_text
from ecodash.ui.view import View
from ecodash.ui.words import language, md, number, t

COLORS = {
    Verdict.MET: "green",
    Verdict.NEAR: "orange",
    Verdict.BELOW: "red",
    Verdict.REFERENCE: "blue",
    Verdict.NOT_ENOUGH: "gray",
    Verdict.NOT_MEASURABLE: "gray",
}
_CATALOGUE_UNITS = {"CNY": Unit.MONEY, "qty": Unit.ITEMS, "series": Unit.INDEX, "mm": Unit.COUNT}
OPS = {Op.AT_LEAST: "≥", Op.AT_MOST: "≤", Op.MORE: ">", Op.LESS: "<", Op.ABSOLUTE: "|x| ≥", Op.REPORT: ""}


def unit_of(indicator: str) -> Unit:
    """The unit numbers of an indicator are in."""
    metric = metric_of(indicator)
    if metric is not None:
        return metric.unit
    unit = INDICATORS[indicator].unit
    return _CATALOGUE_UNITS.get(unit) or Unit(unit)


def value_of(view: View, one: Standing) -> str:
    """The number with its interval as plain text, or in words why there is none."""
    if one.status == NOT_BUILT:
        return t("framework.not_built")
    if one.status == FAILED:
        return t("framework.failed")
    if one.estimate is not None:
        return number(one.estimate, view.currency, interval=True)
    if one.measured:
        return t("framework.series", n=len(one.estimates))
    return status_text(Status(one.status), language())


def amount(view: View, indicator: str, value: float) -> str:
    """A value in the unit of an indicator."""
    return value_text(value, unit_of(indicator), language(), view.currency)


def number_of(view: View, judgement: Judgement) -> str:
    """The number a judgement is about, with its interval; a dash without one."""
    estimate = judgement.estimate
    return "—" if estimate is None or estimate.value is None else number(estimate, view.currency, interval=True)


def target_of(view: View, judgement: Judgement) -> str:
    """The target of a judgement: ≥ 30.0%; empty when the figure has another unit than the indicator."""
    if judgement.line is None:
        return ""
    return f"{OPS[judgement.target.op]} {amount(view, judgement.target.indicator, judgement.line)}".strip()


def verdict_of(judgement: Judgement) -> str:
    """The verdict in words, with how sure it is or the side of the line."""
    words = judgement.verdict.label.to(language())
    if judgement.side is not None:
        return judgement.side.label.to(language())
    if judgement.verdict.passed and judgement.certain is False:
        return t("framework.not_sure", verdict=words)
    return words


def badge(judgement: Judgement) -> None:
    """The verdict as a coloured badge; the words say it too."""
    st.badge(md(verdict_of(judgement)), color=COLORS[judgement.verdict])  # type: ignore[arg-type]


def source_of(source: Source) -> str:
    """Where it stands: the document, the section, the heading inside it."""
    if source.doc == OWN:
        return t("framework.own_source", source=source.at)
    section = SECTIONS[source.ref]
    heading = section.heading if language() == "zh" else section.en
    said = t("framework.source", doc=source.doc, ref=source.ref[1:], heading=heading)
    return f"{said} › {source.at}" if source.at and language() == "zh" else said


def sources_of(sources: Iterable[Source]) -> str:
    """Several of them."""
    return "；".join(map(source_of, sources)) if language() == "zh" else "; ".join(map(source_of, sources))


def document_of(source: Source) -> Text:
    """The document by its title."""
    doc = about().docs[source.doc]
    return Text(doc.zh, doc.en)


def tables_of(names: Sequence[str], *, most: int = 6) -> str:
    """Tables by their names for people, at most so many."""
    shown = t("panel.and").join(TABLES[name].label.to(language()) for name in names[:most])
    return t("framework.and_more", names=shown, n=len(names) - most) if len(names) > most else shown
