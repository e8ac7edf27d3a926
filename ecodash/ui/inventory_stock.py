"""The inventory page, middle part: age of the stock, cover, classes, what lies dead, what stock-outs cost."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.analysis.stock_ageing import BOUNDS
from ecodash.charts import stock
from ecodash.charts.crosstab import Crosstab, heatmap
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import ratio, value_text
from ecodash.metrics.inventory.positions import AGES
from ecodash.ui import panel, tables
from ecodash.ui.inventory import Inventory
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, language, say, t

COVERS = ((0.0, 7.0), (7.0, 15.0), (15.0, 30.0), (30.0, 60.0), (60.0, 90.0), (90.0, float("inf")))
URGENT, SLOW = 7.0, 90.0
ABC, XYZ = ("A", "B", "C"), ("X", "Y", "Z", "new")
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a block holds as a table, and what must be said beside it."""

    frame: pl.DataFrame
    columns: list[Column]
    remark: str


def ageing(view: View, here: Inventory) -> None:
    """Money in stock by age: of receipts where they are known, else of the last sale."""
    rows = here.found.positions.held().with_columns(cost=pl.col("unit_cost").fill_null(0.0))
    sums = rows.select(*((pl.col(name) * pl.col("cost")).sum().alias(name) for name in AGES))
    units = rows.select(*(pl.col(name).sum() for name in AGES))
    costed = float(rows["unit_cost"].is_not_null().sum()) > 0
    names = _age_names()
    values = [float((sums if costed else units)[name][0]) for name in AGES]
    unit = Unit.MONEY if costed else Unit.ITEMS
    frame = pl.DataFrame({"name": names, "units": [float(units[name][0]) for name in AGES], "value": values})
    total = sum(values)
    parts = [
        stock.Step(
            name=name,
            value=value,
            hover=f"{name}: {value_text(value, unit, language(), view.currency)} ({ratio(value / (total or 1), language())})",
            bad=index == len(names) - 1,
        )
        for index, (name, value) in enumerate(zip(names, values, strict=True))
    ]
    basis = t("inventory.age_receipts") if here.found.positions.by_receipts else t("inventory.age_sales")
    figure = stock.steps(
        parts, unit=unit, title=t("inventory.ageing"), axis=t("inventory.age_axis"), reader=view.reader
    )
    columns = [
        Column(name="name", heading=t("inventory.age_axis")),
        Column(name="units", heading=t("inventory.units"), unit=Unit.ITEMS),
        Column(name="value", heading=t("inventory.value"), unit=unit),
    ]
    _block(view, here, "ageing", figure, Content(frame=frame, columns=columns, remark=basis))


def cover(view: View, here: Inventory) -> None:
    """How many products last how long: sellable stock ÷ daily demand corrected for stock-outs."""
    rows = here.frame.filter(pl.col("available").is_not_null(), (pl.col("rate") > 0) | (pl.col("on_hand") > 0))
    parts = []
    for low, high in COVERS:
        n = rows.filter(pl.col("cover") >= low, pl.col("cover") < high).height
        name = t("inventory.cover_over", low=f"{low:g}") if high == float("inf") else f"{low:g}–{high:g}"
        hover = t("inventory.cover_hover", name=name, n=count(n))
        parts.append(stock.Step(name=name, value=n, hover=hover, bad=high <= URGENT))
    still = rows.filter(pl.col("cover").is_null()).height
    quiet = t("inventory.cover_quiet")
    hover = t("inventory.cover_hover", name=quiet, n=count(still))
    parts.append(stock.Step(name=quiet, value=still, hover=hover, faint=True))
    frame = pl.DataFrame({"name": [one.name for one in parts], "products": [int(one.value) for one in parts]})
    figure = stock.steps(
        parts, unit=Unit.COUNT, title=t("inventory.cover"), axis=t("inventory.cover_axis"), reader=view.reader
    )
    columns = [
        Column(name="name", heading=t("inventory.cover_axis")),
        Column(name="products", heading=t("inventory.products"), unit=Unit.COUNT),
    ]
    _block(view, here, "cover", figure, Content(frame=frame, columns=columns, remark=t("inventory.cover_remark")))


def classes(view: View, here: Inventory) -> None:
    """ABC by sales against XYZ by evenness: how many products, and the money they hold."""
    rows = here.frame.filter((pl.col("revenue") > 0) | (pl.col("on_hand") > 0))
    cells = {
        (abc, xyz): (n, money)
        for abc, xyz, n, money in rows.group_by("abc", "xyz").agg(n=pl.len(), money=pl.col("value").sum()).iter_rows()
    }
    names = [t(f"inventory.xyz_{one}") for one in XYZ]
    hovers = [[_cell(view, abc, xyz, cells.get((abc, xyz), (0, 0.0))) for xyz in XYZ] for abc in ABC]
    crosstab = Crosstab(
        rows=[t(f"inventory.abc_{one}") for one in ABC],
        columns=names,
        values=[[cells.get((abc, xyz), (None,))[0] for xyz in XYZ] for abc in ABC],
        texts=[[str(cells[(abc, xyz)][0]) if (abc, xyz) in cells else "" for xyz in XYZ] for abc in ABC],
        hovers=hovers,
        row_axis=t("inventory.abc_axis"),
        column_axis=t("inventory.xyz_axis"),
    )
    title = t("inventory.classes")
    alt = "; ".join(cell for line in hovers for cell in line)
    figure = heatmap(crosstab, title=title, alt=f"{title}: {alt}", language=language())
    columns = [
        Column(name="sku_id", heading=t("inventory.sku")),
        Column(name="name", heading=t("inventory.name")),
        Column(name="abc", heading="ABC"),
        Column(name="xyz", heading="XYZ"),
        Column(name="revenue", heading=t("inventory.revenue"), unit=Unit.MONEY),
        Column(name="value", heading=t("inventory.value"), unit=Unit.MONEY),
    ]
    frame = rows.sort("revenue", descending=True)
    _block(view, here, "classes", figure, Content(frame=frame, columns=columns, remark=t("inventory.classes_remark")))


def sleeping(view: View, here: Inventory) -> None:
    """Dead and slow stock, the most money first."""
    kind = pl.when("dead").then(pl.lit(t("inventory.dead"))).otherwise(pl.lit(t("inventory.slow")))
    rows = here.found.positions.held().filter("slow").with_columns(kind=kind)
    rows = (
        rows.sort("value", "on_hand", descending=True, nulls_last=True)
        .head(MOST)
        .with_columns(pl.col("cover").round(0))
    )
    columns = [
        Column(name="sku_id", heading=t("inventory.sku")),
        Column(name="name", heading=t("inventory.name")),
        Column(name="kind", heading=t("inventory.kind")),
        Column(name="on_hand", heading=t("inventory.units"), unit=Unit.ITEMS),
        Column(name="value", heading=t("inventory.value"), unit=Unit.MONEY),
        Column(name="cover", heading=t("inventory.cover_days"), unit=Unit.DAYS),
        Column(name="idle", heading=t("inventory.idle"), unit=Unit.DAYS),
    ]
    _table(view, here, "sleeping", Content(frame=rows, columns=columns, remark=t("inventory.sleeping_remark")))


def lost(view: View, here: Inventory) -> None:
    """What stock-outs of the last year probably cost, with intervals; where the spells come from is said."""
    rows = here.frame.filter(pl.col("lost") > 0).sort("lost_money", "lost", descending=True, nulls_last=True)
    spells = here.found.spells
    if spells is None:
        return
    columns = [
        Column(name="sku_id", heading=t("inventory.sku")),
        Column(name="name", heading=t("inventory.name")),
        Column(name="out_days", heading=t("inventory.out_days"), unit=Unit.DAYS),
        Column(name="plain", heading=t("inventory.plain_rate"), unit=Unit.INDEX),
        Column(name="rate", heading=t("inventory.rate"), unit=Unit.INDEX),
        Column(name="lost", heading=t("inventory.lost_units"), unit=Unit.INDEX),
        Column(name="lost_low", heading=t("column.low"), unit=Unit.INDEX),
        Column(name="lost_high", heading=t("column.high"), unit=Unit.INDEX),
        Column(name="lost_money", heading=t("inventory.lost_money"), unit=Unit.MONEY),
    ]
    remark = t(f"inventory.spells_{spells.value}")
    tidy = [
        pl.col("plain", "rate").round(2),
        pl.col("lost", "lost_low", "lost_high").round(1),
        pl.col("lost_money").round(0),
    ]
    if rows.is_empty():
        with st.container(border=True, key="inventory.no_lost"):
            st.header(say("inventory.lost"), anchor=False)
            st.caption(say("inventory.lost_none") + " " + say(f"inventory.spells_{spells.value}"))
        return
    _table(view, here, "lost", Content(frame=rows.head(MOST).with_columns(tidy), columns=columns, remark=remark))


def _age_names() -> list[str]:
    edges = (0, *BOUNDS)
    closed = [f"{low + 1 if low else 0}–{high}" for low, high in zip(edges, BOUNDS, strict=False)]
    return [*closed, t("inventory.cover_over", low=BOUNDS[-1])]


def _cell(view: View, abc: str, xyz: str, found: tuple[int, float]) -> str:
    money = value_text(found[1], Unit.MONEY, language(), view.currency)
    return t("inventory.cell", abc=abc, xyz=t(f"inventory.xyz_{xyz}"), n=count(found[0]), money=money)


def _block(view: View, here: Inventory, key: str, figure: charts.Figure, content: Content) -> None:
    panel.show(
        view,
        Block(
            key=f"inventory_{key}",
            figure=figure,
            table=_made(view, here, key, content),
            remark=content.remark,
        ),
    )


def _table(view: View, here: Inventory, key: str, content: Content) -> None:
    tables.show(view, f"inventory_{key}", _made(view, here, key, content), remark=content.remark)


def _made(view: View, here: Inventory, key: str, content: Content) -> Table:
    notes = panel.notes(view, query=here.query, remarks=[content.remark])
    return Table(title=t(f"inventory.{key}"), frame=content.frame, columns=content.columns, notes=notes)
