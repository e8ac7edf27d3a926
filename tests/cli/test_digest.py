"""The digest and the watch from the command line: for a schedule, without a screen, in both languages."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.cli.terminal import answer, call, load

HEADER = "order_id,platform,customer_id,channel_id,created_at,paid_at,status,paid_amount,currency"
DAYS = 140


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty orders a day, five a day in the last three; of the very last day only the morning."""
    place, dice, rows = tmp_path_factory.mktemp("digest"), np.random.default_rng(9), []
    for i in range(DAYS):
        day, number = date(2026, 1, 1) + timedelta(days=i), int(dice.poisson(30)) if i < DAYS - 4 else 5
        hours = (9,) if i == DAYS - 1 else tuple(range(9, 23))
        for j in range(2 if i == DAYS - 1 else max(number, len(hours) - 9)):
            hour = hours[-1] if j == 0 else hours[j % len(hours)]
            at = f"{day} {hour:02}:{j % 60:02}:00"
            channel = "a|b" if j % 2 else "<i>"
            rows.append(f"O{i:03}-{j:03},shop,c{i}-{j},{channel},{at},{at},completed,100.00,CNY")
    file = place / "orders.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    load(place / "shop", file)
    return place / "shop"


def test_the_watch_says_what_changed_and_leaves_out_the_day_that_is_not_over(workspace: Path) -> None:
    (found,) = answer("watch", "--workspace", workspace, "--days", 3)
    assert found["left_out"] == "2026-05-20"
    assert found["window"] == ["2026-05-17", "2026-05-19"]
    assert "orders" in found["changed"]
    (orders,) = [one for one in found["watches"] if one["metric"] == "orders"]  # type: ignore[attr-defined]
    assert orders["verdict"] == "changed"
    assert orders["value"] == pytest.approx(5)
    assert orders["expected"] == pytest.approx(27, rel=0.15)
    assert orders["why"]["change"] < 0
    assert orders["why"]["parts"]


@pytest.mark.parametrize(("name", "language", "word"), [("d.html", "zh", "变了"), ("d.md", "en", "changed")])
def test_the_digest_is_a_file_that_needs_nothing_else(
    workspace: Path, tmp_path: Path, name: str, language: str, word: str
) -> None:
    path = tmp_path / name
    code, out, err = call("digest", "--workspace", workspace, "--days", 3, "--out", path, "--lang", language)
    assert (code, out.strip()) == (0, str(path)), err
    written = path.read_text(encoding="utf-8")
    assert word in written
    assert "2026" in written
    assert not re.search(r"https?://|<script|<i>", written)
    assert written.startswith("<!doctype html>" if name == "d.html" else "# ")


def test_the_digest_as_json_and_a_suffix_nobody_can_write(workspace: Path, tmp_path: Path) -> None:
    (found,) = answer("digest", "--workspace", workspace, "--out", tmp_path / "d.md")
    assert found["file"] == str(tmp_path / "d.md")
    assert {"window", "left_out", "changed", "watches", "findings", "goals", "suspicious_orders"} <= set(found)
    code, _, err = call("digest", "--workspace", workspace, "--out", tmp_path / "d.pdf", "--lang", "en")
    assert (code, ".html or .md" in err) == (1, True)


def test_without_orders_and_with_a_wrong_number_of_days_it_says_so(workspace: Path, tmp_path: Path) -> None:
    answer("settings", "--workspace", tmp_path / "new")
    code, out, _ = call("watch", "--workspace", tmp_path / "new", "--json")
    assert code == 1
    assert json.loads(out)["error"]
    assert call("digest", "--workspace", workspace, "--days", 0)[0] == 2
