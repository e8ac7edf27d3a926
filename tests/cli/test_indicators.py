"""``ecodash indicators``: every indicator with its verdict, as a table and as JSON."""

import json
from pathlib import Path

import polars as pl
import pytest

from ecodash.cli import main
from ecodash.metrics.metric import Metric
from ecodash.session import Session, indicators

KEYS = {"id", "name", "value", "low", "high", "n", "unit", "status", "verdict", "verdicts", "missing", "reason"}


def told(capsys: pytest.CaptureFixture[str], folder: Path, *asked: str) -> list[dict[str, object]]:
    assert main(["indicators", "--workspace", str(folder), "--json", *asked]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_entry_lists_its_indicators_with_verdicts(capsys: pytest.CaptureFixture[str], sample_shop: Path) -> None:
    found = {str(one["id"]): one for one in told(capsys, sample_shop, "--entry", "private_domain")}
    assert len(found) == 17
    assert set(found["cpc"]) >= KEYS
    assert (found["cpc"]["verdict"], found["cpc"]["missing"]) == ("reference", [])


def test_an_empty_workspace_lists_what_to_upload(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Session.open(tmp_path / "empty").close()
    found = told(capsys, tmp_path / "empty")
    assert len(found) == 243
    assert all(one["value"] is None and one["missing"] for one in found)
    assert {one["status"] for one in found} <= {"missing", "not_built"}


def test_people_get_a_table_in_their_language(capsys: pytest.CaptureFixture[str], sample_shop: Path) -> None:
    assert main(["indicators", "cpc", "--workspace", str(sample_shop), "--lang", "zh"]) == 0
    assert "点击成本" in capsys.readouterr().out


def test_the_scorecard_leaves_as_a_workbook(tmp_path: Path, sample_shop: Path) -> None:
    out = tmp_path / "card.xlsx"
    assert main(["indicators", "cpc", "roas", "--workspace", str(sample_shop), "--out", str(out)]) == 0
    frame = pl.read_excel(out, sheet_id=1)
    assert frame.height == 2
    assert "cpc" in frame.to_series(0).to_list()


@pytest.mark.parametrize("wrong", [["--entry", "b2bb"], ["aovv"]])
def test_an_unknown_name_is_said(capsys: pytest.CaptureFixture[str], sample_shop: Path, wrong: list[str]) -> None:
    assert main(["indicators", *wrong, "--workspace", str(sample_shop)]) == 1
    assert wrong[-1][:-1] in capsys.readouterr().err


def test_one_defect_takes_no_other_indicator_along(monkeypatch: pytest.MonkeyPatch, sample_shop: Path) -> None:
    plain = Session.compute

    def broken(self: Session, ids: list[str], query: object) -> object:
        if "roas" in ids:
            raise ZeroDivisionError
        return plain(self, ids, query)

    monkeypatch.setattr(Session, "compute", broken)
    with Session.open(sample_shop, create=False, read_only=True) as session:
        found = indicators.measure(session, only=["roas", "cpc"])
    assert {name: one.status for name, one in found.items()} == {"cpc": "ok", "roas": "failed"}
    assert isinstance(indicators.metric_of("cpc"), Metric)


def test_what_a_year_is_too_short_for_is_asked_of_all_the_data(
    capsys: pytest.CaptureFixture[str], sample_shop: Path
) -> None:
    found = {str(one["id"]): one for one in told(capsys, sample_shop, "ltv_12m", "repurchase_rate")}
    young, plain = found["ltv_12m"], found["repurchase_rate"]
    assert (young["status"], young["window"]) == ("ok", ["2023-07-01", "2026-06-30"])
    assert plain["window"] == ["2025-07-01", "2026-06-30"]
    (asked,) = told(capsys, sample_shop, "ltv_12m", "--from", "2026-01-01")
    assert asked["status"] == "immature"
