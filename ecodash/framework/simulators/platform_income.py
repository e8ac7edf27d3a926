"""Income of a platform: commission, value-added services, logistics, loans, the mix. Source: Doc B, 5.1, 5.3, 5.4."""

from collections.abc import Mapping
from math import exp, log

from ecodash.framework.simulators.simulation import Values, ratio

STEPS = 200


def commission(v: Values) -> Mapping[str, float]:
    """Income = orders · fixed + sales · rate · (1 − discount) + sales in events · extra; sales move by exp(η · Δrate)."""
    kept = 1 - v["reputation_discount"]
    burden_now = v["rate_now"] + ratio(v["fixed_fee"] * v["orders"], v["gmv"])
    moved = exp(v["elasticity"] * (v["rate_new"] * kept + v["event_share"] * v["extra_rate"] - v["rate_now"]))
    gmv = v["gmv"] * moved
    income = v["orders"] * moved * v["fixed_fee"] + gmv * (v["rate_new"] * kept + v["event_share"] * v["extra_rate"])
    return {
        "income_now": v["gmv"] * burden_now,
        "income_new": income,
        "gmv_new": gmv,
        "burden_new": ratio(income, gmv),
        "change": income - v["gmv"] * burden_now,
    }


def vas_price(v: Values) -> Mapping[str, float]:
    """Income = sellers · attach(p) · p with attach = logistic(α − βp), α from today's price and attach rate."""
    share = min(max(v["attach_now"], 0.001), 0.999)
    alpha = log(share / (1 - share)) + v["sensitivity"] * v["price_now"]

    def attach(price: float) -> float:
        return 1 / (1 + exp(min(max(v["sensitivity"] * price - alpha, -700), 700)))

    def margin(price: float) -> float:
        return v["sellers"] * attach(price) * (price - v["unit_cost"])

    top = 4 * max(v["price_now"], v["price_new"], v["unit_cost"], 1.0)
    best = max((top * step / STEPS for step in range(STEPS + 1)), key=margin)
    return {
        "attach_new": attach(v["price_new"]),
        "income_now": v["sellers"] * share * v["price_now"],
        "income_new": v["sellers"] * attach(v["price_new"]) * v["price_new"],
        "margin_new": margin(v["price_new"]),
        "best_price": best,
        "best_margin": margin(best),
    }


def logistics(v: Values) -> Mapping[str, float]:
    """Fee: parcels · price; gain share: parcels · (before − after) · share."""
    saving = v["parcels"] * (v["cost_before"] - v["cost_after"])
    fee, shared = v["parcels"] * v["fee"], saving * v["share"]
    return {
        "income_fee": fee,
        "income_share": shared,
        "merchant_fee": saving - fee,
        "merchant_share": saving - shared,
    }


def loans(v: Values) -> Mapping[str, float]:
    """Net = principal · (rate − funding) · days / 365 − principal · default · loss share."""
    year = v["days"] / 365
    interest, funding = v["principal"] * v["rate"] * year, v["principal"] * v["funding"] * year
    loss = v["principal"] * v["default"] * v["loss_share"]
    return {
        "interest": interest,
        "funding_cost": funding,
        "losses": loss,
        "net": interest - funding - loss,
        "break_even_default": ratio(interest - funding, v["principal"] * v["loss_share"]),
    }


def revenue_mix(v: Values) -> Mapping[str, float]:
    """HHI = Σ share²; a shock to the largest line changes the total by share · shock."""
    lines = [v["commission"], v["advertising"], v["services"], v["other"]]
    total = sum(lines)
    shares = [ratio(line, total) for line in lines]
    hit = max(shares)
    after = [1 + v["shock"] if share == hit else 1.0 for share in shares]
    left = sum(share * kept for share, kept in zip(shares, after, strict=True))
    return {
        "hhi": sum(share**2 for share in shares),
        "largest": hit,
        "change": left - 1 if total else 0.0,
        "hhi_after": sum(ratio(s * k, left) ** 2 for s, k in zip(shares, after, strict=True)),
    }
