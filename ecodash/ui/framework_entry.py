"""The card of one entry: what it is, its case with facts, where one stands, what is missing and which export supplies it."""

from collections.abc import Mapping

import streamlit as st

from ecodash.framework.catalogue import CLAIMS, ENTRIES, FIGURES, GAPS, INDICATORS, LIMITS
from ecodash.framework.entry import Entry, Part
from ecodash.framework.figure import Gap
from ecodash.framework.scorecard import score
from ecodash.framework.standing import Standing
from ecodash.framework.verdict import judge_all
from ecodash.ui import framework_words as written
from ecodash.ui import report, shell
from ecodash.ui.framework_answers import found as standing_of
from ecodash.ui.framework_answers import numbers, window
from ecodash.ui.framework_history import own_months
from ecodash.ui.framework_indicators import against_figures, listed, window_line
from ecodash.ui.framework_params import ANALYSIS
from ecodash.ui.framework_upload import how_to_export
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

WHOLE_DOCUMENT = frozenset({"gap_b_numbers", "gap_numbering"})
"""Gaps that are about more than one section; they stand on the front page only."""


def draw(view: View, entry: Entry) -> None:
    """All of the card."""
    found = standing_of(view, entry.all_indicators)
    _head(entry)
    _stand(view, entry, found)
    against_figures(view, found, key=entry.id)
    if found:
        listed(view, found, key=entry.id)
        own_months(view, entry)
    _parts(view, entry, found)
    _cases(entry)
    _figures(view, entry)
    _said_elsewhere(entry)
    _links(entry)


def _head(entry: Entry) -> None:
    with st.container(border=True, key=f"entry.{entry.id}"):
        st.header(word(entry.name), anchor=False)
        st.markdown(word(entry.summary))
        if entry.examples:
            st.markdown(word(entry.examples))
        if entry.insight:
            says = "insight" if entry.insight.basis == "document" else "insight_own"
            st.markdown(f"**{say(f'framework.{says}')}** {word(entry.insight.text)}")
        if entry.emphasis:
            names = [ENTRIES[name].name.to(language()) for name in (entry.emphasis.primary, *entry.emphasis.secondary)]
            basis = t(f"framework.basis_{entry.emphasis.basis}")
            st.markdown(say("framework.emphasis", names=" / ".join(names), basis=basis))
        if entry.not_measured:
            st.markdown(f":material/visibility_off: {word(entry.not_measured)}")
        for gap in _gaps(entry):
            st.info(f"**{word(gap.what)}** {word(gap.handling)}", icon=":material/content_cut:")
        st.caption(md(written.sources_of((entry.source, *entry.also))))
    lines = [entry.summary.to(language()), *([entry.insight.text.to(language())] if entry.insight else [])]
    report.lines(f"entry.{entry.id}", entry.name.to(language()), [md(line) for line in lines])


def _stand(view: View, entry: Entry, found: Mapping[str, Standing]) -> None:
    card = score(entry.id, tuple(found), found)
    with st.container(horizontal=True, key=f"score.{entry.id}"):
        share = f"{card.measured} / {card.total}"
        report.metric("score", say("framework.measured"), share, border=True, meaning=t("framework.measured_help"))
        for name in ("met", "near", "below"):
            report.metric("score", say(f"framework.{name}"), str(getattr(card, name)), border=True)
    if not card.total:
        st.markdown(say("framework.nothing_to_measure"))
        return
    said = [say("framework.entry_answer", measured=card.measured, total=card.total)]
    if card.judged:
        said.append(say("framework.entry_judged", judged=card.judged, met=card.met))
    st.markdown(" ".join(said))
    report.lines("standing", "", [" ".join(said)])
    window_line(view)
    if card.missing:
        how_to_export(card.missing, key=entry.id)


def _parts(view: View, entry: Entry, found: Mapping[str, Standing]) -> None:
    """Levers, traits, variants …: each with the numbers that show it."""
    for name, parts in entry.groups.items():
        if name == "countermeasures":
            continue
        with st.expander(say(f"framework.group_{name}", n=len(parts)), expanded=name in {"levers", "mechanisms"}):
            for part in parts:
                st.markdown(f"**{word(part.name)}**  \n{_numbers(view, part, found)}")
                st.caption(md(written.source_of(part.source)))


def _numbers(view: View, part: Part, found: Mapping[str, Standing]) -> str:
    said = [
        f"{word(INDICATORS[name].name)} :gray[{md(written.value_of(view, found[name]))}]"
        for name in part.indicators
        if name in found
    ]
    return " · ".join(said)


def _cases(entry: Entry) -> None:
    for case in entry.cases:
        with st.container(border=True, key=f"case.{case.id}"):
            st.subheader(say("framework.case", name=case.name.to(language())), anchor=False)
            st.markdown("\n".join(f"- {word(fact)}" for fact in case.facts))
            st.caption(f"{say('framework.stated')} {md(written.source_of(case.source))}")


def _figures(view: View, entry: Entry) -> None:
    """The figures of the entry with every reading, and what each leaves open."""
    for name in entry.figures:
        figure = FIGURES[name]
        numbers_now = numbers(view, [target.indicator for target in figure.targets], days=window(view))
        with st.container(border=True, key=f"figure.{name}"):
            st.subheader(word(figure.name), anchor=False)
            st.caption(f"{say(f'framework.kind_{figure.kind.value}')} · {md(written.source_of(figure.source))}")
            for one in judge_all(numbers_now.values(), figure):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    written.badge(one)
                    indicator = INDICATORS[one.target.indicator].name
                    value = written.number_of(view, one)
                    said = f"{word(indicator)} ({word(one.reading)}): {md(value)} {md(written.target_of(view, one))}"
                    st.markdown(said, width="stretch")
                if one.reason:
                    st.caption(word(one.reason))
            st.markdown(f":material/help_center: {word(figure.ambiguity)}  \n:gray[{word(figure.test)}]")


def _gaps(entry: Entry) -> list[Gap]:
    """What the document lacks in the section of the entry."""
    return [gap for gap in GAPS.values() if gap.source.ref == entry.source.ref and gap.id not in WHOLE_DOCUMENT]


def _said_elsewhere(entry: Entry) -> None:
    """Claims and limits that stand in the same section of a document."""
    refs = {entry.source.ref, *(one.ref for one in entry.also)}
    claims = [one for one in CLAIMS.values() if one.source.ref in refs]
    limits = [one for one in LIMITS.values() if one.source.ref in refs]
    if claims:
        with st.expander(say("framework.claims_here", n=len(claims))):
            st.markdown("\n".join(f"- {word(one.summary)} :gray[{word(one.expect)}]" for one in claims))
            st.page_link(shell.page("framework"), label=say("framework.claims_link"), icon=":material/fact_check:")
    if limits:
        with st.expander(say("framework.limits_here", n=len(limits))):
            st.markdown("\n".join(f"- {word(one.what)} → {word(one.workaround)}" for one in limits))


def _links(entry: Entry) -> None:
    """The pages that look closer at what the entry rests on."""
    families = {INDICATORS[name].family for name in entry.all_indicators}
    known = {name for entries in shell.PAGES.values() for name, _ in entries}
    pages = [page for family in ANALYSIS if family in families for page in ANALYSIS[family] if page in known]
    if pages:
        with st.container(horizontal=True, vertical_alignment="center", key=f"closer.{entry.id}"):
            st.caption(say("framework.closer"), width="content")
            for page in dict.fromkeys(pages):
                st.page_link(shell.page(page), label=say(f"{page}.nav"))
