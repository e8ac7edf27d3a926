"""Everything the catalogue's conventions name is understood by conversion."""

from datetime import datetime

import polars as pl
import pytest

from ecodash.ingest.catalogue import FORMATS, conventions
from ecodash.ingest.convert import NULLS, DateStyle, NumberStyle, to_decimal, to_timestamp

MOMENT = datetime(2026, 5, 23, 14, 5, 6)
SPELLINGS = sorted(
    {*conventions().date_formats, *(spelling for export in FORMATS.values() for spelling in export.date_formats)}
)


def test_every_word_for_nothing_is_known() -> None:
    assert set(conventions().nulls) <= NULLS | {""}


@pytest.mark.parametrize("sign", conventions().money_strip)
def test_every_money_sign_is_taken_off(sign: str) -> None:
    texts = pl.Series([f"{sign}1,234.50", f"1,234.50 {sign}", f"-{sign}1,234.50"])
    assert to_decimal(texts, NumberStyle()).values.to_list() == [12_345_000, 12_345_000, -12_345_000]


@pytest.mark.parametrize(("unit", "factor"), sorted(conventions().units.items()))
def test_every_unit_multiplies(unit: str, factor: int) -> None:
    assert to_decimal(pl.Series([f"1.5{unit}"]), NumberStyle()).values.to_list() == [15_000 * factor]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_date_format_of_the_catalogue_is_read(spelling: str) -> None:
    text = MOMENT.strftime(spelling.replace("%z", "+00:00").replace("%Z", "UTC"))
    read = to_timestamp(pl.Series([text]), DateStyle(business_zone="UTC")).values[0]
    parts = "%Y-%m-%d %H:%M" if "%H" in spelling or "%I" in spelling else "%Y-%m-%d"
    assert read.strftime(parts) == MOMENT.strftime(parts)
