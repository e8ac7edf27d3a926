"""What the forecast page keeps in the address."""

from ecodash.metrics.forecasting import By, Measure
from ecodash.ui.state import Param

SPLITS = tuple(one.value for one in By)
MEASURES = tuple(one.value for one in Measure)
HORIZONS = ("7", "14", "30", "60", "90")
VIEWS = ("simple", "technical")
PARAMS = (
    Param(name="fc_by", default=("total",), allowed=SPLITS),
    Param(name="fc_measure", default=("units",), allowed=MEASURES),
    Param(name="fc_days", default=("30",), allowed=HORIZONS),
    Param(name="fc_view", default=("simple",), allowed=VIEWS),
    Param(name="fc_deep", default=("off",), allowed=("off", "on")),
    Param(name="fc_key"),
)
