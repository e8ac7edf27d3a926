"""Forecasts on the command line: documented JSON, files whole or not at all, published, scored by later loads."""

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from ecodash.cli import forecast as command
from ecodash.core.errors import WorkspaceError
from ecodash.session import Session
from ecodash.session.forecasts import FOLDER, Forecasts, Override
from tests.cli.terminal import answer, call, load

HEADER = "order_id,customer_id,channel_id,created_at,paid_at,status,paid_amount"
FIRST = date(2024, 1, 1)
SERIES = {"key", "name", "kind", "method", "sum", "days", "backtest"}
ENDS = {"value", "low_80", "high_80", "low_95", "high_95"}


def rows(first: int, last: int) -> list[str]:
    """Two orders a day at 09:00 and 22:00, 100 on the web and 50 to 53 in the shop, 80 more on Saturdays."""
    told = []
    for i in range(first, last):
        on = FIRST + timedelta(days=i)
        extra = 80 if on.isoweekday() == 6 else 0
        told.append(f"w{i},ann,web,{on} 09:00:00,{on} 09:00:00,completed,{100 + extra}.00")
        told.append(f"s{i},bob,shop,{on} 22:00:00,{on} 22:00:00,completed,{50 + i % 4}.00")
    return told


def orders(path: Path, first: int, last: int) -> Path:
    path.write_text("\n".join([HEADER, *rows(first, last)]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    load(tmp_path / "w", orders(tmp_path / "orders.csv", 0, 120))
    return tmp_path / "w"


def test_the_documented_keys(workspace: Path) -> None:
    (found,) = answer("forecast", "--workspace", workspace, "--by", "channel", "--measure", "sales", "--horizon", 14)
    assert set(found) == {
        "by", "measure", "unit", "horizon", "history", "window", "total", "series", "track_record", "events", "warnings",
    }  # fmt: skip
    assert (found["by"], found["measure"], found["unit"], found["horizon"]) == ("channel", "sales", "money", 14)
    assert found["history"] == ["2024-01-01", "2024-04-29"]
    assert found["window"] == ["2024-04-30", "2024-05-13"]
    total, series = found["total"], found["series"]
    assert set(total) == SERIES  # type: ignore[arg-type]
    assert set(total["sum"]) == ENDS  # type: ignore[index]
    assert [set(one) for one in total["days"]] == [ENDS | {"day"}] * 14  # type: ignore[index]
    assert {one["key"] for one in series} == {"web", "shop"}  # type: ignore[attr-defined]
    whole = total["sum"]["value"]  # type: ignore[index]
    assert sum(one["sum"]["value"] for one in series) == pytest.approx(whole, rel=1e-5)  # type: ignore[attr-defined]
    assert whole == pytest.approx(14 * 151.5 + 2 * 80, rel=0.03)
    record = found["track_record"]["total"]  # type: ignore[index]
    assert {"method", "beats_naive", "origins", "methods"} == set(record)
    used = record["methods"][record["method"]]
    assert {"wape", "mase", "bias", "pinball", "coverage_80", "sum_coverage_80"} <= set(used)


def test_progress_goes_to_standard_error_and_the_table_to_standard_output(workspace: Path) -> None:
    code, out, err = call("forecast", "--workspace", workspace, "--measure", "sales", "--lang", "zh")
    assert code == 0
    assert "total: 1/" in err
    assert "total" in out
    assert "1/" not in out.splitlines()[0]


def test_files_are_written_whole_or_not_at_all(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("forecast", "--workspace", workspace, "--measure", "sales", "--horizon", 7, "--out")
    assert call(*asked, tmp_path / "f.json")[0] == 0
    assert json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))["horizon"] == 7
    assert call(*asked, tmp_path / "f.csv")[0] == 0
    table = pl.read_csv(tmp_path / "f.csv")
    assert (table.height, table.columns[:4]) == (7, ["key", "name", "day", "value"])
    before = (tmp_path / "f.csv").read_bytes()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call(*asked, tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if ".part" in path.name]
    code, _, err = call(*asked, tmp_path / "nowhere" / "f.json")
    assert (code, "nowhere" in err) == (1, True)


def test_what_is_missing_is_named_and_a_wrong_call_is_refused(workspace: Path) -> None:
    code, _, err = call("forecast", "--workspace", workspace, "--by", "sku", "--lang", "en")
    assert (code, "order lines" in err) == (1, True)
    assert call("forecast", "--workspace", workspace, "--by", "colour")[0] == 2
    assert call("forecast", "--workspace", workspace, "--horizon", 0)[0] == 1


def test_a_published_forecast_is_scored_by_later_loads(workspace: Path, tmp_path: Path) -> None:
    """Said before, compared with exactly what was loaded later: 14 days of web 100 and shop 50 to 53."""
    asked = ("forecast", "--workspace", workspace, "--by", "channel", "--measure", "sales", "--horizon", 14)
    (told,) = answer(*asked, "--publish", "Lin")
    assert told["published"] == 1
    (waiting,) = answer("forecasts", 1, "--workspace", workspace)
    assert waiting["outcomes"] == []
    change = ("override", 1, "total", 2500, "--author", "Lin", "--reason", "新店开业", "--workspace", workspace)
    (kept,) = answer(*change)
    assert (kept["value"], kept["author"], kept["reason"]) == (2500, "Lin", "新店开业")
    load(workspace, orders(tmp_path / "later.csv", 120, 127))
    (half,) = answer("forecasts", 1, "--workspace", workspace)
    assert [(one["days_over"], one["done"], one["inside"]) for one in half["outcomes"]] == [(7, False, None)] * 3  # type: ignore[attr-defined]
    load(workspace, orders(tmp_path / "latest.csv", 127, 134))
    (scored,) = answer("forecasts", 1, "--workspace", workspace)
    came = {one["key"]: one for one in scored["outcomes"]}  # type: ignore[attr-defined]
    true = sum(float(row.rsplit(",", 1)[1]) for row in rows(120, 134))
    assert came["total"]["came"] == pytest.approx(true)
    assert came["web"]["came"] + came["shop"]["came"] == pytest.approx(true)
    assert came["total"]["expected"] == pytest.approx(told["total"]["sum"]["value"], rel=1e-5)  # type: ignore[index]
    low, high = (told["total"]["sum"][end] for end in ("low_80", "high_80"))  # type: ignore[index]
    assert came["total"]["inside"] is (low <= true <= high)
    assert came["total"]["override_error"] == pytest.approx(2500 / true - 1)
    code, _, err = call(*change)
    assert (code, "over" in err or "过完" in err) == (1, True)
    assert [one["number"] for one in answer("forecasts", "--workspace", workspace)] == [1]


def test_overrides_need_an_author_a_reason_and_a_key_that_was_forecast(workspace: Path) -> None:
    answer("forecast", "--workspace", workspace, "--measure", "sales", "--publish", "")
    ask = ("override", 1, "total", 10, "--workspace", workspace)
    assert call(*ask, "--author", " ", "--reason", "x")[0] == 1
    assert call(*ask, "--author", "Lin", "--reason", "")[0] == 1
    assert call("override", 1, "web", 10, "--author", "L", "--reason", "x", "--workspace", workspace)[0] == 1
    assert call("override", 1, "total", -1, "--author", "L", "--reason", "x", "--workspace", workspace)[0] == 1
    assert call("override", 2, "total", 1, "--author", "L", "--reason", "x", "--workspace", workspace)[0] == 1


def test_a_changed_archive_is_shown_as_changed_and_never_scored(workspace: Path) -> None:
    answer("forecast", "--workspace", workspace, "--measure", "sales", "--publish", "Lin")
    (path,) = (workspace / FOLDER).glob("*.json")
    path.chmod(0o644)
    path.write_text(path.read_text(encoding="utf-8").replace('"horizon": 30', '"horizon": 31'), encoding="utf-8")
    assert [one["intact"] for one in answer("forecasts", "--workspace", workspace)] == [False]
    assert call("forecasts", 1, "--workspace", workspace)[0] == 1
    blank = {"number": 0, "made": "", "author": "L", "reason": "r"}
    change = Override(forecast=1, key="total", value=1.0, **blank)  # type: ignore[arg-type]
    with Session.open(workspace, read_only=True) as session, pytest.raises(WorkspaceError, match="changed"):
        Forecasts(session).override(change)
