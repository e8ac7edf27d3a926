"""What a forecast is asked for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecodash.core.errors import InputError, UnknownName
from ecodash.core.text import Text
from ecodash.core.unit import Unit

LONGEST = 180


class By(StrEnum):
    """What demand is forecast for: everything, or each of these."""

    TOTAL = "total"
    CATEGORY = "category"
    CHANNEL = "channel"
    REGION = "region"
    SKU = "sku"
    WAREHOUSE = "warehouse"


class Measure(StrEnum):
    """Units sold, or the amount paid for them in the base currency; both before refunds."""

    UNITS = "units"
    SALES = "sales"

    @property
    def unit(self) -> Unit:
        """What one of it is."""
        return Unit.ITEMS if self is Measure.UNITS else Unit.MONEY


@dataclass(frozen=True, kw_only=True)
class Question:
    """``horizon`` in days; ``deep``: gradient boosting competes too. ``until``: nothing later is read, None for all.

    ``strict``: without units sold nothing is forecast; else sales are forecast in their place, and it is said.
    """

    by: By = By.TOTAL
    measure: Measure = Measure.UNITS
    horizon: int = 30
    deep: bool = False
    until: date | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.horizon <= LONGEST:
            raise InputError(
                Text(
                    f"预测天数应在 1–{LONGEST} 之间，收到 {self.horizon}。",
                    f"The horizon must lie between 1 and {LONGEST} days, {self.horizon} was given.",
                )
            )


def by_of(name: str) -> By:
    """The split called ``name``. Raises UnknownName."""
    known = [one.value for one in By]
    if name not in known:
        raise UnknownName(Text("预测维度", "forecast split"), name, known)
    return By(name)


def measure_of(name: str) -> Measure:
    """The measure called ``name``. Raises UnknownName."""
    known = [one.value for one in Measure]
    if name not in known:
        raise UnknownName(Text("预测口径", "forecast measure"), name, known)
    return Measure(name)
