"""Raw rows → canonical fields: typed, signed, counted once, with buyers as keyed hashes and every bad cell kept."""

from ecodash.ingest.conform.conformed import Conformed
from ecodash.ingest.conform.conforming import conform

__all__ = ["Conformed", "conform"]
