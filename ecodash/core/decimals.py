"""Exact decimal numbers as 64-bit integers: money and quantities are kept in ten-thousandths.

Sums of integers do not depend on the order of the rows and are the same in polars, DuckDB and Spark.
The range is ±922 trillion. Divide only at the very end, when a number is shown.
"""

from decimal import ROUND_HALF_UP, Decimal

SCALE = 10_000
PLACES = 4


def to_scaled(value: Decimal | int | str) -> int:
    """Ten-thousandths of ``value``, half up. Raises decimal.InvalidOperation when ``value`` is no number."""
    return int((Decimal(value) * SCALE).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def from_scaled(scaled: int) -> Decimal:
    """The decimal number that ``scaled`` ten-thousandths stand for."""
    return Decimal(scaled) / SCALE
