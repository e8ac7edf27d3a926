"""What the monitoring page keeps in the address."""

from ecodash.ui.state import Param

DAYS = ("1", "7", "28")
PARAMS = (
    Param(name="watch_days", default=("7",), allowed=DAYS),
    Param(name="watched", default=("orders",)),
)
