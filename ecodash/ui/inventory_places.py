"""The inventory page: stock of each warehouse against the demand it serves, and what to move."""

from typing import cast

import polars as pl

from ecodash.charts import stock
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import number, ratio
from ecodash.metrics.inventory.places import Places
from ecodash.metrics.inventory.remarks import NO_PLACES
from ecodash.ui import cache, panel, tables
from ecodash.ui.inventory import Inventory
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, t

MOST = 12


def draw(view: View, here: Inventory) -> None:
    """Shares of stock and demand per place, and the transfers; nothing without stock per place."""
    found = cast("Places | None", cache.answer(view.shop, "inventory.places", here.query))
    if found is None:
        return
    pairs = [
        stock.Pair(name=row["name"], stock=row["stock_share"], demand=row["demand_share"] or 0.0, hover=_hover(row))
        for row in found.frame.head(MOST).iter_rows(named=True)
    ]
    figure = stock.pairs(pairs, title=t("inventory.places"), reader=view.reader)
    columns = [
        Column(name="location_id", heading=t("inventory.place")),
        Column(name="sku_id", heading=t("inventory.sku")),
        Column(name="name", heading=t("inventory.name")),
        Column(name="on_hand", heading=t("inventory.units"), unit=Unit.ITEMS),
        Column(name="rate", heading=t("inventory.rate"), unit=Unit.INDEX),
        Column(name="cover", heading=t("inventory.cover_days"), unit=Unit.DAYS),
    ]
    remark = _remark(found)
    notes = panel.notes(view, query=here.query, remarks=[remark])
    made = Table(
        title=t("inventory.places"),
        frame=found.frame.with_columns(pl.col("cover").round(0)),
        columns=columns,
        notes=notes,
    )
    panel.show(view, Block(key="inventory_places", figure=figure, table=made, remark=remark))
    if found.moves.height:
        _moves(view, here, found)


def _moves(view: View, here: Inventory, found: Places) -> None:
    columns = [
        Column(name="sku_id", heading=t("inventory.sku")),
        Column(name="name", heading=t("inventory.name")),
        Column(name="source", heading=t("inventory.source")),
        Column(name="target", heading=t("inventory.target")),
        Column(name="units", heading=t("inventory.units"), unit=Unit.ITEMS),
    ]
    remark = t("inventory.moves_remark")
    notes = panel.notes(view, query=here.query, remarks=[remark])
    table = Table(title=t("inventory.moves"), frame=found.moves, columns=columns, notes=notes)
    tables.show(view, "inventory_moves", table, remark=remark)


def _remark(found: Places) -> str:
    said = [t("inventory.places_remark")]
    if found.frame["region"].null_count() == found.frame.height:
        said.append(NO_PLACES.to(language()))
    if found.matched is not None:
        said.append(t("inventory.matched", share=ratio(found.matched, language())))
    if found.unserved > 0:
        said.append(t("inventory.unserved", rate=number(found.unserved, language(), 1)))
    return " ".join(said)


def _hover(row: dict[str, float | str | None]) -> str:
    days = row["cover"]
    cover = "—" if days is None else number(float(days), language(), 0)
    return t(
        "inventory.place_hover",
        name=row["name"],
        units=number(float(row["on_hand"] or 0), language(), 0),
        rate=number(float(row["rate"] or 0), language(), 1),
        cover=cover,
    )
