"""Canonical fields → canonical tables. Lazy narwhals throughout: the same code runs on polars and on DuckDB."""

from collections.abc import Callable

from ecodash.core.errors import MappingError
from ecodash.core.schema import TABLES
from ecodash.core.text import Text
from ecodash.ingest.mapping import LoadOptions
from ecodash.ingest.shape.bookings import payment_tables, refund_tables, settlement_tables, shipment_tables
from ecodash.ingest.shape.goods import customer_tables, goods_tables, stock_tables
from ecodash.ingest.shape.orders import order_tables
from ecodash.ingest.shape.own import is_own, own_tables
from ecodash.ingest.shape.pieces import ROW, Frame, Source
from ecodash.ingest.shape.reports import ad_tables, product_tables, shop_tables, traffic_tables

__all__ = ["SHAPERS", "shape"]

SHAPERS: dict[str, Callable[[Source], dict[str, Frame]]] = {
    "orders": order_tables,
    "order_lines": order_tables,
    "customers": customer_tables,
    "products": goods_tables,
    "inventory": stock_tables,
    "refunds": refund_tables,
    "payments": payment_tables,
    "settlement": settlement_tables,
    "shipments": shipment_tables,
    "ads_daily": ad_tables,
    "traffic_daily": traffic_tables,
    "shop_daily": shop_tables,
    "product_daily": product_tables,
    "product_period": product_tables,
}


def shape(frame: Frame, *, entity: str, platform: str, options: LoadOptions | None = None) -> dict[str, Frame]:
    """Canonical table name → its rows: columns of the table (as far as the file knows them) and ``row_no``.

    ``frame`` is the frame of ``Conformed``, or rows of a canonical table (``entity`` is its name then). Rows are
    unique by the merge key of their table. Raises MappingError for an entity no table is made of.
    """
    names = frozenset(frame.collect_schema().names())
    source = Source(frame=frame, names=names, entity=entity, platform=platform, options=options or LoadOptions())
    if is_own(source):
        return own_tables(source)
    if entity not in SHAPERS:
        raise MappingError(
            Text(f"不知道“{entity}”类文件对应哪张表。", f"No table is made of files of kind “{entity}”."),
            advice=Text("可选：" + "、".join(SHAPERS), "Known: " + ", ".join([*SHAPERS, *TABLES])),
        )
    if ROW not in names:
        raise ValueError("the frame has no row_no")
    return SHAPERS[entity](source)
