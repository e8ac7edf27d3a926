"""Data health: how many buyers are known per channel, and how far the repurchase rate can be trusted."""

from dataclasses import replace
from typing import cast

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.analysis.identity_bounds import IdentityBounds
from ecodash.export import Column, Table
from ecodash.i18n import ratio
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import cache, panel, report
from ecodash.ui.labels import label
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, say, t

METRIC = "identity_coverage"


def coverage(view: View) -> None:
    """Identity coverage by channel as chart and table, over all the data; nothing without orders."""
    query = Query(by="channel", as_of=view.shop.moment)
    found = [one for one in view.ask(METRIC, "orders", "paid_amount", query=query) if "channel" in one.by]
    if not found:
        return
    named = [replace(one, by={"channel": label("channel", one.by["channel"])}) for one in found]
    figure = charts.bars.ranked(
        charts.groups([one for one in named if one.metric == METRIC], by="channel"),
        metric=METRICS[METRIC],
        reader=view.reader,
    )
    wide = pl.DataFrame([{"name": one.by["channel"], "metric": one.metric, "value": one.value} for one in named])
    wide = wide.pivot("metric", index="name", values="value", aggregate_function="first")
    columns = [Column(name="name", heading=t("overview.channel"))]
    columns += [
        Column(name=one, heading=METRICS[one].name.to(language()), unit=METRICS[one].unit)
        for one in (METRIC, "orders", "paid_amount")
    ]
    remark = t("identity.remark")
    notes = panel.notes(view, METRIC, query=query, remarks=[remark])
    table = Table(title=t("identity.title"), frame=wide, columns=columns, notes=notes)
    panel.show(view, Block(key="identity", figure=figure, table=table, metric=METRIC, query=query, remark=remark))


def bounds(view: View) -> None:
    """The 90-day repurchase rate if all unmatched buyers were new, or old, and whoever they are."""
    found = cast("IdentityBounds", cache.answer(view.shop, "bounds"))
    if found.observed is None:
        return
    with st.container(border=True, key="identity.bounds"):
        st.header(say("identity.bounds"), anchor=False)
        with st.container(horizontal=True):
            report.metric("bounds", say("identity.all_new"), _share(found.all_new), meaning=t("identity.all_new_help"))
            report.metric(
                "bounds", say("identity.observed"), _share(found.observed), meaning=t("identity.observed_help")
            )
            report.metric("bounds", say("identity.all_old"), _share(found.all_old), meaning=t("identity.all_old_help"))
        said = "identity.sure" if found.low == found.high else "identity.whoever"
        st.caption(say(said, low=_share(found.low), high=_share(found.high)))


def _share(value: float | None) -> str:
    return "—" if value is None else ratio(value, language())
