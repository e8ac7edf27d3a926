"""What a kind of row cannot do without: rows that lack it are rejects, a file without the column is a question."""

import polars as pl

from ecodash.core.errors import MappingError
from ecodash.core.text import Text
from ecodash.ingest.catalogue import SYNONYMS
from ecodash.ingest.conform.draft import Draft
from ecodash.ingest.conform.kinds import Kind, kind_of

# Entity → groups of fields; of each group one must be filled.
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "ads_daily": (("date",), ("spend",)),
    "traffic_daily": (("date",),),
    "shop_daily": (("date",),),
    "product_daily": (("date",), ("product_id",)),
    "product_period": (("date",), ("product_id",)),
    "customers": (("customer_id",),),
    "products": (("sku", "sku_id", "product_id"),),
    "inventory": (("sku", "sku_id", "product_id"),),
    "shipments": (("shipment_id", "tracking_no", "order_id"),),
}

# Entity → fields some column must stand for, although a row may leave them open (an item that is not stocked here).
COLUMNS: dict[str, tuple[str, ...]] = {"inventory": ("on_hand",)}


def without_unusable_rows(draft: Draft) -> Draft:
    """The rows that have what they need. A column without any value is a question for the user, not a fault of the rows.

    Raises MappingError when no column stands for something the rows of this kind need.
    """
    if draft.context.table:
        return draft
    for field in COLUMNS.get(draft.context.entity, ()):
        if not draft.has(field):
            raise _lacking(field)
    for group in NEEDED.get(draft.context.entity, ()):
        names = [name for name in group if draft.has(name)]
        if not names:
            raise _lacking(group[0])
        blank = draft.frame.select(pl.all_horizontal([pl.col(name).is_null() for name in names])).to_series()
        if blank.any() and not blank.all():
            draft = draft.losing(
                draft.frame.filter(blank), header=_header(draft, names[0]), field=names[0], reason="missing_required"
            )
    return draft


def _lacking(field: str) -> MappingError:
    """Which column the file lacks, with the headers it usually has."""
    usual = SYNONYMS.get(field, ())[:4]
    text = Text(
        f"文件里没有“{field}”这一列，未导入任何内容。", f"The file has no column for “{field}”; nothing was loaded."
    )
    advice = Text(
        f"请在平台导出时勾选这一列（常见表头：{'、'.join(usual)}），或指定由哪一列代表它（--map {field}=表头）。",
        f"Export it with that column (usually called {', '.join(usual)}), or say which one it is (--map {field}=Header).",
    )
    return MappingError(text, advice=advice)


def _header(draft: Draft, field: str) -> str:
    """The column of a field, "" where its text is personal."""
    columns = draft.context.recognition.mapping.columns
    if field == "customer_id" or kind_of(field, draft.context.entity) is Kind.PERSONAL:
        return ""
    return columns.get(field, (field,))[0]
