"""The cohort matrix as a table: the same rows, columns, gaps and numbers as on the screen."""

import polars as pl

from ecodash.core.unit import Unit
from ecodash.export.table import Notes, Table
from ecodash.i18n import Reader


def matrix_table(cells: pl.DataFrame, *, unit: Unit, reader: Reader, title: str, notes: Notes) -> Table:
    """A row per cohort and a column per month from cells (cohort, month, value, n, status); summary row last."""
    raise NotImplementedError
