"""Wilson's score interval for a share.

Assumption: the ``n`` cases are independent. Source: E. B. Wilson, Probable inference, the law of succession, and
statistical inference, JASA 22 (1927).
"""

from math import sqrt

from ecodash.analysis.interval import Interval, normal_quantile


def wilson(successes: int, n: int, *, level: float = 0.95) -> Interval | None:
    """The interval for ``successes`` out of ``n``; always within 0–1. None when ``n`` is 0.

    Raises ValueError unless 0 ≤ successes ≤ n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes out of {n}")
    if n == 0:
        return None
    z = normal_quantile(level)
    share = successes / n
    scale = 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / scale
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return Interval(low=low, high=high, level=level).clip(0.0, 1.0)
