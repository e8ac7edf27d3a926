"""Regions and industries side by side on the user's own data: compared, never explained in the document's name."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.core.estimate import Estimate
from ecodash.export import Column, Table
from ecodash.framework.catalogue import GAPS
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import report_notes, state
from ecodash.ui.framework_answers import window
from ecodash.ui.labels import label
from ecodash.ui.panel import Block, show
from ecodash.ui.view import View
from ecodash.ui.words import language, t, word

SPLITS = ("region", "category", "country")
COMPARED = ("paid_amount", "orders", "aov", "discount_depth")
MOST = 12


def compare(view: View) -> None:
    """The groups of a dimension with the same few numbers; nothing without orders."""
    days = window(view)
    if days is None:
        return
    split = str(state.held("framework.split") or SPLITS[0])
    query = Query(window=days, by=split, as_of=view.shop.moment)
    found = [one for one in view.ask(*COMPARED, query=query) if split in one.by]
    metric = METRICS[COMPARED[0]]
    amounts = [one for one in found if one.metric == metric.id and one.value]
    named = [_named(one, split) for one in amounts]
    figure = charts.bars.ranked(charts.groups(named, by=split), metric=metric, reader=view.reader, top=MOST)
    title = t("framework.compare", split=DIMENSIONS[split].name)
    columns = [Column(name="group", heading=DIMENSIONS[split].name.to(language()))]
    columns += [Column(name=one, heading=METRICS[one].name.to(language()), unit=METRICS[one].unit) for one in COMPARED]
    notes = report_notes.notes(view, *COMPARED, query=query)
    made = Table(title=title, frame=_frame(found, split), columns=columns, notes=notes)
    remark = t("framework.compare_remark")
    show(view, Block(key="regions", figure=figure, table=made, title=title, remark=remark, controls=_splits))
    st.caption(word(GAPS["gap_region"].what))


def _splits() -> None:
    names = {one: DIMENSIONS[one].name.to(language()) for one in SPLITS}
    st.segmented_control(
        t("framework.split"),
        SPLITS,
        default=SPLITS[0],
        required=True,
        key="framework.split",
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )


def _named(one: Estimate, split: str) -> Estimate:
    return Estimate(**{**vars(one), "by": {split: label(split, one.by[split])}})


def _frame(found: Sequence[Estimate], split: str) -> pl.DataFrame:
    rows: dict[str, dict[str, object]] = {}
    for one in found:
        rows.setdefault(one.by[split], {"group": label(split, one.by[split])})[one.metric] = one.value
    schema = {"group": pl.String, **dict.fromkeys(COMPARED, pl.Float64)}
    return pl.DataFrame(list(rows.values()), schema=schema).sort(COMPARED[0], descending=True, nulls_last=True)
