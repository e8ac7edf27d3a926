"""The customers page, second part: numbers, answer, segments, scores, movement and lapse as pictures and tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.analysis.refused import Refused
from ecodash.analysis.rfm import SEGMENTS
from ecodash.charts.crosstab import Crosstab
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import ratio, value_text
from ecodash.ui import panel, report, tables
from ecodash.ui.customers import Customers, moved, segment_name
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, day, language, md, say, t

MEASURES = ("recency", "frequency", "money")


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a bar chart must know of what it draws."""

    name: Text
    unit: Unit


CUSTOMERS = Named(name=Text("客户数", "Customers"), unit=Unit.BUYERS)


def answer(view: View, found: Customers) -> None:
    """Who brings the money, and how many are still there, in a sentence."""
    top = found.segments.sizes.sort("money", descending=True).row(0, named=True)
    said = [
        say(
            "customers.answer",
            day=day(found.segments.as_of),
            n=count(found.segments.customers),
            segment=segment_name(top["segment"]),
            share=ratio(top["customer_share"], language()),
            money=ratio(top["money_share"] or 0.0, language()),
        )
    ]
    point = found.standings.point
    if isinstance(point, Refused):
        said.append(md(point.text.to(language())))
    else:
        by = {row["standing"]: row for row in found.standings.table.iter_rows(named=True)}
        said.append(
            say(
                "customers.answer_lapse",
                days=point.lapsed_after,
                active=count(by["active"]["customers"]),
                risk=count(by["at_risk"]["customers"]),
                lapsed=count(by["lapsed"]["customers"]),
            )
        )
    del view
    report.answer("  \n".join(said))


def sizes(view: View, found: Customers) -> None:
    """How many are in each segment and what they bring."""
    table = found.segments.sizes.with_columns(name=_names(found.segments.sizes["segment"]))
    frame = table.select(
        "name",
        value=pl.col("customers").cast(pl.Float64),
        low=pl.lit(None, pl.Float64),
        high=pl.lit(None, pl.Float64),
        n="customers",
        status=pl.lit("ok"),
        note=pl.Series([_note(row) for row in table.iter_rows(named=True)], dtype=pl.String),
    )
    figure = charts.bars.ranked(frame, metric=CUSTOMERS, reader=view.reader)
    remark = t("customers.segments_remark")
    columns = [
        Column(name="name", heading=t("customers.segment")),
        Column(name="customers", heading=t("customers.customers"), unit=Unit.BUYERS),
        Column(name="customer_share", heading=t("customers.customer_share"), unit=Unit.RATIO),
        Column(name="money", heading=t("customers.money"), unit=Unit.MONEY),
        Column(name="money_share", heading=t("customers.money_share"), unit=Unit.RATIO),
        Column(name="mean_recency", heading=t("customers.mean_recency"), unit=Unit.DAYS),
        Column(name="mean_orders", heading=t("customers.mean_orders"), unit=Unit.ORDERS_PER_BUYER),
        Column(name="mean_money", heading=t("customers.mean_money"), unit=Unit.MONEY_PER_BUYER),
    ]
    notes = panel.notes(view, query=found.query, remarks=[remark])
    title = t("customers.segments")
    shown = Table(title=title, frame=table, columns=columns, notes=notes)
    panel.show(view, Block(key="segments", title=title, figure=figure, table=shown, remark=remark))


def _note(row: dict[str, object]) -> str:
    share = row["money_share"]
    return "" if share is None else t("customers.of_money", share=ratio(float(str(share)), language()))


def _names(codes: Sequence[str] | pl.Series) -> pl.Series:
    return pl.Series([segment_name(code) for code in codes], dtype=pl.String)


def grid(view: View, found: Customers) -> None:
    """Recency against frequency: where the customers are, and what their scores mean."""
    frame = found.segments.grid
    scores = {(row["r"], row["f"]): row for row in frame.iter_rows(named=True)}
    recency = list(_cuts(found, "recency").iter_rows(named=True))[::-1]
    often = list(_cuts(found, "frequency").iter_rows(named=True))
    cells = [[scores.get((r["score"], f["score"])) for f in often] for r in recency]
    shown = Crosstab(
        rows=[t("customers.days_span", span=_span(row)) for row in recency],
        columns=[t("customers.orders_span", span=_span(row)) for row in often],
        values=[[None if cell is None else float(cell["customers"]) for cell in row] for row in cells],
        texts=[["" if cell is None else count(cell["customers"]) for cell in row] for row in cells],
        hovers=[["" if cell is None else _hover(view, cell) for cell in row] for row in cells],
        row_axis=t("customers.grid_rows"),
        column_axis=t("customers.grid_columns"),
    )
    title = t("customers.grid")
    figure = charts.crosstab.heatmap(shown, title=title, alt=t("customers.grid_alt", n=count(found.segments.customers)), language=language())  # fmt: skip
    columns = [
        Column(name="r", heading=t("customers.r"), unit=Unit.COUNT),
        Column(name="f", heading=t("customers.f"), unit=Unit.COUNT),
        Column(name="customers", heading=t("customers.customers"), unit=Unit.BUYERS),
        Column(name="money", heading=t("customers.money"), unit=Unit.MONEY),
    ]
    notes = panel.notes(view, query=found.query)
    table = Table(title=title, frame=frame, columns=columns, notes=notes)
    panel.show(view, Block(key="rfm_grid", title=title, figure=figure, table=table))


def _hover(view: View, cell: dict[str, object]) -> str:
    money = value_text(float(str(cell["money"])), Unit.MONEY, language(), view.currency)
    return t("customers.grid_hover", r=cell["r"], f=cell["f"], n=count(int(str(cell["customers"]))), money=money)


def _cuts(found: Customers, measure: str) -> pl.DataFrame:
    return found.segments.cut_offs.filter(pl.col("measure") == measure).sort("score")


def _span(row: dict[str, object]) -> str:
    low, high = f"{float(str(row['lowest'])):g}", f"{float(str(row['highest'])):g}"
    return low if low == high else f"{low}–{high}"


def cut_offs(view: View, found: Customers) -> None:
    """What each score means here, in days, orders and money."""
    frame = found.segments.cut_offs.with_columns(
        name=pl.Series([t(f"customers.{one}") for one in found.segments.cut_offs["measure"]], dtype=pl.String)
    )
    columns = [
        Column(name="name", heading=t("customers.measure")),
        Column(name="score", heading=t("customers.score"), unit=Unit.COUNT),
        Column(name="lowest", heading=t("customers.lowest"), unit=Unit.COUNT),
        Column(name="highest", heading=t("customers.highest"), unit=Unit.COUNT),
        Column(name="customers", heading=t("customers.customers"), unit=Unit.BUYERS),
    ]
    remark = t("customers.cut_offs_rules" if found.thresholds else "customers.cut_offs_quantiles")
    title, notes = t("customers.cut_offs"), panel.notes(view, query=found.query, remarks=[remark])
    tables.show(view, "cut_offs", Table(title=title, frame=frame, columns=columns, notes=notes), remark=remark)


def movement(view: View, found: Customers) -> None:
    """From which segment to which, since the evening before the period."""
    frame, window = moved(view, found), view.window
    if frame is None or window is None or frame.drop_nulls("before").is_empty():
        with st.container(border=True, key="movement.none"):
            st.header(say("customers.movement"), anchor=False)
            st.caption(say("customers.movement_none"))
        return
    rows, columns = [*SEGMENTS, None], list(SEGMENTS)
    counts = {(row["before"], row["after"]): row["customers"] for row in frame.iter_rows(named=True)}
    values = [[counts.get((a, b)) for b in columns] for a in rows]
    shown = Crosstab(
        rows=[f"{i} {segment_name(code)}" if code else segment_name(code) for i, code in enumerate(rows, 1)],
        columns=[str(i) for i in range(1, len(columns) + 1)],
        values=values,
        texts=[["" if n is None else count(n) for n in row] for row in values],
        hovers=[
            [t("customers.moved_hover", before=segment_name(a), after=segment_name(b), n=count(counts.get((a, b), 0))) for b in columns]
            for a in rows
        ],
        row_axis=t("customers.moved_rows"),
        column_axis=t("customers.moved_columns"),
    )  # fmt: skip
    _movement_block(view, found, frame, shown)


def _movement_block(view: View, found: Customers, frame: pl.DataFrame, shown: Crosstab) -> None:
    if view.window is None:
        return
    stayed = frame.filter(pl.col("before") == pl.col("after"))["customers"].sum() or 0
    known = frame.drop_nulls(["before", "after"])["customers"].sum() or 0
    title = t("customers.movement")
    remark = t(
        "customers.movement_remark",
        start=day(view.window.start),
        end=day(found.segments.as_of),
        stayed=count(float(stayed)),
        n=count(float(known)),
    )
    figure = charts.crosstab.heatmap(shown, title=title, alt=remark, language=language())
    named = frame.with_columns(before=_names(frame["before"]), after=_names(frame["after"]))
    columns = [
        Column(name="before", heading=t("customers.before")),
        Column(name="after", heading=t("customers.after")),
        Column(name="customers", heading=t("customers.customers"), unit=Unit.BUYERS),
    ]
    notes = panel.notes(view, query=found.query, remarks=[remark])
    table = Table(title=title, frame=named, columns=columns, notes=notes)
    panel.show(view, Block(key="movement", title=title, figure=figure, table=table, remark=remark))
