"""The first screen below the tiles: what changed, in sentences that add up, and what needs somebody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from ecodash.i18n import money, value_text
from ecodash.metrics.decomposed import Decomposition, Part
from ecodash.metrics.registry import METRICS, find
from ecodash.session.checks import Severity
from ecodash.ui import cache, parts, report, shell
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, month, say, t, word

CENTS = 100  # sums are written to the cent, so their parts are rounded to add up there
METRIC = "net_sales"
SENTENCES = 3
MOST = 3


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that needs somebody: ``stake`` in the base currency, what it is, what to do, on which page."""

    stake: float
    what: str
    advice: str
    page: str


def changed(view: View) -> None:
    """The change of net sales in three sentences that add up to it to the cent."""
    found = _taken_apart(view)
    if found is None:
        return
    shown = found if len(found.parts) <= SENTENCES else found.gathered(SENTENCES - 1)
    said = [_sentence(view, found, part, shown.parts) for part in shown.parts]
    opening = say(
        "changes.opening",
        metric=METRICS[METRIC].name,
        was=_exact(view, found.was),
        now=_exact(view, found.now),
        change=_signed(view, found.total),
    )
    with st.container(border=True, height="stretch", key="changed"):
        st.header(say("changes.title"), anchor=False)
        st.markdown(opening + "\n\n" + "".join(f"- {one}\n" for one in said))
        st.page_link(shell.page("sales"), label=say("changes.more"), icon=":material/bar_chart:")
    report.lines("changed", t("changes.title"), [opening, *said])


def needs(view: View) -> None:
    """What needs somebody, by the money at stake: doubtful data, goals out of reach."""
    found = sorted((one for source in SOURCES for one in source(view)), key=lambda one: -one.stake)[:MOST]
    with st.container(border=True, height="stretch", key="needs"):
        st.header(say("changes.needs"), anchor=False)
        if not found:
            st.caption(say("changes.needs_nothing"))
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{one.what}**  \n:gray[{one.advice}]", width="stretch")
                st.page_link(shell.page(one.page), label=say("changes.go"), icon=":material/arrow_forward:")
    report.lines("needs", t("changes.needs"), [one.what for one in found])


def _taken_apart(view: View) -> Decomposition | None:
    """By its factors, by channel where it has none; None when there is nothing to compare with or nothing moved."""
    if view.compared is None:
        return None
    found = cache.by_factors(view.shop, METRIC, view.query(), before=view.compared)
    if not isinstance(found, Decomposition):
        found = cache.by_dimension(view.shop, METRIC, view.query(), before=view.compared, by="channel")
    return found.at(CENTS) if isinstance(found, Decomposition) and found.parts else None


def _sentence(view: View, found: Decomposition, part: Part, shown: Sequence[Part]) -> str:
    """One part; of a part that stands for several, their names."""
    value = _signed(view, part.value)
    if part not in found.parts:
        names = t("panel.and").join(parts.name(found, one) for one in found.parts if one not in shown)
        return say("changes.others", names=names, value=value)
    ends = parts.from_to(view, part)
    key = "changes.part" if ends else "changes.part_alone"
    return say(key, name=parts.name(found, part), ends=ends, value=value)


def _exact(view: View, value: float) -> str:
    return value_text(value, METRICS[METRIC].unit, language(), view.currency, exact=True)


def _signed(view: View, value: float) -> str:
    """With all digits, so that a reader can add the sentences up."""
    return f"+{_exact(view, value)}" if value > 0 else _exact(view, value)


def _doubtful(view: View) -> Sequence[Need]:
    """Findings of data health that are more than a remark."""
    found = [one for one in cache.findings(view.shop) if one.severity is not Severity.NOTE]
    return [
        Need(
            stake=one.money or 0.0,
            what=say("changes.doubtful", n=count(one.count), what=one.text) + _stake(view, one.money),
            advice=word(one.advice),
            page="health",
        )
        for one in found
    ]


def _goals(view: View) -> Sequence[Need]:
    """Goals in money that even a good rest of the month would miss."""
    if view.window is None:
        return []
    last, found = view.window.end, []
    for goal in view.shop.notebook.goals(last):
        pace = cache.pace(view.shop, goal, as_of_day=last)
        if find(goal.metric).unit is not METRICS[METRIC].unit or pace.missing is None or not pace.out_of_reach:
            continue
        value = money(float(goal.value), language(), view.currency)
        what = say("changes.goal", month=month(goal.days), metric=find(goal.metric).name, goal=value)
        advice = say("changes.goal_advice", missing=money(pace.missing, language(), view.currency))
        found.append(Need(stake=pace.missing, what=what, advice=advice, page="sales"))
    return found


def _stake(view: View, at_stake: float | None) -> str:
    return md(t("changes.stake", money=money(at_stake, language(), view.currency))) if at_stake else ""


SOURCES: tuple[Callable[[View], Sequence[Need]], ...] = (_doubtful, _goals)
"""Where needs come from; each gives all it knows, the page shows the largest."""
