"""Files with our own column names: the rows are the table; keys that can be blank are filled."""

import narwhals as nw

from ecodash.core.schema import TABLES
from ecodash.ingest.shape.persons import with_persons
from ecodash.ingest.shape.pieces import ROW, Frame, Source, joined_text, numbered, typed

_LINE_PARTS = ("sku_id", "product_id", "variant", "product_name")
_LINE_ORDER = ("qty", "unit_price", "paid_amount")


def is_own(source: Source) -> bool:
    """Whether the frame holds nothing but columns of the canonical table the entity names."""
    return source.entity in TABLES and source.names <= {*TABLES[source.entity].column_names, ROW}


def own_tables(source: Source) -> dict[str, Frame]:
    """The table itself, and the channels it names."""
    frame, platform = source.frame, source.platform
    if source.entity == "order_items" and not source.has("line_key"):
        frame = _with_line_keys(source)
    if source.entity == "traffic_daily" and not source.has("segment"):
        frame = frame.with_columns(segment=nw.lit("all"))
    if source.entity == "inventory" and not source.has("location_id"):
        frame = frame.with_columns(location_id=nw.lit(platform))
    tables = {source.entity: typed(frame, source.entity)}
    if source.entity == "customers":
        tables["customers"] = with_persons(tables["customers"])
    if source.has("channel_id") and source.entity != "channels":
        named = frame.filter(~nw.col("channel_id").is_null()).group_by("channel_id").agg(nw.col(ROW).min().alias(ROW))
        tables["channels"] = typed(named, "channels")
    return tables


def _with_line_keys(source: Source) -> Frame:
    parts = source.present(("line_id",)) or source.present(("line_no",))
    frame = source.frame
    if parts:
        return frame.with_columns(line_key=nw.col(parts[0]).cast(nw.String))
    content = source.present(_LINE_PARTS)
    text = joined_text(*(nw.col(name) for name in content)) if content else nw.lit("")
    frame = frame.with_columns(content=text)
    place = numbered(["order_id", "content"], [*source.present(_LINE_ORDER), ROW])
    return frame.with_columns(line_key=nw.concat_str([nw.col("content"), place.cast(nw.String)], separator="#"))
