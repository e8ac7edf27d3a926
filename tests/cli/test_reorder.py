"""The reorder list on the command line: JSON, table, workbook, and what is said when something is not known."""

import json
from pathlib import Path

import fastexcel
import pytest

from ecodash.core.text import LANGUAGES
from ecodash.i18n import t
from tests.cli.terminal import call


def test_the_list_as_json(sample_shop: Path) -> None:
    code, out, _ = call("reorder", "--workspace", sample_shop, "--json", "--lead-days", 200, "--budget", 5000,
                       "--pack", 6, "--service-level", "95%")  # fmt: skip
    found = json.loads(out)
    assert code == 0
    assert (found["lead_times"], found["method"]) == ("given", "conformal")
    products = {one["sku_id"]: one for one in found["products"]}
    late = [one for one in products.values() if one["urgency"] == "late"]
    assert late
    assert all(one["quantity"] > 0 and one["quantity"] % 6 == 0 for one in late)
    assert all(one["last_order"] < found["today"] for one in late)
    bought = sum(one["bought"] * one["unit_cost"] for one in products.values() if one["bought"])
    assert 0 < bought <= 5000
    assert {one["service_level"] for one in products.values()} == {0.95}
    assert products["HF-CANDLE-01"]["urgency"] == "no_demand"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_as_a_workbook(sample_shop: Path, tmp_path: Path, language: str) -> None:
    out = tmp_path / "list.xlsx"
    code, printed, _ = call("reorder", "--workspace", sample_shop, "--lead-days", 45, "--out", out, "--lang", language)
    assert code == 0
    assert t("inventory.urgency_fine", language) in printed  # type: ignore[arg-type]
    sheet = fastexcel.read_excel(out).load_sheet(0).to_polars()
    assert sheet.columns[0] == t("inventory.status", language)  # type: ignore[arg-type]
    assert sheet.height == 30


def test_as_of_an_earlier_day_nothing_later_is_known(sample_shop: Path) -> None:
    code, out, _ = call("reorder", "--workspace", sample_shop, "--json", "--to", "2026-03-05")
    found = json.loads(out)
    assert code == 0
    assert (found["today"], found["lead_times"]) == ("2026-03-05", "purchases")
    assert found["counted"] <= "2026-03-05"
    assert "HF-PAD-01" not in {one["sku_id"] for one in found["products"]}  # it came on 22 March


def test_an_empty_workspace_and_a_wrong_call(tmp_path: Path) -> None:
    assert call("settings", "--workspace", tmp_path / "w", "--set", "base_currency=CNY")[0] == 0
    code, _, err = call("reorder", "--workspace", tmp_path / "w", "--lang", "en")
    assert code == 1
    assert "No orders" in err
    assert call("reorder", "--workspace", tmp_path / "w", "--service-level", "30")[0] == 2
