"""Spans of calendar days, both ends included, in the business zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970-01-01: how facts store days."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day ``number`` days after 1970-01-01."""
    return EPOCH + timedelta(days=number)


@dataclass(frozen=True, order=True)
class Period:
    """The days ``start`` … ``end``, both included. Raises ValueError when the end lies before the start."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}")

    @property
    def days(self) -> int:
        """Number of days, at least 1."""
        return (self.end - self.start).days + 1

    @classmethod
    def last_days(cls, end: date, days: int) -> "Period":
        """The ``days`` days up to and including ``end``."""
        return cls(end - timedelta(days=days - 1), end)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """A calendar month."""
        following = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1), following - timedelta(days=1))

    def previous(self) -> "Period":
        """The period of the same length that ends the day before this one starts."""
        return Period.last_days(self.start - timedelta(days=1), self.days)

    def months(self) -> Iterator["Period"]:
        """Every calendar month this period touches, whole months."""
        year, month = self.start.year, self.start.month
        while date(year, month, 1) <= self.end:
            yield Period.month(year, month)
            year, month = year + month // 12, month % 12 + 1

    def clip(self, other: "Period") -> "Period | None":
        """The days both have in common; None when there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in the period."""
        return self.start <= day <= self.end
