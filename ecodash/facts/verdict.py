"""The sales policy applied to one document: what kind it is and whether it counts. Decided here and nowhere else.

A document is judged by the first line that fits:

==============  =======================================================================================
``test``        marked as a test order (unless the policy counts them)
``undated``     carries no date at all
``adjustment``  bookkeeping (``document = adjustment``); counts in net sales only if the policy says so
``credit``      a credit note (``document = credit``) or any other document with a negative total
``cancelled``   closed without a payment
``unknown``     a status nobody could read (``source_status`` alone) and no payment time
``unpaid``      neither a payment time nor a paid status
``zero``        paid, but nothing was paid for it (unless the policy counts zero amounts)
``sale``        everything else: paid, shipped, completed, or closed after payment (a sale with a refund)
==============  =======================================================================================

An order of a source that knows neither status nor payment time counts as paid: ``status``, ``source_status`` and
``paid_at`` are null on its rows. A source that does know one of them must say ``created`` where it was not paid.
A document that states no amount anywhere, such as a list of quantities, is not ``zero``: its amount is unknown, its
units and the order itself count.
"""

import narwhals as nw

from ecodash.core.settings import SalesPolicy
from ecodash.facts.fact import Frame

PAID_STATES = ("paid", "shipped", "completed", "refunded")


def judged(documents: Frame, policy: SalesPolicy) -> Frame:
    """The documents with ``kind``, ``is_sale`` and ``closed`` (closed after payment) added.

    Reads ``value`` (amount of the document in its own currency), ``line_units`` and ``line_some``.
    """
    with_kind = documents.with_columns(kind=_kind(policy))
    sale = nw.col("kind") == "sale"
    closed = (nw.col("status") == "refunded") | ((nw.col("status") == "cancelled") & ~nw.col("paid_at").is_null())
    return with_kind.with_columns(is_sale=sale, closed=sale & closed.fill_null(value=False))


def _kind(policy: SalesPolicy) -> nw.Expr:
    document = nw.col("document").fill_null("sale")
    status = nw.col("status").fill_null("")
    verdicts = (
        ("test", nw.lit(value=False) if policy.include_test_orders else nw.col("is_test").fill_null(value=False)),
        ("undated", nw.col("day").is_null()),
        ("adjustment", document == "adjustment"),
        ("credit", (document == "credit") | (nw.col("value") < 0)),
        ("cancelled", (status == "cancelled") & nw.col("paid_at").is_null()),
        ("unknown", ~nw.col("source_status").is_null() & nw.col("status").is_null() & nw.col("paid_at").is_null()),
        ("unpaid", ~_is_paid()),
        ("zero", ~_is_worth_counting(policy)),
    )
    kind = nw.lit("sale")
    for name, fits in reversed(verdicts):
        kind = nw.when(fits).then(nw.lit(name)).otherwise(kind)
    return kind


def _is_paid() -> nw.Expr:
    status = nw.col("status")
    unknown = status.is_null() & nw.col("paid_at").is_null()
    return unknown | ~nw.col("paid_at").is_null() | status.is_in(PAID_STATES).fill_null(value=False)


def _is_worth_counting(policy: SalesPolicy) -> nw.Expr:
    something = (nw.col("line_some") == 0) | (nw.col("line_units") > 0)
    silent = _states_no_amount() & something
    if not policy.include_zero_amount:
        return (nw.col("value") > 0) | silent
    return (nw.col("value") > 0) | ((nw.col("value") == 0) & something)


def _states_no_amount() -> nw.Expr:
    stated = nw.coalesce("paid_amount", "order_amount", "goods_amount")
    return stated.is_null() & (nw.col("line_priced") == 0) & (nw.col("line_back") == 0)
