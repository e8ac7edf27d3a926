"""Facts: what pages and metrics read. ``FACTS`` lists them in build order.

=================  ==========================================================  ============
fact               one row per                                                 refreshed by
=================  ==========================================================  ============
documents          order document, by itself (internal step of ``orders``)     order_id
order_lines        line of an order document                                   order_id
history            document of an identified customer (step of ``orders``)     customer_id
orders             order document, with its place in the customer's history    order_id
customers          identified customer with at least one sale                  customer_id
customer_months    customer × month with a sale or a credit                    customer_id
refunds            document × day on which money went back                     order_id
daily              day × channel × platform × domain × kind of buyer           day
product_days       day × SKU × channel                                         day
stock_days         snapshot day × location × SKU                               sku_id
=================  ==========================================================  ============

Columns are declared in the file of each fact (``orders`` and ``documents`` in ``order_columns``); ``fact`` says how a
fact is declared and refreshed. Rules that hold everywhere:

* Amounts are Int64 ten-thousandths of the base currency, quantities Int64 ten-thousandths of a unit.
* Days are Int32 since 1970-01-01, months Int32 ``year * 12 + month - 1``.
* Money and units hold only what the sales policy counts, so they can be summed without a filter; ``kind`` says why a
  row does not count and ``placed`` keeps what was ordered, paid or not.
* A sale without an exchange rate is an order (``is_sale``) whose money is 0 (``fx_missing``).
* Credit documents are rows of ``orders`` (``kind = credit``): they lower net sales of the customer on their own day
  and are never an order.
* Nothing looks ahead: history columns of an order use only orders that lie before it.
"""

from ecodash.facts.customer_months import CUSTOMER_MONTHS
from ecodash.facts.customers import CUSTOMERS
from ecodash.facts.daily import DAILY
from ecodash.facts.documents import DOCUMENTS
from ecodash.facts.fact import DTYPES, Fact, FactColumn, FactType, Frame, Read
from ecodash.facts.history import HISTORY
from ecodash.facts.lines import ORDER_LINES
from ecodash.facts.orders import ORDERS
from ecodash.facts.placed_returns import PLACED_RETURNS
from ecodash.facts.product_days import PRODUCT_DAYS
from ecodash.facts.refunds import REFUNDS
from ecodash.facts.stock_days import STOCK_DAYS

FACTS: tuple[Fact, ...] = (
    PLACED_RETURNS,
    DOCUMENTS,
    ORDER_LINES,
    HISTORY,
    ORDERS,
    CUSTOMERS,
    CUSTOMER_MONTHS,
    REFUNDS,
    DAILY,
    PRODUCT_DAYS,
    STOCK_DAYS,
)

__all__ = ["DTYPES", "FACTS", "Fact", "FactColumn", "FactType", "Frame", "Read"]
