"""One person behind several customer ids: the person gets a row of his own, so that his profile can be found."""

import narwhals as nw

from ecodash.ingest.shape.pieces import ROW, Frame, grouped

PERSON = "person_id"
_EARLIEST = ("registered_at", "member_since", "private_joined_at", "private_left_at")


def with_persons(rows: Frame) -> Frame:
    """``rows`` of customers and one row per person they name who is not among them under this very id.

    The person's row holds the earliest dates and the greatest other values of the ids that belong to him; its own
    ``person_id`` is null. Without a column ``person_id`` nothing is added.
    """
    names = rows.collect_schema().names()
    if PERSON not in names:
        return rows
    named = rows.filter(~nw.col(PERSON).is_null() & (nw.col(PERSON) != nw.col("customer_id")))
    others = [name for name in names if name not in ("customer_id", PERSON, ROW)]
    lows = [name for name in others if name in _EARLIEST]
    highs = [name for name in others if name not in _EARLIEST]
    persons = grouped(named, [PERSON], lows=lows, highs=highs).rename({PERSON: "customer_id"}).drop("rows")
    listed = rows.select("customer_id").unique()
    added = persons.join(listed, on="customer_id", how="anti").with_columns(
        nw.lit(None, dtype=nw.String()).alias(PERSON)
    )
    return nw.concat([rows.select(*names), added.select(*names)], how="vertical")
