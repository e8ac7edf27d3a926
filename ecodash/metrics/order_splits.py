"""What a case (parcel, return, ticket) can be split by that only its order says."""

from ecodash.facts import Frame
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.reading import Reading

OF_ORDER = ("channel", "platform", "domain", "store", "province", "region", "city", "country", "member")


def order_splits(reading: Reading) -> Frame:
    """One row per order: ``order_id`` and one text column ``by_<dimension>`` for each of ``OF_ORDER``; null is unknown."""
    return reading.once("order_splits", _splits)


def _splits(reading: Reading) -> Frame:
    named = {f"by_{name}": DIMENSIONS[name].columns["orders"] for name in OF_ORDER}
    return reading.fact("orders").select("order_id", **named).unique("order_id", keep="any")
