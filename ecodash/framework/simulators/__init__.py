"""The eleven simulators of the framework, by id: words and assumptions from the catalogue, arithmetic from here."""

from collections.abc import Callable, Mapping

from ecodash.core.data_files import Lazy
from ecodash.framework.catalogue import SIMULATORS
from ecodash.framework.simulators import advertising, growth, platform_income
from ecodash.framework.simulators.simulation import Simulation, Values

_RUN: Mapping[str, Callable[[Values], Mapping[str, float]]] = {
    "sim_commission": platform_income.commission,
    "sim_ad_billing": advertising.ad_billing,
    "sim_bid_rank": advertising.bid_rank,
    "sim_vas_pricing": platform_income.vas_price,
    "sim_logistics_service": platform_income.logistics,
    "sim_finance": platform_income.loans,
    "sim_revenue_mix": platform_income.revenue_mix,
    "sim_private_shift": growth.private_shift,
    "sim_inventory_release": growth.inventory_release,
    "sim_group_buy": growth.group_buy,
    "sim_discount_trap": growth.discount_trap,
}
SIMULATIONS: Lazy[Simulation] = Lazy(
    lambda: {name: Simulation(card=card, run=_RUN[name]) for name, card in SIMULATORS.items()}
)

__all__ = ["SIMULATIONS"]
