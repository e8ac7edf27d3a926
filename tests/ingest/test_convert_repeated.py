"""Long columns that repeat themselves are converted text by text: the result is the one of the plain way."""

import polars as pl
import pytest

from ecodash.ingest.convert import Converted, DateStyle, NumberStyle, column, to_decimal, to_id, to_timestamp
from ecodash.ingest.convert.column import once_per_text

TEXTS = ["1,234.50", "12.5", None, "", "oops", "1.2E+17", "2026-05-01", "11/13/06", "03/04/2026", "-", "12,5", "7.0"]


@pytest.mark.parametrize(
    "convert",
    [lambda c: to_decimal(c, NumberStyle()), to_id, lambda c: to_timestamp(c, DateStyle())],
    ids=["decimals", "ids", "moments"],
)
def test_values_rejects_and_findings_are_the_same(convert: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column, "_LONG", 10)
    monkeypatch.setattr(column, "_LOOK", 100)
    cells = pl.Series("cells", TEXTS * 60)
    plain: Converted = convert(cells)  # type: ignore[operator]
    coded = once_per_text(cells, convert)  # type: ignore[arg-type]
    assert coded.values.equals(plain.values)
    assert coded.values.name == "cells"
    assert coded.bad.sort("at").equals(plain.bad.sort("at"))
    found = {note.code: note.at.cast(pl.UInt32).to_list() for note in coded.notes}
    assert found == {note.code: note.at.cast(pl.UInt32).to_list() for note in plain.notes}


def test_a_column_of_distinct_texts_goes_the_plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def convert(cells: pl.Series) -> Converted:
        seen.append(len(cells))
        return Converted(values=cells)

    monkeypatch.setattr(column, "_LONG", 10)
    once_per_text(pl.Series([str(i) for i in range(50_000)]), convert)
    once_per_text(pl.Series(["a", "b"] * 25_000), convert)
    assert seen == [50_000, 2]
