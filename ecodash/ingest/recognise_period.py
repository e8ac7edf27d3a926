"""Which days a recognised table covers."""

import polars as pl

from ecodash.core.period import Period
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.mapping import Mapping
from ecodash.ingest.period import period_in_text, period_of
from ecodash.ingest.raw import RawTable

_DATE_FIELDS: dict[str, tuple[str, ...]] = {
    "settlement": ("txn_at", "settled_at", "txn_date", "bill_date", "ordered_at"),
    "customers": ("joined_at",),
    "refunds": ("refunded_at", "refund_requested_at", "ordered_at", "date"),
    "shipments": ("shipped_at", "ordered_at"),
    "payments": ("txn_at", "paid_at"),
}
_USUAL_DATES = ("ordered_at", "ordered_date", "date", "paid_at", "txn_at", "snapshot_date", "created_at", "at")


def main_period(raw: RawTable, frame: pl.DataFrame, *, mapping: Mapping, header_index: int | None) -> Period | None:
    """The days of the main date column of the data rows; else, where the format says so, of the title or file name."""
    export = FORMATS.get(mapping.format or "")
    hints = [hint for hint in export.date_formats if "/%y" in hint.lower()] if export else []
    day_first = mapping.options.day_first if not hints else hints[0].startswith("%d")
    fields = (*_DATE_FIELDS.get(mapping.entity, ()), *_USUAL_DATES)
    for names in (mapping.columns[field] for field in fields if field in mapping.columns):
        filled = pl.coalesce(pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name)) for name in names)
        period = period_of(frame.select(filled).to_series(), day_first=day_first)
        if period is not None:
            return period
    if export is None or not (export.switches.period_in_preamble or export.switches.date_in_file_name):
        return None
    above = [cell for row in raw.grid.head(header_index or 0).rows() for cell in row if cell]
    return period_in_text(" ".join(above)) or period_in_text(raw.file)
