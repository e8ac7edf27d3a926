"""How far a rate about buyers could be off because some orders have no known buyer.

Two plain scenarios and what lies between them: every order without a buyer was placed by a new person who never came
back, or every one of them brings back a known buyer who seemed not to come.
"""

import narwhals as nw

from ecodash.analysis.identity_bounds import IdentityBounds
from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.metrics import following
from ecodash.metrics.answers import Asked
from ecodash.metrics.collect import collected
from ecodash.metrics.identity import repurchase_bounds
from ecodash.metrics.metric import Next, Ratio, Until, Within
from ecodash.metrics.scope import Scope, inside, matches

IN_WINDOW = frozenset({"two_days", "twice"})
BY_HISTORY = frozenset({"earlier", "old_buyers"})


def bounds(asked: Asked, estimate: Estimate) -> IdentityBounds | None:
    """The bounds of a repurchase or returning rate; None where there are none or every buyer is known."""
    if estimate.successes is None or not estimate.n or estimate.coverage in {None, 1.0}:
        return None
    scope, how = asked.scope, asked.definition.how
    if isinstance(how, Within) and how.until is Until.DAYS and how.watched and not how.curve:
        return repurchase_bounds(scope.source, scope.query, days=how.days, same_day=how.same_day)
    if isinstance(how, Ratio) and how.bottom == "buyers" and how.top in IN_WINDOW | BY_HISTORY:
        new = _nameless(scope, scope.window)
        before = Period(min(scope.span.start, scope.window.start), scope.window.end)
        return _between(estimate, new=new, old=new if how.top in IN_WINDOW else _nameless(scope, before))
    if isinstance(how, Next):
        reach = following.reach(scope)
        return _between(estimate, new=_nameless(scope, scope.window), old=_nameless(scope, reach))
    return None


def _between(estimate: Estimate, *, new: int, old: int) -> IdentityBounds:
    """``new`` orders could each be one more buyer who did not return, ``old`` ones each a return nobody saw.

    Both hold whoever placed them: an order changes what is known of one person only, and it can only add to what that
    person did in the window.
    """
    back, n = estimate.successes or 0, estimate.n
    low, high = back / (n + new), min(1.0, (back + old) / n)
    return IdentityBounds(observed=back / n, all_new=low, all_old=high, low=low, high=high)


def _nameless(scope: Scope, window: Period) -> int:
    """Valid orders without a known buyer in some days, under the filters an order can pass."""
    passes = [matches(dim, dim.code("orders"), values) for dim, values in scope.filters if "orders" in dim.columns]
    rows = scope.fact("orders").filter(
        nw.col("is_sale"), nw.col("customer_id").is_null(), inside(window, "day"), *passes
    )
    return int(collected(rows.select(n=nw.len())).item())
