"""The canonical tables: what every export is brought into, gathered from one file per theme."""

from ecodash.core.schema import goods, marketing, people, places, platform, reference, sales, special_orders
from ecodash.core.schema.table import Column, ColumnType, Table

TABLES: dict[str, Table] = {
    table.name: table
    for theme in (sales, special_orders, people, goods, places, marketing, platform, reference)
    for table in theme.TABLES
}

__all__ = ["TABLES", "Column", "ColumnType", "Table"]
