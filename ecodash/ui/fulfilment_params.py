"""What the fulfilment page keeps in the address."""

from ecodash.ui.state import Param

SPLITS = ("carrier", "warehouse", "region", "province", "country", "stock", "sale_days", "platform", "carrier_type")
PARAMS = (Param(name="parcels_by", default=("carrier",), allowed=SPLITS),)
CARE = (
    *("quality_return_rate", "returns_7d_accept_rate", "refund_cycle_days", "complaint_rate", "perfect_order_rate"),
    *("first_reply_minutes", "resolution_hours", "csat_mean", "avg_rating", "freight_cost_ratio"),
)
"""Numbers about service that stand in one table."""
