"""What the pages about members and the private domain keep in the address."""

from ecodash.ui.state import Param

EXPOSURES = ("contact", "own_channel")
WINDOWS = ("30", "60", "90", "180", "365")
PARAMS = (
    Param(name="landmark", default=("30",)),
    Param(name="watch", default=("90",), allowed=WINDOWS),
    Param(name="exposure", default=("contact",), allowed=EXPOSURES),
    Param(name="silent", default=("90",), allowed=("60", "90", "180", "365")),
)
