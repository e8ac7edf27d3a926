"""Order numbers as each platform writes them, and who bought: what the files of one shop have in common."""

from collections.abc import Callable

import polars as pl

from ecodash.sample.brand import PLATFORMS
from ecodash.sample.cells import padded, stamp

PHONES = 1  # phone of buyer 0 is 10000000001

ORDER_IDS: dict[str, Callable[[], pl.Expr]] = {
    "taobao": lambda: stamp("created", "%Y%m%d") + padded("nth", 11),
    "jd": lambda: padded("nth", 12, plus=290_000_000_001),
    "pinduoduo": lambda: stamp("created", "%y%m%d-") + padded("nth", 15, plus=100_000_000_000_001),
    "douyin": lambda: padded("nth", 19, plus=6_920_000_000_000_000_001),
    "youzan": lambda: stamp("created", "E%Y%m%d%H%M%S") + padded("nth", 9, plus=1),
    "shopify": lambda: padded("nth", 4, before="#", plus=1001),
    "store": lambda: stamp("created", "HF%y%m%d") + padded("nth", 7, plus=1),
}


def numbered(orders: pl.DataFrame) -> pl.DataFrame:
    """All orders, platform by platform in the order of their creation, with ``nth`` from 0 and ``number``, their id."""
    parts = [orders.filter(pl.col("platform") == p.name).sort("created", "order") for p in PLATFORMS]
    counted = [part.with_columns(nth=pl.int_range(pl.len(), dtype=pl.Int64)) for part in parts]
    return pl.concat(part.with_columns(number=ORDER_IDS[p.name]()) for p, part in zip(PLATFORMS, counted, strict=True))


def person() -> pl.Expr:
    """A buyer of the mini-program or the stores, as the operator's own lists name him: by phone."""
    return padded("buyer", 8, before="phone:100", plus=PHONES)
