"""What the inventory page keeps in the address."""

from ecodash.ui.state import Param

VELOCITIES = ("30", "60", "90", "180")
SERVICES = ("class", "90", "95", "98")
TARGETS = ("15", "20", "30", "45", "60")
METHODS = ("past", "forecast")
CYCLES = ("14", "30", "45", "60", "90")
PARAMS = (
    Param(name="velocity", default=("90",), allowed=VELOCITIES),
    Param(name="target_days", default=("20",), allowed=TARGETS),
    Param(name="service", default=("class",), allowed=SERVICES),
    Param(name="cycle", default=("30",), allowed=CYCLES),
    Param(name="quantiles", default=("past",), allowed=METHODS),
    Param(name="lead"),
    Param(name="pack"),
    Param(name="moq"),
    Param(name="budget"),
)
