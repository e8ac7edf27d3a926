"""One file, step by step, from text to canonical fields."""

from collections.abc import Callable

import polars as pl

from ecodash.core.settings import Settings
from ecodash.ingest.conform import (
    amounts,
    buyers,
    derived,
    file_facts,
    line_keys,
    order_money,
    order_rows,
    order_status,
    own_tables,
    reports,
    required,
    unpivoting,
)
from ecodash.ingest.conform.choices import Choices
from ecodash.ingest.conform.conformed import Conformed
from ecodash.ingest.conform.draft import Context, Draft, HashIds
from ecodash.ingest.conform.rejected import gathered
from ecodash.ingest.conform.typed import typed
from ecodash.ingest.raw import ROW, RawTable
from ecodash.ingest.recognise import data_rows
from ecodash.ingest.recognition import Recognition
from ecodash.ingest.totals import control_totals

Step = Callable[[Draft], Draft]

STEPS: tuple[Step, ...] = (
    buyers.with_customer,
    derived.with_sessions,
    derived.with_birth_years,
    file_facts.with_places,
    file_facts.with_currency,
    order_rows.with_whole_ids,
    order_rows.with_row_orders,
    order_rows.without_repeated_lines,
    order_rows.with_packs,
    order_rows.with_items_only,
    order_rows.with_siblings_facts,
    file_facts.with_id_dates,
    amounts.with_signs,
    amounts.with_units,
    amounts.with_line_amounts,
    amounts.with_adjusted_refund,
    order_money.with_order_money_once,
    amounts.with_scaled_lines,
    amounts.with_gross_paid,
    order_status.with_status_class,
    amounts.with_line_payments,
    amounts.with_whole_refunds,
    amounts.with_refunds_once,
    order_status.with_order_status,
    reports.with_product_ids,
    reports.with_level_totals,
    reports.with_signed_amounts,
    file_facts.with_dates,
    required.without_unusable_rows,
    file_facts.with_zone_notes,
    derived.with_line_costs,
    line_keys.with_line_keys,
    derived.with_reason_kinds,
    derived.with_refund_money_only_when_paid_back,
    derived.with_fee_kinds,
    derived.with_own_ids,
    derived.with_rows_of_products,
    order_rows.without_unusable,
)


def conform(
    raw: RawTable, recognition: Recognition, *, settings: Settings, hash_id: HashIds, choices: Choices | None = None
) -> Conformed:
    """The data rows of ``raw`` in canonical fields.

    ``hash_id`` turns identity texts into customer ids (null stays null). Bad cells become rejects and null; rows that
    cannot be used at all become whole-row rejects; nothing is dropped silently. Raises MappingError when the mapping
    names no entity. When ``raw`` is a part of a file, ``choices`` keeps what is decided once for the file.
    """
    text = data_rows(raw, recognition).with_columns(pl.col(ROW).cast(pl.Int64))
    context = Context(raw=raw, recognition=recognition, settings=settings, hash_id=hash_id, text=text, choices=choices)
    context = unpivoting.unpivoted(context)
    if own_tables.is_own_table(context):
        draft = own_tables.conformed(context)
    else:
        draft = typed(context)
        for step in STEPS:
            draft = step(draft)
    totals = control_totals(draft)
    draft = reports.spread_over_days(draft)
    return Conformed(
        entity=context.entity,
        frame=draft.frame,
        rejects=gathered(draft.rejects),
        totals=totals,
        problems=(*recognition.problems, *draft.problems),
    )
