"""What is planted in the sample shop, and when: everything follows from its last day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from ecodash.core.period import Period, day_number


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A shop of ``orders`` orders in the three years up to and including ``end``; one ``seed``, one shop."""

    orders: int
    seed: int
    end: date

    dead_sku: str = "HF-CANDLE-01"
    new_sku: str = "HF-PAD-01"
    stock_out_sku: str = "HF-BOTTLE-750"
    wave_skus: tuple[str, ...] = ("HF-TEE-M", "HF-TEE-L")

    @property
    def period(self) -> Period:
        """The days of the shop: three years, the last one included."""
        after = self.end + timedelta(days=1)
        leap = (after.month, after.day) == (2, 29)
        return Period(after.replace(year=after.year - 3, day=28 if leap else after.day), self.end)

    @property
    def first(self) -> int:
        """Number of the first day."""
        return day_number(self.period.start)

    @property
    def days(self) -> int:
        """How many days the shop has been open."""
        return self.period.days

    @property
    def last_moment(self) -> datetime:
        """The last second the shop knows of."""
        return datetime.combine(self.end, time(23, 59, 59))

    @property
    def dead_after(self) -> date:
        """The last day on which the dead product sold."""
        return self.end - timedelta(days=420)

    @property
    def launched(self) -> date:
        """The first day of the new product."""
        return self.end - timedelta(days=100)

    @property
    def stock_out(self) -> Period:
        """The days on which the best-selling bottle could not be had."""
        return Period(self.end - timedelta(days=130), self.end - timedelta(days=110))

    @property
    def wave(self) -> Period:
        """Payment days of the batch of tees that came back."""
        return Period(self.end - timedelta(days=75), self.end - timedelta(days=36))

    @property
    def snapshots(self) -> tuple[date, ...]:
        """Days on which the stock was exported: before the stock-out, in its middle, on the last day."""
        return (
            self.stock_out.start - timedelta(days=20),
            self.stock_out.start + timedelta(days=10),
            self.end,
        )

    def dice(self, *part: int) -> np.random.Generator:
        """A generator of its own for each part, so that a change in one part leaves the others as they were."""
        return np.random.Generator(np.random.PCG64([self.seed, *part]))
