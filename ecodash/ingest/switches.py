"""The quirks of export formats as named switches: data in the catalogue, implemented once.

Switches of *structure* decide which rows are data; ``recognise`` and ``data_rows`` implement them. Switches of
*values* decide what a cell means; ``conform`` implements them. What happens to every file needs no switch: tabs,
apostrophes, backticks, ``="…"`` wrappers and ``.0`` tails of ids are cleaned, blank rows and unnamed trailing columns
dropped, a second header of the same name called ``name.1``, rows whose first cell is a total word set aside.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Switches:
    """Quirks of one format; the default of each is the ordinary file.

    Structure (``recognise``, ``data_rows``)

    ``comment_prefix``       lines that start so are not data, wherever they stand; the first one after data ends it
    ``end_marker``           the row whose first cell starts so ends the data, everything after it is a footer
    ``footer_words``         a row that has one of these words as a whole cell is a footer row
    ``description_row``      the first row after the header explains the columns
    ``summary_if_blank``     a row with all these headers blank is a summary row (those of them the file has)
    ``sections``             several tables may follow each other; the first one that is recognised is read
    ``fill_merged``          a merged cell counts for every row it covers (down only)

    Values (``conform``)

    ``blank_continuation``   order cells are filled on the first row of an order only: fill down inside the same order
    ``fill_order_id``        the order id itself is blank on continuation rows: fill it down first
    ``summary_then_items``   a row without product opens an order of several items and holds its money and buyer
    ``pack_prefix``          a row whose status starts so sums up the following rows of a pack: keep the items
    ``subtotal_word``        rows with this word in a level column are subtotals of that level
    ``refund_maybe_in_paid`` the refund may already be taken off the paid amount: compare before subtracting
    ``whole_order_refund``   a refund status without a refund amount means the whole order was refunded
    ``closed_paid_is_refund``  a cancelled order with a payment time is a sale with a refund
    ``one_row_per_unit``     no quantity column: every row is one unit
    ``line_amount``          how a missing line amount follows from other fields (see ``derived`` of the format)
    ``scale_lines``          derived line amounts are scaled so that they add up to the order amount
    ``sign_from_direction``  the amount is unsigned: ``direction`` or ``txn_type`` decides
    ``order_id_prefix``      text in front of the order id that is not part of it
    ``split_line_suffix``    order ids may end with -1, -2 for split lines (never those of Pinduoduo)
    ``joined_order_ids``     several order ids in one cell, separated by commas
    ``date_in_order_id``     when no time is filled, the first six digits of the order id are the day (YYMMDD)
    ``date_in_file_name``    the day or period may stand only in the file name
    ``period_in_preamble``   the period stands in the lines above the header
    ``date_range``           the date cell may hold start~end: a period, not a day
    ``whole_period_rows``    a row covers the days from ``date`` to ``period_end``
    ``zone_from``            ``value`` the time carries its offset, ``column`` another column names the zone,
                             ``ask`` the zone of the shop is not in the file, ``format`` it is the format's timezone
    ``time_field``           header of the column that holds the time of day belonging to the date
    ``currency_from``        ``column``, ``header`` (bracket of an amount header), ``cell`` (prefix of the amount),
                             ``format``, ``ask``
    ``place_from``           header whose text starts with province, city, district
    ``month_names``          language of month names in dates (``es``, ``pt``)
    ``html_entities``        text cells may hold HTML entities (``&#36;``)
    ``amount_components``    several rows per line, one per amount component
    ``statement_summary``    the first row sums up the statement (total, currency) and is no transaction
    ``product_if``           (header, value): the product id is one only in rows with this value
    ``dedupe_people``        one person has several rows
    ``drop_headers``         identity columns that must not be kept at all
    ``added_up``             fields whose headers are parts of one amount, to be added, not alternatives
    """

    comment_prefix: str | None = None
    end_marker: str | None = None
    footer_words: tuple[str, ...] = ()
    description_row: bool = False
    summary_if_blank: tuple[str, ...] = ()
    sections: bool = False
    fill_merged: bool = False

    blank_continuation: bool = False
    fill_order_id: bool = False
    summary_then_items: bool = False
    pack_prefix: tuple[str, ...] = ()
    subtotal_word: str | None = None
    refund_maybe_in_paid: bool = False
    whole_order_refund: bool = False
    closed_paid_is_refund: bool = False
    one_row_per_unit: bool = False
    line_amount: str | None = None
    scale_lines: bool = False
    sign_from_direction: bool = False
    order_id_prefix: str | None = None
    split_line_suffix: bool = False
    joined_order_ids: bool = False
    date_in_order_id: bool = False
    date_in_file_name: bool = False
    period_in_preamble: bool = False
    date_range: bool = False
    whole_period_rows: bool = False
    zone_from: str = "format"
    time_field: str | None = None
    currency_from: str = "format"
    place_from: str | None = None
    month_names: str | None = None
    html_entities: bool = False
    amount_components: bool = False
    statement_summary: bool = False
    product_if: tuple[str, ...] = ()
    dedupe_people: bool = False
    drop_headers: tuple[str, ...] = ()
    added_up: tuple[str, ...] = ()
