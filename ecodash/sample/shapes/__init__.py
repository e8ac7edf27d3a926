"""Two other shops for tests, small and under canonical column names: a wholesaler and a market of many sellers."""

from ecodash.sample.shapes import b2b, c2c

SHAPES = {"b2b": b2b.write, "c2c": c2c.write}

__all__ = ["SHAPES"]
