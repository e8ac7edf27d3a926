"""Winning and keeping customers: private domain, group buying, low prices; stock turned faster.

Sources: Doc A, 3.2, 2.6, 3.3; Doc B, 7.2.
"""

from collections.abc import Mapping

from ecodash.framework.simulators.simulation import Values, ratio

YEAR = 12


def private_shift(v: Values) -> Mapping[str, float]:
    """All of the budget on public traffic against a part on joining: Σ new · LTV · (1 + lift · join rate) − cost."""
    cac = v["cac"] * (1 + v["cac_growth"])
    public = ratio(v["budget"], cac)
    kept = ratio(v["budget"] * (1 - v["shift"]), cac)
    joining = min(v["join_rate"] + ratio(ratio(v["budget"] * v["shift"], v["join_cost"]), kept), 1.0) if kept else 0.0
    all_public = public * v["ltv"] * (1 + v["lift"] * v["join_rate"]) - v["budget"]
    shifted = kept * v["ltv"] * (1 + v["lift"] * joining) - v["budget"]
    return {
        "difference": shifted - all_public,
        "profit_public": all_public,
        "profit_shifted": shifted,
        "new_public": public,
        "new_shifted": kept,
        "join_rate_new": joining,
    }


def group_buy(v: Values) -> Mapping[str, float]:
    """(solo − group price) · size ÷ (size · new share), held against the cost of a paid customer."""
    gift = (v["solo_price"] - v["group_price"]) * v["size"]
    new = v["size"] * v["new_share"]
    return {
        "cost_per_new": ratio(gift, new),
        "ratio": ratio(ratio(gift, new), v["paid_cac"]),
        "new_customers": v["groups"] * v["success"] * new,
        "subsidy": v["groups"] * v["success"] * gift,
        "break_even_price": v["solo_price"] - v["paid_cac"] * v["new_share"],
    }


def discount_trap(v: Values) -> Mapping[str, float]:
    """Profit = Σ cohorts · size · retention(t) · (margin − discount) · frequency · order value − acquisition, 12 months."""
    grown = v["new_customers"] * (1 + v["pull"] * v["discount"])
    stays = max(v["retention"] - v["loyalty_loss"] * v["discount"], 0.0)
    without = _year(v["new_customers"], v["retention"], v["margin"], v)
    with_it = _year(grown, stays, v["margin"] - v["discount"], v)
    first = grown * (v["margin"] - v["discount"]) - v["new_customers"] * v["margin"]
    return {
        "difference": with_it - without,
        "profit_with": with_it,
        "profit_without": without,
        "customers_with": grown * YEAR,
        "customers_without": v["new_customers"] * YEAR,
        "first_month": first * v["frequency"] * v["order_value"] - v["acquisition"] * (grown - v["new_customers"]),
    }


def _year(size: float, retention: float, margin: float, v: Values) -> float:
    """Profit of twelve monthly cohorts until the end of the year."""
    months = sum(retention**age for cohort in range(YEAR) for age in range(YEAR - cohort))
    return size * (months * margin * v["frequency"] * v["order_value"] - YEAR * v["acquisition"])


def inventory_release(v: Values) -> Mapping[str, float]:
    """(days now − target) · daily cost of goods; a year's saving is that times the cost of capital."""
    released = (v["days_now"] - v["days_target"]) * v["cogs_per_day"]
    return {
        "released": released,
        "saving": released * v["capital_cost"],
        "stock_now": v["days_now"] * v["cogs_per_day"],
        "stock_target": v["days_target"] * v["cogs_per_day"],
    }
