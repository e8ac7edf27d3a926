"""How much money an indicator touches: the sales of the window that fall under it. What is touched is not yet lost."""

from ecodash.core.estimate import Estimate, Status

_SHARE = frozenset(
    {
        "churn_rate_90d", "low_rating_share", "suspected_brushing_share", "stockout_rate", "late_shipment_share",
        "paid_traffic_dependence", "discount_depth", "fraud_loss_ratio", "return_rate", "quality_return_rate",
        "pii_unmasked_share", "privacy_overdue_share", "supplier_hhi", "slow_stock_share",
    }
)  # fmt: skip
_REST = frozenset(
    {
        "on_time_rate", "event_on_time_rate", "next_day_rate", "payment_success_rate", "supplier_on_time_rate",
        "availability", "perfect_order_rate", "returns_7d_accept_rate", "instant_30min_rate",
    }
)  # fmt: skip
_PER_THOUSAND = frozenset({"complaint_rate", "fake_goods_rate", "compliance_incident_rate"})


def touched(
    indicator: str, estimate: Estimate | None, sales: float | None, *, target: float | None = None
) -> float | None:
    """The part of ``sales`` an indicator touches; with a ``target`` only what lies between it and the target.

    A share touches itself, a rate of success what is missing to 1, a number per 1,000 orders its thousandth. None
    where the indicator is no part of the sales, or a number is not known.
    """
    if estimate is None or estimate.status is not Status.OK or estimate.value is None or sales is None:
        return None
    value = estimate.value
    if indicator in _SHARE:
        part = value if target is None else value - target
    elif indicator in _REST:
        part = (1 if target is None else target) - value
    elif indicator in _PER_THOUSAND:
        part = (value if target is None else value - target) / 1000
    else:
        return None
    return max(part, 0.0) * sales
