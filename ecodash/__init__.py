"""ecodash: raw shop exports in, numbers that say how sure they are out."""

__version__ = "0.1.0"
