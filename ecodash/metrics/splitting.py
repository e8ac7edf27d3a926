"""Which dimensions a metric can be split and filtered by, where its computation is more than a sum of rows."""

from ecodash.metrics import following
from ecodash.metrics.dimensions import Dimension, DimensionKind
from ecodash.metrics.metric import Computation, Gaps, Next, Sequence, Triangle, Waiting, Within
from ecodash.metrics.scope import Scope


def born(how: Computation) -> bool:
    """Whether a metric's cases are first purchases, so that its groups are properties of those."""
    return isinstance(how, Within | Triangle) or how == Waiting(every=False)


def unsplittable(scope: Scope, how: Computation) -> Dimension | None:
    """The first dimension of the question the metric cannot be split or filtered by; None when it can.

    Sums and ratios find out by themselves which fact carries what is asked.
    """
    if isinstance(how, Next):
        return following.unsupported(scope)
    if born(how):
        return next((dim for dim in scope.dimensions if "customers" not in dim.columns), None)
    if isinstance(how, Gaps):
        return next((dim for dim in scope.dimensions if dim.kind is DimensionKind.LINE), None)
    if isinstance(how, Waiting | Sequence):
        return next((dim for dim in scope.dimensions if dim.kind is not DimensionKind.CUSTOMER), None)
    return None
