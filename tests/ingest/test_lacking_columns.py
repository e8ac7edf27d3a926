"""An export without a column its rows cannot do without says which one, and nothing is loaded."""

import csv
from pathlib import Path

import pytest

from ecodash.core.errors import MappingError
from ecodash.session.intake import inspect_file
from tests.shared import SHARED, needs_shared

SAMPLES = SHARED / "export_samples"


@needs_shared
@pytest.mark.parametrize(
    ("sample", "left_out", "field"),
    [
        ("meta_ads_summary_row.csv", "Amount spent (USD)", "spend"),
        ("tiktok_ads_total_row.csv", "Cost (USD)", "spend"),
    ],
)
def test_an_export_without_a_needed_column_names_it(tmp_path: Path, sample: str, left_out: str, field: str) -> None:
    with (SAMPLES / sample).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    at = rows[0].index(left_out)
    whole, lacking = tmp_path / "whole.csv", tmp_path / "lacking.csv"
    for path, cut in ((whole, len(rows[0])), (lacking, at)):
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([[*row[:cut], *row[cut + 1 :]] for row in rows])
    assert inspect_file(whole)[0].ready
    (card,) = inspect_file(lacking)
    assert isinstance(card.trouble, MappingError)
    assert not card.ready
    assert field in card.trouble.message.zh
    assert field in card.trouble.message.en
