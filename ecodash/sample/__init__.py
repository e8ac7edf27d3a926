"""The sample shop: a seeded imaginary brand, written as raw exports in the platforms' own formats.

It knows nothing of how exports are read: what comes back through the importer is a test, not an echo.
"""

from datetime import date
from pathlib import Path
from typing import TypedDict

from ecodash.sample import advertising, douyin, jingdong, pinduoduo, shopify, taobao, warehouse, youzan
from ecodash.sample.plan import Plan
from ecodash.sample.readme import readme
from ecodash.sample.records import goods, own, parcels, people, places, statements, traffic
from ecodash.sample.records import money as accounts
from ecodash.sample.shapes import SHAPES
from ecodash.sample.shop import imagine


class Arguments(TypedDict):
    """What ``write_sample`` needs besides a folder."""

    orders: int
    seed: int
    end: date


# The shop that is committed in sample_data/.
COMMITTED: Arguments = {"orders": 8000, "seed": 118, "end": date(2026, 6, 30)}
BRAND = "brand"
SHAPE_NAMES = (BRAND, *SHAPES)
SUFFIXES = frozenset({".csv", ".xlsx", ".xls", ".zip"})
STOCK = frozenset({"wangdiantong_stock", "shopify_inventory"})
PLATFORM_FILES = (taobao, jingdong, pinduoduo, douyin, youzan, shopify, warehouse, advertising, statements)
OWN_FILES = (own, goods, places, people, parcels, traffic, accounts)


def write_sample(directory: Path, *, orders: int, seed: int, end: date, shape: str = "brand") -> list[Path]:
    """Writes the exports of a shop of ``orders`` orders in the three years up to ``end`` and a README of its truths.

    ``shape``: the brand, or for tests a wholesaler (b2b) or a market of many sellers (c2c), which have no README.
    Returns the exports (without the README). The same arguments give the same bytes. Raises KeyError for another shape.
    """
    directory.mkdir(parents=True, exist_ok=True)
    plan = Plan(orders=orders, seed=seed, end=end)
    if shape != BRAND:
        return SHAPES[shape](plan, directory)
    shop = imagine(plan)
    written = [path for writer in (*PLATFORM_FILES, *OWN_FILES) for path in writer.write(shop, directory)]
    (directory / "README.md").write_text(readme(shop), encoding="utf-8")
    return written


def sample_files(directory: Path) -> list[Path]:
    """The exports in a sample folder, by name; the README is no export."""
    return sorted(path for path in directory.iterdir() if path.suffix in SUFFIXES)


def load_options(path: Path) -> dict[str, str]:
    """Settings the operator would give when loading ``path``: a stock export says its day in its name only."""
    name, _, day = path.stem.rpartition("_")
    if name not in STOCK:
        return {}
    return {"snapshot_date": f"{day[:4]}-{day[4:6]}-{day[6:]}"}


__all__ = ["COMMITTED", "SHAPE_NAMES", "load_options", "sample_files", "write_sample"]
