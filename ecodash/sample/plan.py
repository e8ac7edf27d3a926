"""What is planted in the sample shop, how strong and when: everything follows from its last day.

The README of the folder and the tests read these declarations; nothing is planted anywhere else.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from ecodash.core.period import Period, day_number

CONTACT_EFFECT = 0.12  # private domain: of those a guide adds, the share that comes back only because of it
CONTACTED = 0.5  # share of the mini-program's buyers a guide adds, by a coin, 2 to 25 days after the first order
CONTACT_DAYS = (2, 25)
JOINS = (0.16, 0.55, 0.5)  # loyalty programme: chance to join right after the first, second, later paid order
KEEN = (0.5, 1.0, 1.5)  # hidden keenness of a buyer: what the chance of another order is multiplied by
EARLIER_PRICES = 90  # percent of today's prices (food excepted) before ``Plan.repriced``
RAISED_TO = (8_600, 2_400)  # price of ``Plan.price_sku`` at home and abroad from ``Plan.raised`` on
ELASTICITY = -2.0  # of its demand
LATE_CARRIER = 2  # number of the carrier that is late
LATE = (0.04, 0.04, 0.40)  # share of late parcels of each carrier
BRUSHED = 0.02  # share of the Taobao orders that are brushing
UNPAID = 0.045  # share of orders that are never paid


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A shop of ``orders`` orders in the three years up to and including ``end``; one ``seed``, one shop."""

    orders: int
    seed: int
    end: date

    dead_sku: str = "HF-CANDLE-01"
    new_sku: str = "HF-PAD-01"
    stock_out_sku: str = "HF-BOTTLE-750"
    price_sku: str = "HF-COFFEE-10"
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
    def years(self) -> tuple[Period, Period]:
        """The last twelve months and the twelve before: between them the mix shifts."""
        middle, before = self.end - timedelta(days=365), self.end - timedelta(days=730)
        return Period(before + timedelta(days=1), middle), Period(middle + timedelta(days=1), self.end)

    @property
    def repriced(self) -> date:
        """The first day of today's prices; the cheap platform takes off on it."""
        return self.years[1].start

    @property
    def raised(self) -> date:
        """The first day of the higher price of the coffee."""
        return self.end - timedelta(days=239)

    @property
    def brushing(self) -> tuple[date, ...]:
        """The evenings of the bursts, soon after the launch."""
        return tuple(self.launched + timedelta(days=after) for after in (6, 7, 13))

    @property
    def snapshots(self) -> tuple[date, ...]:
        """Days on which the stock was exported: before the stock-out, in its middle, on the last day."""
        return (
            self.stock_out.start - timedelta(days=20),
            self.stock_out.start + timedelta(days=10),
            self.end,
        )

    def day(self, day: date) -> int:
        """Number of a day within the plan: 0 is the first."""
        return day_number(day) - self.first

    def dice(self, *part: int) -> np.random.Generator:
        """A generator of its own for each part, so that a change in one part leaves the others as they were."""
        return np.random.Generator(np.random.PCG64([self.seed, *part]))
