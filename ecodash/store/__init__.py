"""Keep and fetch: a workspace folder with one DuckDB file. The only room that imports DuckDB.

Every load keeps all its rows; what is *current* is derived from the active loads (``merging``), so a load can be
taken back and any number can be computed as of an earlier load.
"""

from ecodash.store.bringing import Others, ScatteredOrders
from ecodash.store.bulk import BulkColumn, BulkPlan, NotPlain, Plain
from ecodash.store.database import Limits
from ecodash.store.fingerprint import fingerprint
from ecodash.store.frames import FactSpec, Lazy, ReadSpec, Rows
from ecodash.store.records import Counts, Load, LoadResult, LoadSource, Part
from ecodash.store.workspace import Workspace

__all__ = [
    "BulkColumn",
    "BulkPlan",
    "Counts",
    "FactSpec",
    "Lazy",
    "Limits",
    "Load",
    "LoadResult",
    "LoadSource",
    "NotPlain",
    "Others",
    "Part",
    "Plain",
    "ReadSpec",
    "Rows",
    "ScatteredOrders",
    "Workspace",
    "fingerprint",
]
