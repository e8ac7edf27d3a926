"""A rule of the watch: which number is watched, how far it may go, who is told."""

from dataclasses import dataclass

THRESHOLD = 3.5
LOWEST, HIGHEST = 2.0, 8.0
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class WatchRule:
    """Ring when ``metric`` lies further than ``threshold`` robust standard deviations from what is expected.

    ``where`` as in a query: (dimension, values). One rule per metric and filter. ``own``: kept in the workspace, not one
    of those every shop begins with.
    """

    metric: str
    where: Where = ()
    threshold: float = THRESHOLD
    owner: str = ""
    own: bool = False
