"""From the clock of a file to the clock of the business."""

from dataclasses import dataclass

import polars as pl

SPOKEN_ZONES = {
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "arizona": "America/Phoenix",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "atlantic time": "America/Halifax",
    "london": "Europe/London",
    "dublin": "Europe/Dublin",
    "paris": "Europe/Paris",
    "berlin": "Europe/Berlin",
    "madrid": "Europe/Madrid",
    "tokyo": "Asia/Tokyo",
    "osaka": "Asia/Tokyo",
    "sydney": "Australia/Sydney",
    "melbourne": "Australia/Melbourne",
    "brisbane": "Australia/Brisbane",
    "perth": "Australia/Perth",
    "beijing": "Asia/Shanghai",
    "utc": "UTC",
}


@dataclass(frozen=True, kw_only=True)
class Moved:
    """``values`` on the business clock; ``skipped`` and ``repeated`` mark clock times that never happened, or twice."""

    values: pl.Series
    skipped: pl.Series
    repeated: pl.Series


def spoken_zone(words: str) -> str | None:
    """The IANA zone behind words such as "Eastern Time (US & Canada)"; None when unknown."""
    text = words.strip()
    if "/" in text and " " not in text:
        return text
    lowered = text.lower()
    return next((zone for spoken, zone in SPOKEN_ZONES.items() if spoken in lowered), None)


def to_zone(local: pl.Series, absolute: pl.Series, timed: pl.Series, *, zone: str | None, business_zone: str) -> Moved:
    """Every clock reading on the business clock; readings without a time of day stay the day they name."""
    nowhere = pl.Series([False]).new_from_index(0, len(local))
    values = local
    if absolute.any():
        values = _chosen(absolute, local.dt.replace_time_zone("UTC").dt.convert_time_zone(business_zone), values)
    naive = timed & ~absolute
    if zone is None or zone == business_zone or not naive.any():
        return Moved(values=values, skipped=nowhere, repeated=nowhere)
    first = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    last = local.dt.replace_time_zone(zone, ambiguous="latest", non_existent="null")
    skipped = naive & local.is_not_null() & first.is_null()
    repeated = (naive & (first != last)).fill_null(False)
    return Moved(
        values=_chosen(naive, first.dt.convert_time_zone(business_zone), values), skipped=skipped, repeated=repeated
    )


def _chosen(where: pl.Series, zoned: pl.Series, otherwise: pl.Series) -> pl.Series:
    naive = zoned.dt.replace_time_zone(None)
    return pl.select(pl.when(where).then(naive).otherwise(otherwise)).to_series()
