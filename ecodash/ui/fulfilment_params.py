"""What the fulfilment page keeps in the address."""

from ecodash.ui.state import Param

SPLITS = ("carrier", "warehouse", "region", "province", "country", "stock", "sale_days", "platform", "carrier_type")
PARAMS = (Param(name="parcels_by", default=("carrier",), allowed=SPLITS),)
