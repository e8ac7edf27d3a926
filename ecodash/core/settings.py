"""What the operator decides once for a workspace; kept in the workspace and shown where it matters."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class SalesPolicy:
    """What counts as a sale, decided once.

    A sale is an order that was paid, shipped or completed with an amount above zero; one closed after payment is a
    sale with a refund. Each switch names the traps it settles (gift cards, tax, shipping, test orders, adjustments).
    ``include_zero_amount`` counts orders for which nothing was paid (free samples, fully discounted) as purchases.
    ``refund_dating`` is ``order`` or ``refund``, ``order_day`` is ``paid`` or ``created``.
    """

    name: str = "default"
    include_shipping: bool = False
    include_tax: bool = False
    include_gift_cards: bool = False
    include_test_orders: bool = False
    include_adjustments: bool = False
    include_zero_amount: bool = False
    refund_dating: str = "order"
    order_day: str = "paid"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of one workspace. ``business_zone`` cuts calendar days and cannot change once data are loaded."""

    base_currency: str = "CNY"
    home_country: str = "CN"
    business_zone: str = "Asia/Shanghai"
    policy: SalesPolicy = field(default_factory=SalesPolicy)
    minimum_sample: int = 30
    private_channels: tuple[str, ...] = ()
    public_channels: tuple[str, ...] = ()
