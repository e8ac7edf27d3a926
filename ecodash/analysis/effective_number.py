"""How many equally large parts would be as diverse as these: exp of the entropy of their shares (Hill number of order 1).

Source: M. O. Hill, Diversity and evenness, Ecology 54 (1973).
"""

from collections.abc import Iterable
from math import exp, log


def effective_number(weights: Iterable[float]) -> float | None:
    """exp(−Σ p ln p) over the shares of weights above 0; None when there is none. Equal weights give their number."""
    known = [weight for weight in weights if weight > 0]
    whole = sum(known)
    if not known:
        return None
    return exp(-sum(weight / whole * log(weight / whole) for weight in known))
