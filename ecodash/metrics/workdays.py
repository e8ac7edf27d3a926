"""Weekend days on which China works (调休), from the State Council's notices for 2004–2026; later years are not known yet."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from ecodash.core.text import Text

MAKEUP_NAME = Text("调休上班日", "Make-up workday")


def is_makeup_day(day: date) -> bool:
    """Whether China works on this Saturday or Sunday; False for years without a notice."""
    return day in _days()


@cache
def _days() -> frozenset[date]:
    table = tomllib.loads(files("ecodash.metrics").joinpath("workdays.toml").read_text(encoding="utf-8"))
    return frozenset(date.fromisoformat(f"{year}-{day}") for year, days in table.items() for day in days)
