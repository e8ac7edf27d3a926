"""The buyer of every row as a keyed hash. No phone, e-mail, name or address goes further than here."""

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.conform.draft import Context, Draft, quoted
from ecodash.ingest.convert import Converted
from ecodash.ingest.convert.column import once_per_text
from ecodash.ingest.identity import identity_texts, linked, masked
from ecodash.ingest.raw import ROW

_NAMED = ("customer_id", "customer_key", "phone", "email", "member_id", "nickname")
_WITH_BUYERS = frozenset({"orders", "order_lines", "customers", "shipments"})


def with_customer(draft: Draft) -> Draft:
    """``customer_id`` from the columns that identify the buyer, best first; null for masked and anonymous buyers."""
    context = draft.context
    if context.entity not in _WITH_BUYERS:
        return draft
    columns = [(header, context.text[header]) for header in identity_headers(context)]
    if not columns:
        return _anonymous(draft)
    identities = identity_texts(columns, platform=context.platform)
    if context.switches.dedupe_people:
        identities = linked(identities, context.text[_alias_header(context)])
    draft = _masks_noted(draft, columns, identities)
    hashed = [_hashed(context, identities).alias("customer_id"), *_person(context)]
    return draft.with_frame(draft.frame.with_columns(hashed))


def _person(context: Context) -> list[pl.Series]:
    """The person a customer id belongs to, where a customer file says so."""
    header = context.recognition.mapping.columns.get("person_id", ("",))[0]
    if context.entity != "customers" or header not in context.text.columns:
        return []
    person = identity_texts([(header, context.text[header])], platform=context.platform)
    return [_hashed(context, person).alias("person_id")]


def _hashed(context: Context, identities: pl.Series) -> pl.Series:
    """The keyed hash of each identity; each distinct one is hashed once."""
    return once_per_text(identities, lambda texts: Converted(values=context.hash_id(texts))).values


def identity_headers(context: Context) -> list[str]:
    """Headers that identify the buyer, best first: the catalogue's list, or what the user mapped."""
    mapped = context.recognition.mapping.columns
    dropped = set(context.switches.drop_headers)
    fields = ("customer_key",) if context.export and "customer_key" in context.export.columns else _NAMED
    headers = dict.fromkeys(header for field in fields for header in mapped.get(field, ()))
    return [header for header in headers if header in context.text.columns and header not in dropped]


def _alias_header(context: Context) -> str:
    return identity_headers(context)[-1]


def _masks_noted(draft: Draft, columns: list[tuple[str, pl.Series]], identities: pl.Series) -> Draft:
    hidden = identities.is_null() & masked(columns[0][1])
    if not hidden.any():
        return draft
    rows = draft.frame.select(ROW).filter(hidden)
    text = Text(
        f"有 {{count}} 行的“{quoted(columns[0][0])}”已打码，无法识别买家，按匿名计（计入销售，不计入复购）。",
        f"“{quoted(columns[0][0])}” is masked in {{count}} rows: the buyer is unknown (counted in sales, left out of repurchase).",
    )
    return draft.noting("masked_identity", text, rows)


def _anonymous(draft: Draft) -> Draft:
    if draft.context.entity not in ("orders", "order_lines"):
        return draft
    text = Text(
        "文件里没有能识别买家的列：销售可以计算，复购、客户类指标不可用。",
        "No column identifies the buyer: sales can be computed, repurchase and customer metrics are not available.",
    )
    none = pl.lit(None, dtype=pl.String).alias("customer_id")
    return draft.with_frame(draft.frame.with_columns(none)).noting("no_buyer_id", text)
