"""Segments and customer value on the command line: JSON, the list of customers, and what is said when it cannot be."""

import json
from pathlib import Path

import polars as pl
import pytest

from tests.cli.terminal import call


def test_segments_as_json_and_the_list_of_customers(sample_shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "customers.csv"
    code, printed, _ = call("segments", "--workspace", sample_shop, "--json", "--list", out)
    found = json.loads(printed)
    assert code == 0
    assert (found["as_of"], found["scoring"], found["rules"]) == ("2026-06-30", "quantiles", None)
    assert sum(one["customers"] for one in found["segments"]) == found["customers"]
    assert sum(one["money_share"] for one in found["segments"]) == pytest.approx(1)
    assert found["lapse"]["low"] <= found["lapse"]["lapsed_after"] <= found["lapse"]["high"]
    listed = pl.read_csv(out)
    assert listed.height == found["customers"]
    assert listed["customer"].str.len_chars().unique().to_list() == [32]
    champions = next(one for one in found["segments"] if one["segment"] == "champions")
    assert listed.filter(pl.col("segment") == "champions").height == champions["customers"]


def test_rules_are_those_asked_for_and_an_earlier_day_knows_less(sample_shop: Path) -> None:
    asked = ("segments", "--workspace", sample_shop, "--json", "--to", "2025-06-30", "--recency", 90, 30)
    code, printed, _ = call(*asked)
    found = json.loads(printed)
    assert code == 0
    assert (found["as_of"], found["rules"]["recency"]) == ("2025-06-30", [30, 90])
    assert len(found["rules"]["frequency"]) == 3


def test_value_as_json_has_the_forecast_beside_its_record(sample_shop: Path) -> None:
    code, printed, _ = call("value", "--workspace", sample_shop, "--json", "--days", 180)
    found = json.loads(printed)
    assert code == 0
    assert (found["basis"], found["coverage"]) == ("margin", 1.0)
    assert [one["days"] for one in found["observed"]] == [30, 60, 90, 180, 365]
    assert found["expected"]["low"] < found["expected"]["value"] < found["expected"]["high"]
    assert found["expected"]["record"]["mae"] < found["expected"]["record"]["mae_average"]


def test_a_day_before_the_data_is_refused(sample_shop: Path) -> None:
    code, _, complaint = call("segments", "--workspace", sample_shop, "--to", "2001-01-01", "--lang", "en")
    assert code == 1
    assert "before the first order" in complaint
