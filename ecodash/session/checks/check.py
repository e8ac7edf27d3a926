"""What a check of data health is: which rows are doubtful, the money at stake, why it matters and what to do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import narwhals as nw
import polars as pl

from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.source import Source


class Severity(StrEnum):
    """``wrong``: numbers are wrong or incomplete. ``look``: somebody who knows the shop should look. ``note``: settled."""

    WRONG = "wrong"
    LOOK = "look"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What checks look at: the source of facts and tables, the history of loads, refused rows, and the day it is."""

    source: Source
    loads: pl.DataFrame
    rejects: Callable[[], pl.DataFrame] = field(default=pl.DataFrame)
    today: date

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.source.settings

    def fact(self, name: str) -> Frame:
        """A fact as it is now."""
        return self.source.fact(name)

    def table(self, name: str) -> Frame:
        """A canonical table as it is now."""
        return self.source.table(name)

    def sales(self) -> Frame:
        """The orders that count as a sale."""
        return self.fact("orders").filter(nw.col("is_sale"))

    def active(self) -> pl.DataFrame:
        """The loads that have not been taken back."""
        return self.loads.filter("active")


@dataclass(frozen=True, kw_only=True, eq=False)
class Check:
    """One kind of doubtful row.

    ``rows`` gives them lazily, with the columns worth seeing, ``load_id`` and ``row_no`` where a row has a place in a
    file, and ``money`` in ten-thousandths of the base currency unless ``priced`` is false. ``counted`` names a column
    to add up where one row stands for several. ``needs`` are canonical tables without which there is nothing to check.
    ``traps`` are the known mistakes of the field it shows (see ``traps``).
    """

    code: str
    title: Text
    why: Text
    advice: Text
    severity: Severity
    rows: Callable[[Ground], Frame]
    traps: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("orders",)
    priced: bool = True
    counted: str | None = None


ORDER = ("order_id", "channel_id", "at", "load_id", "row_no")
"""What is shown of an order beside the reason it is shown for."""
