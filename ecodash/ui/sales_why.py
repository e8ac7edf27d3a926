"""The sales page: why did it change. Every change taken apart so that the parts add up to it to the cent."""

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.charts import StepKind
from ecodash.core.period import Period
from ecodash.export import Column, Table
from ecodash.metrics.decomposed import Decomposition, NotApplicable, Way
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.metric import Metric
from ecodash.ui import cache, panel, parts, sales, state
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t

DRAWN = 9


def why(view: View) -> None:
    """The change by the groups of a dimension, and by the factors it is a product of."""
    st.header(say("sales.why"), anchor=False)
    if view.compared is None:
        st.caption(say("sales.why_off"))
        return
    chosen, by = sales.metric(), state.value("by")
    groups, factors = st.columns(2)
    with groups:
        _shown(view, chosen, _by(view, view.compared, by), key="why.groups", title=DIMENSIONS[by].name.to(language()))
    with factors:
        found = cache.by_factors(view.shop, chosen.id, view.query(), before=view.compared)
        _shown(view, chosen, found, key="why.factors", title=t("sales.factors"))


def _by(view: View, before: Period, by: str) -> Decomposition | NotApplicable:
    return cache.by_dimension(view.shop, sales.metric().id, view.query(), before=before, by=by)


def _shown(view: View, chosen: Metric, found: Decomposition | NotApplicable, *, key: str, title: str) -> None:
    if isinstance(found, NotApplicable):
        with st.container(border=True, height="stretch", key=f"empty.{key}"):
            st.header(md(title), anchor=False)
            st.caption(md(found.reason.to(language())))
        return
    figure = _figure(view, chosen, found, title)
    table = Table(
        title=charts.title_text(figure),
        frame=_rows(found),
        columns=_columns(chosen, found, title),
        notes=panel.notes(view, chosen.id, query=view.query()),
    )
    panel.show(
        view,
        Block(
            key=key,
            figure=figure,
            table=table,
            metric=chosen.id,
            query=view.query(),
            remark=t("sales.why_sum", n=len(found.parts)),
            controls=_warning if found.against_every_segment else None,
        ),
    )


def _warning() -> None:
    """The whole moves one way, every group the other: the mix is the story."""
    st.warning(say("sales.simpson"), icon=":material/swap_vert:")


def _figure(view: View, chosen: Metric, found: Decomposition, title: str) -> charts.Figure:
    shown = found.gathered(DRAWN)
    steps = [
        charts.Step(label=parts.name(found, part), value=part.value, hint=parts.from_to(view, part))
        for part in shown.parts
    ]
    change = parts.signed(view, found.total, found.unit)
    whole = charts.Step(label=t("sales.whole_change"), value=found.total, kind=StepKind.LEVEL, said=change)
    said = t("sales.why_title", by=title, metric=chosen.name, change=change)
    return charts.waterfall.bridge(
        [*steps, whole], unit=found.unit, reader=view.reader, title=said, better=chosen.better
    )


def _rows(found: Decomposition) -> pl.DataFrame:
    """Every part, none left out, and what they come to."""
    kinds = {kind: t(f"sales.kind_{kind}") for kind in {part.kind.value for part in found.parts}}
    rows = [(parts.name(found, part), kinds[part.kind.value], part.was, part.now, part.value) for part in found.parts]
    whole = (t("sales.whole_change"), "", found.was, found.now, found.total)
    names = ("name", "kind", "was", "now", "value")
    kind = {"name": pl.String, "kind": pl.String, **dict.fromkeys(names[2:], pl.Float64)}
    return pl.DataFrame([*rows, whole], schema=kind, orient="row")


def _columns(chosen: Metric, found: Decomposition, title: str) -> list[Column]:
    unit = chosen.unit if found.way is Way.SEGMENTS else None  # else shares and rates stand in one column
    return [
        Column(name="name", heading=title),
        Column(name="kind", heading=t("sales.kind")),
        Column(name="was", heading=t("sales.was"), unit=unit),
        Column(name="now", heading=t("sales.now"), unit=unit),
        Column(name="value", heading=t("sales.part"), unit=chosen.unit),
    ]
