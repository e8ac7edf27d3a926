"""Places and days: channels, locations, cities, events, capacity."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from ecodash.sample.calendar import LUNAR_NEW_YEAR
from ecodash.sample.cells import listed
from ecodash.sample.places import CITIES, COORDINATES, STORES, TIERS, WAREHOUSES
from ecodash.sample.sheet import Columns, put_plain
from ecodash.sample.shop import Shop

COMMUNITY = "社群"
# The channels the brand's own system and its lists speak of; those of the platforms come with their exports.
CHANNELS = (
    ("store", "门店", "store", "private"),
    (COMMUNITY, "社群接龙", "community", "private"),
    ("app", "山野集 App", "app", "private"),
)
# Event, first and last day as month and day.
FEASTS = (
    ("618", "618 大促", (6, 1), (6, 20)),
    ("double11", "双11", (10, 24), (11, 12)),
    ("double12", "双12", (12, 12), (12, 12)),
)
ASSETS = (
    ("COURSE-WEEKEND", "course", 24.0, 0.72),
    ("TENT-RENTAL", "shared_asset", 20.0, 0.55),
    ("CAFE-SEAT", "seat", 30.0, 0.5),
    ("CAMP-ROOM", "room", 12.0, 0.6),
    ("GUIDE-CONSULT", "consult", 8.0, 0.4),
)
DAYS = 180
SATURDAY = 6


def write(shop: Shop, directory: Path) -> list[Path]:
    """The lists about places and days."""
    return [
        _channels(directory),
        _locations(directory),
        _cities(directory),
        _events(shop, directory),
        _capacity(shop, directory),
    ]


def _channels(directory: Path) -> Path:
    names = ("channel_id", "name", "kind", "domain")
    rows = pl.DataFrame(CHANNELS, schema=names, orient="row")
    return put_plain(directory / "channels.csv", rows, {name: pl.col(name) for name in names})


def _locations(directory: Path) -> Path:
    """Warehouses by their name, as the ERP writes it, and stores by their id; loaded after the stock, which knows less."""
    warehouses = [(name, name, kind, city, country) for name, city, country, kind in WAREHOUSES]
    stores = [(code, name, "store", CITIES[city][1], "CN") for code, name, city in STORES]
    names = ("location_id", "name", "kind", "city", "country")
    rows = pl.DataFrame([*warehouses, *stores], schema=names, orient="row")
    return put_plain(directory / "warehouses_and_stores.csv", rows, {name: pl.col(name) for name in names})


def _cities(directory: Path) -> Path:
    names = ("city", "province", "tier", "lat", "lon")
    rows: list[tuple[str, str, str | None, float, float]] = [
        (city[1], city[0], *tier) for city, tier in zip(CITIES, TIERS, strict=True)
    ]
    rows += [(city, state, None, lat, lon) for city, state, lat, lon in COORDINATES]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return put_plain(directory / "cities.csv", frame, {name: pl.col(name) for name in names})


def _events(shop: Shop, directory: Path) -> Path:
    """Festivals of every year, lunar new year where it falls, and what was changed when."""
    plan = shop.plan
    years = range(plan.period.start.year, plan.end.year + 1)
    found = [
        (f"{name}_{year}", f"{title} {year}", date(year, *first), date(year, *last))
        for year in years
        for name, title, first, last in FEASTS
    ]
    found += [
        (f"lny_{day.year}", f"春节 {day.year}", day - timedelta(days=7), day + timedelta(days=7))
        for day in LUNAR_NEW_YEAR
    ]
    found += [
        ("price_round", "年度调价", plan.repriced, plan.repriced),
        ("coffee_price", "挂耳咖啡提价", plan.raised, plan.raised),
        ("new_pad", "加热坐垫上新", plan.launched, plan.launched),
    ]
    inside = sorted((e for e in found if plan.period.start <= e[2] <= plan.end), key=lambda e: (e[2], e[0]))
    names = ("event_id", "name", "start_date", "end_date")
    rows = pl.DataFrame(inside, schema=names, orient="row")
    return put_plain(directory / "events.csv", rows, {name: pl.col(name) for name in names})


def _capacity(shop: Shop, directory: Path) -> Path:
    """Places of the weekend course and tents for rent, by day."""
    days = [shop.plan.end - timedelta(days=i) for i in range(DAYS - 1, -1, -1)]
    assets = pl.DataFrame(ASSETS, schema=["asset", "type", "capacity", "share"], orient="row")
    rows = pl.DataFrame({"day": days}).join(assets, how="cross")
    rows = rows.filter((pl.col("type") != "course") | (pl.col("day").dt.weekday() >= SATURDAY))
    dice = shop.plan.dice(22)
    used = dice.binomial(rows["capacity"].cast(pl.Int64).to_numpy(), rows["share"].to_numpy())
    rows = rows.with_columns(used=listed(used), away=listed(dice.binomial(used, 0.06)))
    columns: Columns = {
        "date": pl.col("day"),
        "asset_id": pl.col("asset"),
        "type": pl.col("type"),
        "capacity": pl.col("capacity").cast(pl.Int64),
        "used": pl.col("used"),
        "no_show": pl.col("away"),
    }
    return put_plain(directory / "capacity_daily.csv", rows, columns)
