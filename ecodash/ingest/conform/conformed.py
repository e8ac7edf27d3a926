"""What ``conform`` gives back."""

from dataclasses import dataclass, field

import polars as pl

from ecodash.ingest.problem import Problem


@dataclass(frozen=True, kw_only=True)
class Conformed:
    """One file in canonical fields.

    ``frame``: one row per kept row of the file, in file order: canonical fields (amounts and quantities in
    ten-thousandths, times on the business clock), ``row_no`` (file row) and, for orders, ``customer_id`` (keyed hash or
    null), ``status_class`` (valid, pending, cancelled, refunded, unknown) and ``order_status`` (canonical). Amounts
    are additive over rows: an order total repeated on every line was taken once and shared out among the lines;
    ``paid_stated`` says that ``paid_amount`` is the order's own (else it is the sum of what its lines say).
    No phone, e-mail, name or address is left.

    ``rejects``: one row per rejected cell or row: file, row_no, column, field, raw, reason_code, reason_zh, reason_en,
    whole_row. Personal text is masked. ``totals``: control totals; amounts and quantities in ten-thousandths, the rest
    counts (``ecodash.ingest.totals``). ``problems``: what the user should know or decide.
    """

    entity: str
    frame: pl.DataFrame
    rejects: pl.DataFrame
    totals: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
