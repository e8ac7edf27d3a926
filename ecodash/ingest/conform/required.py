"""Rows that lack what their kind of row cannot do without: whole-row rejects, never silently left out."""

import polars as pl

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


def without_unusable_rows(draft: Draft) -> Draft:
    """The rows that have what they need. A field no row has is a question for the user, not a fault of the rows."""
    if draft.context.table:
        return draft
    for group in NEEDED.get(draft.context.entity, ()):
        names = [name for name in group if draft.has(name)]
        if not names:
            continue
        blank = draft.frame.select(pl.all_horizontal([pl.col(name).is_null() for name in names])).to_series()
        if blank.any() and not blank.all():
            draft = draft.losing(
                draft.frame.filter(blank), header=_header(draft, names[0]), field=names[0], reason="missing_required"
            )
    return draft


def _header(draft: Draft, field: str) -> str:
    """The column of a field, "" where its text is personal."""
    columns = draft.context.recognition.mapping.columns
    if field == "customer_id" or kind_of(field, draft.context.entity) is Kind.PERSONAL:
        return ""
    return columns.get(field, (field,))[0]
