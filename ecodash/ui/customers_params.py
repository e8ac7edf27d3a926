"""What the pages about customers and acquisition keep in the address."""

from ecodash.ui.state import Param

SCORINGS = ("quantiles", "rules")
GROUPINGS = ("none", "first_channel", "first_category", "first_domain", "discount")
HORIZONS = ("90", "180", "365")
PARAMS = (
    Param(name="scoring", default=("quantiles",), allowed=SCORINGS),
    Param(name="rfm_r"),
    Param(name="rfm_f"),
    Param(name="rfm_m"),
    Param(name="value_by", default=("none",), allowed=GROUPINGS),
    Param(name="horizon", default=("365",), allowed=HORIZONS),
    Param(name="deep", default=("off",), allowed=("off", "on")),
    Param(name="pay_place"),
    Param(name="pay_months", default=("12",), allowed=("6", "12")),
)
