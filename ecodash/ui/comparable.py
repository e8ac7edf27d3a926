"""What both pages about a status share: controls, the three readings, what they are held against, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import streamlit as st

from ecodash import charts
from ecodash.charts.forest import Reference, forest
from ecodash.core.estimate import Estimate
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.figure import Figure
from ecodash.framework.verdict import benchmark
from ecodash.i18n import estimate_text, ratio, value_text
from ecodash.metrics.comparable.adjusted import Adjusted, Plan
from ecodash.metrics.comparable.exposure import EXPOSURES, Exposure
from ecodash.metrics.comparable.identity import Arms
from ecodash.metrics.comparable.readings import Kind, Reading
from ecodash.metrics.query import Query
from ecodash.ui import cache, panel, report, state, working
from ecodash.ui.members_params import WINDOWS
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t

PRESETS = ("14", "30", "60")
LONGEST = 365
IGNORED = ("period", "compare")
KINDS = ("today", "start", "adjusted")


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What the blocks share: the status, the question over all first purchases, the plan, and the three readings."""

    exposure: Exposure
    figure: Figure
    query: Query
    plan: Plan
    today: Reading
    window: Reading
    start: Reading
    adjusted: Adjusted
    arms: Arms

    @property
    def ignores(self) -> tuple[str, ...]:
        """Filters that do not apply: cohorts have no period, and a filter for the status would leave one group only."""
        return (*IGNORED, "member") if self.exposure.id == "member" else IGNORED

    def points(self) -> tuple[Estimate, Estimate, Estimate]:
        """The three readings in points."""
        return self.today.lift.points, self.start.lift.points, self.adjusted.points

    def relative(self) -> tuple[Estimate, Estimate, Estimate]:
        """The three readings as relative lifts."""
        return self.today.lift.relative, self.start.lift.relative, self.adjusted.relative


def over_all(view: View, *ignored: str) -> Query:
    """The question over every first purchase, without the filters that would take one of the groups away."""
    where = tuple((name, values) for name, values in view.where if name not in ignored)
    return replace(view.query(), window=view.whole, where=where)


def landmark() -> int:
    """The landmark day chosen; 30 when the address holds no number."""
    chosen = state.value("landmark")
    return min(int(chosen), LONGEST) if chosen.isdigit() else int(PRESETS[1])


def controls() -> None:
    """Landmark day and days watched after it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key, store = state.widget("landmark")
        options = list(PRESETS) if str(landmark()) in PRESETS else [*PRESETS, str(landmark())]
        st.pills(
            t("comparable.landmark"),
            options,
            key=key,
            on_change=store,
            required=True,
            format_func={one: t("comparable.day", n=one) for one in options}.__getitem__,
            help=say("comparable.landmark_help"),
        )
        own = st.number_input(
            t("comparable.landmark_own"), 0, LONGEST, value=landmark(), key=f"landmark.own.{landmark()}", width=130
        )
        if own != landmark():
            state.put("landmark", [str(own)])
            st.rerun()
        key, store = state.widget("watch")
        st.pills(
            t("comparable.watch"),
            WINDOWS,
            key=key,
            on_change=store,
            required=True,
            format_func={one: t("comparable.days", n=one) for one in WINDOWS}.__getitem__,
        )


def known(view: View, query: Query, exposure: str) -> bool:
    """Whether anybody has the status; says what to upload when nobody does."""
    if cast("bool", cache.answer(view.shop, "comparable.known", query, exposure)):
        return True
    words = md(EXPOSURES[exposure].upload.to(language()))
    with st.container(border=True, key=f"upload.{exposure}"):
        st.markdown(f":material/extension_off: **{say('comparable.nobody')}**")
        st.markdown(words)
    report.lines(f"upload.{exposure}", t("comparable.nobody"), [words])
    return False


def look(view: View, query: Query, exposure: str, figure: str) -> Compared:
    """The readings for the landmark and window chosen; the adjusted one with a progress bar."""
    shop, window = view.shop, int(state.value("watch"))
    plan = Plan(landmark=landmark(), window=window, money=EXPOSURES[exposure].metric == "private")
    plain = cast("tuple[Reading, ...]", cache.answer(shop, "comparable.readings", query, exposure, (window,)))
    by_kind = {one.kind: one for one in plain}
    asked = partial(cache.answer, shop, "comparable.adjusted", query, exposure, plan)
    return Compared(
        exposure=EXPOSURES[exposure],
        figure=benchmark(figure),
        query=query,
        plan=plan,
        today=by_kind[Kind.TODAY],
        window=cast("Reading", cache.answer(shop, "comparable.window", replace(query, window=view.window), exposure)),
        start=by_kind[Kind.START],
        adjusted=cast("Adjusted", working.watched(say("comparable.working"), asked)),
        arms=cast("Arms", cache.answer(shop, "comparable.arms", query, exposure)),
    )


def warnings(found: Compared) -> None:
    """Groups known unequally well, and what else must be said, in sight of the numbers."""
    apart = found.arms.warning()
    if apart is not None:
        st.warning(md(apart.text.to(language())), icon=":material/person_search:")
        report.lines("identity_apart", t("comparable.identity"), [md(apart.text.to(language()))])


def answer(found: Compared) -> None:
    """The three numbers in a sentence each."""
    today, start, fair = found.points()
    names = {"having": found.exposure.having, "without": found.exposure.without}
    said = [say("comparable.answer_today", value=text(today), days=found.plan.window, **names)]
    said.append(say("comparable.answer_start", value=text(start)))
    if fair.value is None:
        reason = fair.reason.to(language()) if fair.reason else ""
        said.append(say("comparable.answer_refused", reason=reason))
    else:
        inside = fair.low is not None and fair.high is not None and fair.low <= 0 <= fair.high
        key = "comparable.answer_nothing" if inside else "comparable.answer_remains"
        said.append(
            say(key, value=text(fair), first=found.plan.landmark + 1, last=found.plan.landmark + found.plan.window)
        )
    report.answer(together(said))


def together(said: Sequence[str]) -> str:
    """Sentences one after the other, as the language joins them."""
    return (" " if language() == "en" else "").join(said)


def text(estimate: Estimate) -> str:
    """A number with its interval."""
    return estimate_text(estimate, language(), interval=True)


def readings(view: View, found: Compared) -> None:
    """Points and relative lift side by side, with the figure of the documents as a line."""
    left, right = st.columns(2)
    for place, unit, estimates in ((left, Unit.POINTS, found.points()), (right, Unit.RATIO, found.relative())):
        with place:
            _forest(view, found, unit, estimates)


def _forest(view: View, found: Compared, unit: Unit, estimates: Sequence[Estimate]) -> None:
    names = [reading_name(found, kind) for kind in KINDS]
    frame = charts.groups(
        [replace(one, by={"name": name}) for one, name in zip(estimates, names, strict=True)], by="name"
    )
    title = t("comparable.title_points" if unit is Unit.POINTS else "comparable.title_relative")
    line = Reference(value=found.figure.value, name=_line_name(found.figure, unit))
    figure = forest(frame, title=title, unit=unit, reader=view.reader, references=[line])
    metric = f"{found.exposure.metric}_repurchase_lift_{'pts' if unit is Unit.POINTS else 'rel'}"
    remark = t("comparable.readings_remark")
    notes = panel.notes(view, metric, query=found.query, remarks=[remark, found.figure.ambiguity.to(language())])
    table = Table(title=title, frame=frame, columns=columns(unit), notes=notes)
    key = f"readings.{unit.value}"
    panel.show(
        view, Block(key=key, figure=figure, table=table, metric=metric, query=found.query, ignores=found.ignores)
    )


def columns(unit: Unit) -> list[Column]:
    """Headings of a table of readings."""
    return [
        Column(name="name", heading=t("comparable.reading")),
        Column(name="value", heading=t("repurchase.value"), unit=unit),
        Column(name="low", heading=t("column.low"), unit=unit),
        Column(name="high", heading=t("column.high"), unit=unit),
        Column(name="n", heading=t("column.n"), unit=Unit.BUYERS),
    ]


def reading_name(found: Compared, kind: str) -> str:
    """A reading with its days: by today's status, by the status at the start, among comparable customers."""
    start = found.exposure.landmark
    if kind == "start":
        return t("comparable.start_first" if start == 0 else "comparable.start_day", day=start)
    return t("comparable.today") if kind == "today" else t("comparable.adjusted", day=found.plan.landmark)


def _line_name(figure: Figure, unit: Unit) -> str:
    return t("comparable.line", value=value_text(figure.value, unit, language()), source=figure.source.doc)


def share(value: float | None) -> str:
    """A share as it is written; a dash for none."""
    return "—" if value is None else ratio(value, language())
