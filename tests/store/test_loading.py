"""What a load does to the current rows."""

from pathlib import Path

import polars as pl
import pytest

from ecodash.core.decimals import SCALE
from ecodash.core.errors import InputError, UnknownName
from ecodash.store import Workspace
from tests.store.shop import FACTS, START, content, line, lines, order, orders, source


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    with Workspace.create(tmp_path / "shop", facts=FACTS) as opened:
        yield opened


def one(workspace: Workspace, order_id: str) -> dict[str, object]:
    frame = workspace.table("orders").collect(backend="polars").to_native()
    return frame.filter(pl.col("order_id") == order_id).to_dicts()[0]


def test_first_load_is_all_new(workspace: Workspace) -> None:
    result = workspace.load(source("a.csv", kept=3), {"orders": orders([order(n) for n in range(3)])})
    assert (result.load_id, result.new, result.changed, result.unchanged, result.overlap) == (1, 3, 0, 0, 0)
    assert result.kept == 3
    assert workspace.loaded_tables() == {"orders"}


def test_overlapping_load_counts_new_changed_and_unchanged(workspace: Workspace) -> None:
    workspace.load(source("a.csv"), {"orders": orders([order(n) for n in range(3)])})
    later = [order(1), order(2, status="completed"), order(3)]
    result = workspace.load(source("b.csv"), {"orders": orders(later)})
    assert (result.new, result.changed, result.unchanged, result.overlap) == (1, 1, 1, 2)
    assert one(workspace, "o2")["status"] == "completed"
    assert len(content(workspace, "orders")) == 4


def test_poorer_export_does_not_erase_what_a_richer_one_brought(workspace: Workspace) -> None:
    workspace.load(source("orders.csv"), {"orders": orders([order(1)])})
    poor = orders([order(1, status="completed")]).drop("customer_id", "paid_amount")
    result = workspace.load(source("items.csv"), {"orders": poor, "order_items": lines([line(1)])})
    row = one(workspace, "o1")
    assert (row["customer_id"], row["paid_amount"], row["status"]) == ("c1", 10 * SCALE, "completed")
    assert (row["load_id"], row["row_no"]) == (2, 3)
    assert result.by_table["orders"].changed == 1


def test_same_file_twice_is_one_load(workspace: Workspace) -> None:
    first = workspace.load(source("a.csv", kept=1), {"orders": orders([order(1)])})
    again = workspace.load(source("a.csv", kept=1), {"orders": orders([order(1)])})
    assert again.already_loaded
    assert (again.load_id, again.kept, again.new, again.unchanged) == (first.load_id, 1, 0, 1)
    assert workspace.loads().height == 1


def test_same_bytes_with_another_mapping_is_another_load(workspace: Workspace) -> None:
    workspace.load(source("a.csv"), {"orders": orders([order(1)])})
    other = workspace.load(source("a.csv", settings={"zone": "UTC"}), {"orders": orders([order(1)])})
    assert (other.load_id, other.already_loaded) == (2, False)


def test_identical_duplicates_are_folded_and_counted(workspace: Workspace) -> None:
    result = workspace.load(source("a.csv"), {"orders": orders([order(1), order(1, row_no=9), order(2)])})
    assert (result.new, result.duplicates, result.by_table["orders"].conflicts) == (2, 1, 0)
    assert one(workspace, "o1")["row_no"] == 3
    assert workspace.rejects(1).is_empty()


@pytest.mark.parametrize("order_of_rows", [[0, 1, 2], [2, 1, 0], [1, 0, 2]])
def test_contradicting_duplicates_give_the_same_row_in_any_order(
    workspace: Workspace, order_of_rows: list[int]
) -> None:
    rows = [
        order(1, paid_amount=5 * SCALE, row_no=2),
        order(1, paid_amount=7 * SCALE, customer_id=None, created_at=START.replace(month=3), row_no=3),
        order(1, paid_amount=7 * SCALE, status=None, row_no=4),
    ]
    result = workspace.load(source("a.csv"), {"orders": orders([rows[i] for i in order_of_rows])})
    row = one(workspace, "o1")
    assert (row["paid_amount"], row["customer_id"], row["status"]) == (7 * SCALE, "c1", "paid")
    assert row["created_at"] == START.replace(month=3)
    assert (result.duplicates, result.by_table["orders"].conflicts) == (2, 1)
    refused = workspace.rejects(1)
    assert set(refused["reason_code"]) == {"duplicate_key"}


def test_rows_with_an_empty_key_part_are_merged_like_others(workspace: Workspace) -> None:
    def day(visitors: int) -> pl.DataFrame:
        return pl.DataFrame(
            {"date": [START.date()], "channel_id": [None], "visitors": [visitors], "row_no": [2]},
            schema_overrides={"channel_id": pl.String},
        )

    workspace.load(source("a.csv"), {"traffic_daily": day(5)})
    result = workspace.load(source("b.csv"), {"traffic_daily": day(6)})
    assert (result.new, result.changed) == (0, 1)
    rows = workspace.table("traffic_daily").collect(backend="polars").to_native()
    assert rows["visitors"].to_list() == [6]


def test_order_number_of_another_platform_is_refused_and_nothing_is_loaded(workspace: Workspace) -> None:
    workspace.load(source("a.csv"), {"orders": orders([order(1)])})
    foreign = orders([order(1, platform="jd", created_at=START.replace(year=2026)), order(5, platform="jd")])
    with pytest.raises(InputError, match=r"1 order ids \(for example o1\).*taobao.*--set id_namespace") as caught:
        workspace.load(source("b.csv"), {"orders": foreign})
    assert "id_namespace" in caught.value.message.zh
    assert workspace.loads().height == 1
    assert len(content(workspace, "orders")) == 1


def test_order_number_of_another_shop_of_the_same_platform_is_refused(workspace: Workspace) -> None:
    workspace.load(source("a.csv"), {"orders": orders([order(1, platform="shopify")])})
    other = orders([order(1, platform="shopify", created_at=START.replace(year=2026))])
    with pytest.raises(InputError, match="id_namespace"):
        workspace.load(source("b.csv"), {"orders": other})


def test_order_number_of_another_platform_on_the_same_day_is_the_same_order(workspace: Workspace) -> None:
    workspace.load(source("a.csv"), {"orders": orders([order(1)])})
    result = workspace.load(source("b.csv"), {"orders": orders([order(1, platform="erp")])})
    assert result.changed == 1


def test_undo_takes_a_load_back_and_redo_brings_it_back(workspace: Workspace) -> None:
    workspace.load(source("a.csv"), {"orders": orders([order(n) for n in range(3)])})
    before = content(workspace, "orders", provenance=True)
    workspace.load(source("b.csv"), {"orders": orders([order(2, status="completed"), order(3)])})
    after = content(workspace, "orders", provenance=True)
    workspace.undo(2)
    assert content(workspace, "orders", provenance=True) == before
    workspace.undo(2)
    assert workspace.loads()["active"].to_list() == [True, False]
    workspace.redo(2)
    assert content(workspace, "orders", provenance=True) == after


def test_loading_an_undone_file_again_brings_it_back(workspace: Workspace) -> None:
    workspace.load(source("a.csv"), {"orders": orders([order(1)])})
    workspace.undo(1)
    assert content(workspace, "orders") == []
    result = workspace.load(source("a.csv"), {"orders": orders([order(1)])})
    assert (result.already_loaded, len(content(workspace, "orders"))) == (True, 1)


def test_an_unknown_load_is_named(workspace: Workspace) -> None:
    with pytest.raises(UnknownName, match="no load called “7”"):
        workspace.undo(7)
    with pytest.raises(UnknownName):
        workspace.table("orders", as_of=7)
    with pytest.raises(UnknownName, match="Did you mean “orders”"):
        workspace.table("order")


def test_a_column_the_table_does_not_have_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="orders has no column colour"):
        workspace.load(source("a.csv"), {"orders": orders([order(1)]).with_columns(colour=pl.lit("red"))})
    assert workspace.loads().is_empty()


def test_rejects_are_kept_with_file_row_and_reason(workspace: Workspace) -> None:
    refused = pl.DataFrame(
        {
            "file": ["a.csv"],
            "row_no": [4],
            "column": ["实付"],
            "field": ["paid_amount"],
            "raw": ["abc"],
            "reason_code": ["not_a_number"],
            "reason_zh": ["不是数字"],
            "reason_en": ["not a number"],
            "whole_row": [False],
        }
    )
    workspace.load(source("a.csv", rejected=1), {"orders": orders([order(1)])}, refused)
    assert workspace.rejects(1).to_dicts() == refused.to_dicts()


def test_a_row_leads_back_to_its_file(workspace: Workspace) -> None:
    workspace.load(source("一月.csv"), {"orders": orders([order(1)])})
    row = one(workspace, "o1")
    origin = workspace.origin([row["load_id"], 99])
    assert origin.select("load_id", "file").rows() == [(1, "一月.csv")]
    assert row["row_no"] == 3
