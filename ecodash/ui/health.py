"""Data health: what the loaded rows show to be doubtful, the money at stake, the rows, and what to do about it."""

from typing import cast

import polars as pl
import streamlit as st

from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import money
from ecodash.session import Finding
from ecodash.session.checks import Severity
from ecodash.ui import cache, downloads, health_rows, panel, report
from ecodash.ui.view import View
from ecodash.ui.words import count, language, say, t, word

COLORS = {Severity.WRONG: "orange", Severity.LOOK: "blue", Severity.NOTE: "gray"}
ICONS = {
    Severity.WRONG: ":material/warning:",
    Severity.LOOK: ":material/visibility:",
    Severity.NOTE: ":material/info:",
}
SHOWN = 100
DOWNLOADED = 20_000
"""A file for people; ``ecodash check --rows`` writes them all."""


def kpis(view: View) -> None:
    """How many checks were made and passed, and what the others found."""
    checks = cache.examined(view.shop)
    found = {severity: [one for one in checks if one.count and one.severity is severity] for severity in Severity}
    passed = sum(not one.count for one in checks)
    with st.container(horizontal=True, key="health.kpis"):
        share = f"{count(passed)} / {count(len(checks))}"
        report.metric("health", say("health.passed"), share, border=True, meaning=t("health.passed_help"))
        for severity, ones in found.items():
            said = say(f"health.{severity}")
            report.metric("health", said, count(len(ones)), border=True, meaning=t(f"health.{severity}_help"))


def answer(view: View) -> None:
    """One sentence: how much money is in doubt."""
    grave = [one for one in cache.findings(view.shop) if one.severity is not Severity.NOTE]
    if not grave:
        st.success(say("health.fine"), icon=":material/check_circle:")
        report.lines("answer", "", [say("health.fine")])
        return
    first = max(grave, key=lambda one: one.money or 0.0)
    said = [say("health.answer", n=len(grave))]
    if first.money:
        said.append(say("health.answer_most", what=first.text, money=money(first.money, language(), view.currency)))
    st.markdown(" ".join(said))
    report.lines("answer", "", [" ".join(said)])


def findings(view: View) -> None:
    """What was found, by how grave it is, the most expensive first; what was not found is named at the end."""
    if cache.findings(view.shop):
        report.block("findings", title=t("health.title"), figure=None, table=table(view), said=())
    for severity in Severity:
        ones = [one for one in cache.findings(view.shop) if one.severity is severity]
        if ones:
            st.header(say(f"health.{severity}"), anchor=False)
            st.caption(say(f"health.{severity}_help"))
        for one in ones:
            _one(view, one)


def _one(view: View, found: Finding) -> None:
    said = f"**{say('health.line', n=count(found.count), what=found.text)}**"
    if found.money:
        stake = say("health.stake", money=money(found.money, language(), view.currency))
        said += f"  :{COLORS[found.severity]}-badge[{stake}]"
    with st.expander(said, expanded=found.severity is not Severity.NOTE, icon=ICONS[found.severity], key=found.code):
        st.markdown(f"{word(found.why)}  \n:material/build: {word(found.advice)}")
        if found.check.traps:
            st.caption(say("health.traps_of", codes=t("panel.and").join(found.check.traps)))
        if st.toggle(say("health.rows"), key=f"rows.{found.code}"):
            _rows(view, found)


def _rows(view: View, found: Finding) -> None:
    rows = cast("pl.DataFrame", cache.answer(view.shop, "finding_rows", found.code, SHOWN))
    panel.grid(view, health_rows.table(rows, title=found.text.to(language())))
    if rows.height == SHOWN:
        st.caption(say("health.first_rows", n=SHOWN, most=count(DOWNLOADED)))
        rows = cast("pl.DataFrame", cache.answer(view.shop, "finding_rows", found.code, DOWNLOADED))
    downloads.downloads(view, health_rows.table(rows, title=found.text.to(language())), f"finding-{found.code}")


def passed(view: View) -> None:
    """Every check that found nothing, so that it is seen to have been made."""
    fine = [one for one in cache.examined(view.shop) if not one.count]
    with st.expander(say("health.all_passed", n=len(fine)), icon=":material/task_alt:"):
        st.markdown("\n".join(f"- :green[:material/check:] {word(one.text)}" for one in fine))


def table(view: View) -> Table:
    """All findings as one table, for downloads and reports."""
    rows = [
        (
            found.text.to(language()),
            t(f"health.{found.severity}"),
            found.count,
            found.money,
            found.advice.to(language()),
        )
        for found in cache.findings(view.shop)
    ]
    names = {
        "finding": pl.String,
        "severity": pl.String,
        "count": pl.Int64,
        "money": pl.Float64,
        "advice": pl.String,
    }
    units = {"count": Unit.ROWS, "money": Unit.MONEY}
    return Table(
        title=t("health.title"),
        frame=pl.DataFrame(rows, schema=names, orient="row"),
        columns=[Column(name=name, heading=t(f"health.column_{name}"), unit=units.get(name)) for name in names],
    )


def everything(view: View) -> None:
    """All findings as one file."""
    if cache.findings(view.shop):
        downloads.downloads(view, table(view), "health")
