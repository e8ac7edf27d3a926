"""The customers page: the row of numbers above the answer, and who is active, at risk and lapsed."""

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.analysis.refused import Refused
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import ratio, value_text
from ecodash.ui import panel, report
from ecodash.ui.customers import Customers
from ecodash.ui.customers_segments import CUSTOMERS
from ecodash.ui.customers_value import predicted_value, year_value
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, day, language, md, say, t


def row(view: View, found: Customers) -> None:
    """Customers, active ones, the lapse point, the best segment's share, value in a year: observed and expected."""
    champions = found.segments.sizes.filter(pl.col("segment") == "champions")
    share = champions["money_share"][0] if champions.height else None
    standing = {one["standing"]: one["customers"] for one in found.standings.table.iter_rows(named=True)}
    point = found.standings.point
    with st.grid(3, min_column_width=150, gap="small", key="customers.numbers"):
        _one("known", count(found.segments.customers), day=day(found.segments.as_of))
        _one("active", count(standing["active"]) if standing else "—")
        _one("point", "—" if isinstance(point, Refused) else _days(point.lapsed_after))
        _one("champions", "—" if share is None else ratio(share, language()))
        year = year_value(view)
        _one("year", _money(view, year["value"] if year else None), inside=_inside(view, year))
        _one("ahead", _money(view, predicted_value(view, found)))


def _one(key: str, value: str, **words: object) -> None:
    report.metric(
        "customers",
        say(f"customers.number_{key}"),
        md(value),
        border=True,
        meaning=say(f"customers.number_{key}_help", **words),
    )


def _inside(view: View, year: dict[str, float] | None) -> str:
    if year is None:
        return ""
    low, high = _money(view, year["low"]), _money(view, year["high"])
    return t("customers.inside", low=low, high=high, n=count(year["customers"]))


def _days(value: float) -> str:
    return value_text(value, Unit.DAYS, language())


def _money(view: View, value: float | None) -> str:
    return "—" if value is None else value_text(value, Unit.MONEY, language(), view.currency)


def standings(view: View, found: Customers) -> None:
    """Active, at risk, lapsed: how many and what they have brought."""
    point, title = found.standings.point, t("customers.lapse")
    if isinstance(point, Refused):
        with st.container(border=True, key="lapse.none"):
            st.header(md(title), anchor=False)
            st.caption(md(point.text.to(language())))
        return
    frame = found.standings.table.with_columns(
        name=pl.Series([t(f"customers.standing_{one}") for one in found.standings.table["standing"]], dtype=pl.String)
    )
    shown = frame.select(
        "name",
        value=pl.col("customers").cast(pl.Float64),
        low=pl.lit(None, pl.Float64),
        high=pl.lit(None, pl.Float64),
        n="customers",
        status=pl.lit("ok"),
        note=pl.Series([ratio(one, language()) for one in frame["customer_share"].fill_nan(0.0)], dtype=pl.String),
    )
    inside = point.interval
    remark = t(
        "customers.lapse_remark",
        risk=point.at_risk_after,
        lapsed=point.lapsed_after,
        low=f"{inside.low:.0f}" if inside else "–",
        high=f"{inside.high:.0f}" if inside else "–",
        returned=ratio(point.returned, language()),
        horizon=point.horizon,
    )
    _standing_block(view, found, frame, charts.bars.ranked(shown, metric=CUSTOMERS, reader=view.reader), remark)


def _standing_block(view: View, found: Customers, frame: pl.DataFrame, figure: charts.Figure, remark: str) -> None:
    columns = [
        Column(name="name", heading=t("customers.standing")),
        Column(name="customers", heading=t("customers.customers"), unit=Unit.BUYERS),
        Column(name="customer_share", heading=t("customers.customer_share"), unit=Unit.RATIO),
        Column(name="money", heading=t("customers.money"), unit=Unit.MONEY),
        Column(name="money_share", heading=t("customers.money_share"), unit=Unit.RATIO),
    ]
    title, notes = t("customers.lapse"), panel.notes(view, query=found.query, remarks=[remark])
    table = Table(title=title, frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="lapse", title=title, figure=figure, table=table, remark=remark))
