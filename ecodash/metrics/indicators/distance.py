"""How far parcels travel: the great circle from the city of dispatch to the city of the buyer."""

from math import pi

import narwhals as nw

from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.facts.money import rounded
from ecodash.metrics.indicators.sold import town
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Measured, Summary
from ecodash.metrics.parcels import KEPT, parcels
from ecodash.metrics.reading import Reading

EARTH_KM, METRES = 6371.0088, 1000
RADIAN = pi / 180
_ARCSINE = (
    *(1.5707963050, -0.2145988016, 0.0889789874, -0.0501743046),
    *(0.0308918810, -0.0170881256, 0.0066700901, -0.0012624911),
)


def _distances(reading: Reading) -> Frame:
    """Parcels whose places of dispatch and arrival are known, with the distance in metres."""
    cities = reading.table("cities").select("lat", "lon", place=town("city"))
    places = cities.filter(~nw.col("lat").is_null(), ~nw.col("lon").is_null()).unique("place", keep="any")
    starts = reading.table("locations").select(from_location_id=nw.col("location_id"), start=town("city"))
    goals = reading.fact("orders").select("order_id", goal=town("city"))
    rows = parcels(reading).join(starts, on="from_location_id", how="inner").join(goals, on="order_id", how="inner")
    rows = rows.join(_named(places, "start"), on="start", how="inner").join(
        _named(places, "goal"), on="goal", how="inner"
    )
    day = day_number(nw.coalesce("shipped_at", "started_at"))
    found = rows.with_columns(sine=_half_angle_sine().clip(0.0, 1.0))
    metres = rounded(arcsine(nw.col("sine")) * (2 * EARTH_KM * METRES))
    return found.select(*KEPT, day=day, above=metres).filter(~nw.col("day").is_null())


def _named(places: Frame, side: str) -> Frame:
    lat, lon = (nw.col(name) * RADIAN for name in ("lat", "lon"))
    return places.select(**{side: nw.col("place"), f"{side}_lat": lat, f"{side}_lon": lon})


def _half_angle_sine() -> nw.Expr:
    """Sine of half the central angle. Source: R. W. Sinnott, Virtues of the haversine, Sky and Telescope 68 (1984)."""
    half_lat = (nw.col("goal_lat") - nw.col("start_lat")) * 0.5
    half_lon = (nw.col("goal_lon") - nw.col("start_lon")) * 0.5
    cosines = nw.col("start_lat").cos() * nw.col("goal_lat").cos()
    return (half_lat.sin() * half_lat.sin() + cosines * half_lon.sin() * half_lon.sin()).sqrt()


def arcsine(x: nw.Expr) -> nw.Expr:
    """Arcsin x for 0 ≤ x ≤ 1, off by 2·10⁻⁸ at most (a metre on the globe); the engines share no arcsine.

    Source: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions (1964), 4.4.46.
    """
    polynomial = nw.lit(_ARCSINE[-1])
    for coefficient in reversed(_ARCSINE[:-1]):
        polynomial = polynomial * x + coefficient
    return (1 - x).sqrt() * polynomial * -1 + pi / 2


DISTANCE = (indicator("ship_distance_km", Measured(rows=_distances, summary=Summary.MEAN, scale=(METRES, 1))),)
