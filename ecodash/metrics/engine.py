"""The engine in three questions: how much (``compute``), which rows (``rows``), how come (``explain``)."""

from ecodash.metrics.behind import rows
from ecodash.metrics.computing import compute
from ecodash.metrics.explain import explain
from ecodash.metrics.query import Query
from ecodash.metrics.source import Source

__all__ = ["Query", "Source", "compute", "explain", "rows"]
