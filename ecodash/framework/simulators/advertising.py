"""Selling advertising: three ways of billing the same traffic, and ranking by bids. Source: Doc B, 5.2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecodash.framework.simulators.simulation import Values, ratio


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Who got a slot: ``bidder`` by its place in the bids, and the price of a click."""

    bidder: int
    price: float


def second_price(bids: Sequence[float], qualities: Sequence[float], slots: int) -> tuple[Slot, ...]:
    """Generalised second price: ranked by bid × quality, each pays what keeps the place, next score ÷ own quality.

    The last one pays nothing more than it must: 0 without anyone below. Chosen by ecodash, the document names no rule.
    """
    scores = [bid * quality for bid, quality in zip(bids, qualities, strict=True)]
    order = sorted((i for i, score in enumerate(scores) if score > 0), key=lambda i: -scores[i])
    below = [*(scores[i] for i in order[1:]), 0.0][: len(order)]
    ranked = list(zip(order, below, strict=True))[:slots]
    return tuple(Slot(bidder=i, price=score / qualities[i]) for i, score in ranked)


def ad_billing(v: Values) -> Mapping[str, float]:
    """Per click: impressions · CTR · price; fixed: the fee; per sale: impressions · CTR · CVR · order value · rate."""
    clicks = v["impressions"] * v["ctr"]
    sales = clicks * v["cvr"] * v["aov"]
    click, sale = clicks * v["cpc"], sales * v["commission"]
    return {
        "income_click": click,
        "income_fixed": v["fixed_fee"],
        "income_sale": sale,
        "return_click": ratio(sales, click),
        "return_fixed": ratio(sales, v["fixed_fee"]),
        "return_sale": ratio(sales, sale),
    }


def bid_rank(v: Values) -> Mapping[str, float]:
    """Own place and price among three rivals; clicks fall by the same factor from slot to slot."""
    bids = [v["own_bid"], v["rival_1"], v["rival_2"], v["rival_3"]]
    qualities = [v["own_quality"], v["rival_quality"], v["rival_quality"], v["rival_quality"]]
    slots = second_price(bids, qualities, len(bids))
    clicks = [v["impressions"] * v["ctr"] * v["decay"] ** place for place in range(len(slots))]
    own = next((place for place, slot in enumerate(slots) if slot.bidder == 0), None)
    price = slots[own].price if own is not None else 0.0
    return {
        "position": float(own + 1) if own is not None else 0.0,
        "price": price,
        "clicks": clicks[own] if own is not None else 0.0,
        "cost": price * clicks[own] if own is not None else 0.0,
        "income": sum(slot.price * count for slot, count in zip(slots, clicks, strict=True)),
    }
