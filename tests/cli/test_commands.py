"""The command line as a user meets it: exit codes, JSON, complaints in both languages, undo and redo."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import answer, call, load, value

ORDERS = """order_id,customer_id,channel_id,created_at,paid_at,status,paid_amount
1,ann,web,2024-01-01 10:00:00,2024-01-01 10:05:00,completed,100.00
2,bob,web,2024-01-05 10:00:00,2024-01-05 10:05:00,completed,50.50
3,ann,shop,2024-01-20 10:00:00,2024-01-20 10:05:00,paid,30.25
4,,web,2024-03-31 10:00:00,2024-03-31 10:05:00,paid,20.00
5,cat,web,2024-03-31 11:00:00,,created,99.00
"""
UNKNOWN = "foo,bar\n1,2\n3,4\n"


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    return file


@pytest.fixture
def workspace(tmp_path: Path, orders: Path) -> Path:
    folder = tmp_path / "workspace"
    load(folder, orders)
    return folder


def test_recognise_gives_the_documented_keys(orders: Path) -> None:
    (report,) = answer("recognise", orders)
    documented = {"file", "format", "entity", "encoding", "delimiter", "header_row", "rows", "period", "problems"}
    assert documented <= set(report)
    assert (report["format"], report["rows"], report["header_row"]) == ("canonical:orders", 5, 1)
    assert report["period"] == ["2024-01-01", "2024-03-31"]


def test_load_counts_rows(tmp_path: Path, orders: Path) -> None:
    (report,) = load(tmp_path / "w", orders)
    assert {k: report[k] for k in ("kept", "rejected", "new", "changed", "unchanged", "overlap")} == {
        "kept": 5, "rejected": 0, "new": 5, "changed": 0, "unchanged": 0, "overlap": 0,
    }  # fmt: skip


def test_a_number_of_the_small_shop(workspace: Path) -> None:
    assert value(workspace, "paid_amount")["value"] == pytest.approx(200.75)
    assert value(workspace, "orders")["value"] == 4
    assert value(workspace, "active_buyers")["value"] == 2
    assert value(workspace, "identity_coverage")["value"] == pytest.approx(0.75)


def test_a_later_export_changes_only_what_it_says(workspace: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.csv"
    later.write_text(ORDERS.replace("30.25", "31.25").replace("5,cat,web,2024-03-31 11:00:00,,created", "5,cat,web,"
                     "2024-03-31 11:00:00,2024-03-31 12:00:00,paid"), encoding="utf-8")  # fmt: skip
    (report,) = load(workspace, later)
    assert (report["new"], report["changed"], report["unchanged"], report["overlap"]) == (0, 2, 3, 5)
    assert value(workspace, "paid_amount")["value"] == pytest.approx(300.75)
    assert value(workspace, "paid_amount", "--as-of", 1)["value"] == pytest.approx(200.75)


def test_undo_and_redo(workspace: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text(ORDERS.splitlines()[0] + "\n9,dan,web,2024-02-01 10:00:00,2024-02-01 10:00:00,paid,10\n", "utf-8")
    load(workspace, more)
    assert value(workspace, "orders")["value"] == 5
    answer("undo", 2, "--workspace", workspace)
    assert value(workspace, "orders")["value"] == 4
    answer("redo", 2, "--workspace", workspace)
    assert value(workspace, "orders")["value"] == 5


def test_an_unknown_file_is_refused_with_a_proposal(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(UNKNOWN, encoding="utf-8")
    code, out, err = call("load", file, "--workspace", tmp_path / "w", "--json", "--lang", "zh")
    assert code == 1
    assert json.loads(out)[0]["load_id"] is None
    assert "没有认出" in err


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, orders: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text(UNKNOWN, encoding="utf-8")
    code, out, _ = call("load", odd, orders, "--workspace", tmp_path / "w", "--json")
    assert code == 1
    assert [report["load_id"] for report in json.loads(out)] == [None, 1]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    code, _, err = call("load", tmp_path / "none.csv", "--workspace", tmp_path / "w", "--lang", "en")
    assert code == 1
    assert "There is no file" in err


def test_an_unknown_metric_names_the_nearest(workspace: Path) -> None:
    code, _, err = call("compute", "net_sale", "--workspace", workspace, "--lang", "en")
    assert code == 1
    assert "net_sales" in err


def test_a_folder_without_a_workspace_is_said(tmp_path: Path) -> None:
    code, _, err = call("compute", "orders", "--workspace", tmp_path / "nothing", "--lang", "en")
    assert (code, bool(err)) == (1, True)


def test_a_wrong_call_is_code_2() -> None:
    assert call("compute")[0] == 2
    assert call("frobnicate")[0] == 2


def test_rows_add_up_to_the_number(workspace: Path) -> None:
    (report,) = answer("rows", "paid_amount", "--workspace", workspace)
    assert report["count"] == 4
    assert {row["file"] for row in report["rows"]} == {"orders.csv"}  # type: ignore[union-attr]
    assert {row["row_no"] for row in report["rows"]} == {2, 3, 4, 5}  # type: ignore[union-attr]


def test_explain_speaks_both_languages(workspace: Path) -> None:
    for language, words in (("zh", "口径"), ("en", "efinition")):
        code, out, err = call("explain", "spend_per_buyer", "--workspace", workspace, "--lang", language)
        assert code == 0, err
        assert words in out


def test_settings_are_kept_and_checked(workspace: Path) -> None:
    answer("settings", "--workspace", workspace, "--set", "minimum_sample=50")
    assert answer("settings", "--workspace", workspace)[0]["minimum_sample"] == "50"
    code, _, err = call("settings", "--workspace", workspace, "--set", "business_zone=Mars/Olympus", "--lang", "en")
    assert (code, "Mars/Olympus" in err) == (1, True)


def test_check_lists_what_is_doubtful(workspace: Path) -> None:
    code, out, _ = call("check", "--workspace", workspace, "--json")
    found = {finding["code"]: finding for finding in json.loads(out)}
    assert code == 0
    assert (found["anonymous_orders"]["count"], found["anonymous_orders"]["money"]) == (1, 20.0)
    assert (found["unpaid_orders"]["count"], found["unpaid_orders"]["money"]) == (1, 99.0)


def test_explain_tells_eight_parts_in_order_with_file_and_load_time(workspace: Path) -> None:
    code, out, err = call(
        "explain", "spend_per_buyer", "--workspace", workspace, "--lang", "en", "--where", "channel_id=web"
    )
    assert code == 1, out
    code, out, err = call(
        "explain", "spend_per_buyer", "--workspace", workspace, "--lang", "en", "--where", "channel=web"
    )
    assert code == 0, err
    heads = [line for line in out.splitlines() if line[:1].isdigit()]
    assert [head[0] for head in heads] == list("12345678")
    assert "orders.csv" in out
    assert "left out: not paid, 1" in out
    assert "WHERE day BETWEEN DATE '2024-01-01'" in out


def test_explain_as_json_counts_everybody_once_and_names_the_load(workspace: Path) -> None:
    (report,) = answer("explain", "spend_per_buyer", "--workspace", workspace, "--as-of", 1)
    (documents,) = report["populations"]  # type: ignore[misc]
    assert documents["total"] == documents["counted"] + sum(part["count"] for part in documents["excluded"])
    assert [(one["file"], one["rows"]) for one in report["origins"]] == [("orders.csv", 3)]  # type: ignore[union-attr]
    assert report["as_of"] == 1


def test_later_data_change_no_number_as_known_earlier(workspace: Path, tmp_path: Path) -> None:
    names = (
        "paid_amount",
        "repurchase_rate",
        "repurchase_30d",
        "cohort_retention_curve",
        "returning_customer_rate:whole_history",
    )
    before = answer("compute", *names, "--workspace", workspace, "--as-of", 1)
    rows = answer("rows", "paid_amount", "--workspace", workspace, "--as-of", 1)
    later = tmp_path / "later.csv"
    extra = "7,ann,web,2024-04-20 10:00:00,2024-04-20 10:05:00,paid,10.00\n"
    later.write_text(ORDERS.replace("100.00", "90.00") + extra, encoding="utf-8")
    load(workspace, later)
    assert answer("compute", *names, "--workspace", workspace) != before
    assert answer("compute", *names, "--workspace", workspace, "--as-of", 1) == before
    assert answer("rows", "paid_amount", "--workspace", workspace, "--as-of", 1) == rows
