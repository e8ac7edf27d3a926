"""The monitoring page: orders worth a second look. A list to check with reasons, never a verdict."""

from typing import cast

import polars as pl
import streamlit as st

from ecodash.core.period import Period
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.metrics.monitoring.suspicion import REASONS, Suspicion
from ecodash.metrics.query import Query
from ecodash.ui import cache, panel, report, tables
from ecodash.ui.labels import label
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, t

LOOKED_AT = 180


def listed(view: View) -> None:
    """The orders of the period that share several traits of bought ones, the strongest first."""
    if view.whole is None:
        return
    window = Period.last_days(view.whole.end, LOOKED_AT)
    found = cast("Suspicion", cache.answer(view.shop, "monitoring.suspicious", window, view.shop.moment))
    names = {code: reason.words.to(language()) for code, reason in REASONS.items()}
    separator = t("chart.list_separator")
    frame = found.orders.with_columns(
        why=pl.Series([separator.join(names[one] for one in row) for row in found.orders["reasons"]], dtype=pl.String),
        channel=pl.Series([label("channel", one or "") for one in found.orders["channel_id"]], dtype=pl.String),
    )
    columns = [
        Column(name="order_id", heading=t("monitoring.order")),
        Column(name="day", heading=t("step.day")),
        Column(name="channel", heading=t("filter.channel")),
        Column(name="sku_id", heading=t("monitoring.sku")),
        Column(name="city", heading=t("monitoring.city")),
        Column(name="amount", heading=t("monitoring.amount"), unit=Unit.MONEY),
        Column(name="score", heading=t("monitoring.points")),
        Column(name="why", heading=t("monitoring.why")),
    ]
    said = [t("monitoring.orders_remark", days=LOOKED_AT, n=count(frame.height), looked=count(found.looked_at))]
    if found.silent:
        said.append(t("monitoring.orders_silent", names=separator.join(names[one] for one in found.silent)))
    remark = t("sales.sentence_separator").join(said)
    notes = panel.notes(view, query=Query(window=window), remarks=said)
    table = Table(title=t("monitoring.orders"), frame=frame, columns=columns, notes=notes)
    if frame.is_empty():
        with st.container(border=True, key="suspicious.none"):
            st.header(md(table.title), anchor=False)
            st.caption(md(remark))
        report.lines("suspicious", table.title, said)
        return
    tables.show(view, "suspicious", table, remark=remark)
