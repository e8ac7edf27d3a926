"""How the columns of one file answer the canonical fields, and the settings of one load."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

RefundInPaid = Literal["auto", "yes", "no"]


@dataclass(frozen=True, kw_only=True)
class LoadOptions:
    """What the user can say about one load; None or empty means: decide from the format or from the data.

    ========================  =====================================================================================
    ``zone``                  time zone of naive times in the file (IANA name)
    ``currency``              ISO code for rows that carry none
    ``decimal, thousands``    separators of numbers, one character each; thousands may be ""
    ``date_formats``          strptime formats, tried in this order before those of the format
    ``day_first``             True: 03/04 is 3 April; False: 4 March
    ``id_prefix``             text taken off the front of order ids
    ``id_namespace``          text put before order ids, to keep two shops with the same numbers apart
    ``credit_prefix``         order ids that start so are credit notes or cancellations of a sale
    ``adjustment_prefix``     order ids that start so are bookkeeping adjustments, no sales
    ``refund_in_paid``        whether the refund is already taken off the paid amount
    ``row_is_order``          True: the file has no order id, every row is one order
    ``snapshot_date``         day of a stock or customer file that carries none
    ``period_start, _end``    days a report without dates covers
    ``platform, channel``     for files that do not name theirs
    ``money_divisor``         1_000_000 for amounts in micros, 100 for cents
    ``header_row``            file row of the header (from 1)
    ``no_header``             True: the first row is data; columns are column_1 … column_n
    ``encoding, delimiter``   of text files
    ``sheet``                 the sheet of a workbook or the member of an archive to load
    ``unpivot``               name pattern (``W*``) of columns that become rows
    ``valid, pending, cancelled, refunded``   status words of this file, before those of the format
    ========================  =====================================================================================
    """

    zone: str | None = None
    currency: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    date_formats: tuple[str, ...] = ()
    day_first: bool | None = None
    id_prefix: str | None = None
    id_namespace: str | None = None
    credit_prefix: str | None = None
    adjustment_prefix: str | None = None
    refund_in_paid: RefundInPaid = "auto"
    row_is_order: bool = False
    snapshot_date: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    platform: str | None = None
    channel: str | None = None
    money_divisor: int | None = None
    header_row: int | None = None
    no_header: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    unpivot: str | None = None
    valid: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    refunded: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """Canonical field → headers of the file (as unique names, in order of preference).

    ``entity`` is "" while nobody has decided what one row of the file is. ``columns`` names only headers the file
    has; a field without a column is absent. ``format`` is the catalogue id, ``canonical:<table>``, or None.
    """

    entity: str
    columns: Dictionary[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    format: str | None = None
    options: LoadOptions = field(default_factory=LoadOptions)
