"""What a table is: our own layout, preamble and footers, near misses, mappings by hand."""

from datetime import date
from pathlib import Path

import pytest

from ecodash.core.errors import UnknownFormat, UnknownName, UnreadableFile
from ecodash.core.period import Period
from ecodash.core.schema import TABLES
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.raw import RawTable
from ecodash.ingest.read import read
from ecodash.ingest.recognise import data_rows, recognise, recognise_as, recognise_with
from ecodash.ingest.recognition import Recognition
from tests.ingest.written import csv_file, raw
from tests.shared import SHARED, needs_shared

ORDER = ["订单编号", "买家实际支付金额", "买家应付货款", "订单创建时间", "宝贝标题"]


def _counts(found: Recognition) -> dict[str, tuple[int, tuple[int, ...]]]:
    return {problem.code: (problem.count, problem.rows) for problem in found.problems}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_csv_with_our_own_column_names_is_that_table(name: str, tmp_path: Path) -> None:
    columns = TABLES[name].column_names
    (table,) = read(csv_file(tmp_path / "x.csv", [columns, ["1"] * len(columns)]))
    found = recognise(table)
    assert (found.format, found.entity, found.confirmed) == (f"canonical:{name}", name, True)
    assert found.mapping.columns == {column: (column,) for column in columns}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_our_own_layout_with_a_strange_or_a_missing_key_column_is_not_taken_for_it(name: str) -> None:
    columns = list(TABLES[name].column_names)
    assert recognise(raw([*columns, "something"], ["1"] * (len(columns) + 1))).format is None
    without_key = [column for column in columns if column not in TABLES[name].key]
    assert recognise(raw(without_key, ["1"] * len(without_key))).format != f"canonical:{name}"


def test_blank_rows_totals_and_repeated_headers_are_no_data() -> None:
    table = raw(
        ["标题"],
        [],
        ORDER,
        ["1", "9", "9", "2026-05-01 10:00:00", "a"],
        [None, " ", "", None, None],
        ORDER,
        ["2", "8", "8", "2026-05-02 10:00:00", "b"],
        ["合计", "17", "17", None, None],
        [None, "总计：", None, None, None],
    )
    found = recognise(table)
    assert (found.header_row, found.rows) == (3, 2)
    assert _counts(found) == {"preamble": (1, (1,)), "repeated_header": (1, (6,)), "total_row": (2, (8, 9))}
    assert data_rows(table, found)["row_no"].to_list() == [4, 7]


def test_an_order_called_total_by_chance_is_kept_when_the_word_is_only_part_of_a_cell() -> None:
    found = recognise(raw(ORDER, ["合计001", "1", "1", "2026-05-01", "合计"], ["2", "1", "1", "2026-05-01", "Total"]))
    assert found.rows == 2


def test_cells_beyond_the_header_are_kept_and_reported() -> None:
    table = raw(ORDER, ["1", "9", "9", "2026-05-01", "a", "more"], ["2", "8", "8", "2026-05-02", "b"])
    found = recognise(table)
    assert found.names[-1] == "column_6"
    assert _counts(found) == {"extra_cells": (1, (2,))}
    assert data_rows(table, found)["column_6"].to_list() == ["more", None]


def test_an_unnamed_empty_column_is_left_out_and_a_repeated_header_numbered() -> None:
    table = raw([*ORDER, "备注", "备注", ""], ["1", "9", "9", "2026-05-01", "a", "x", "y", None])
    found = recognise(table)
    assert found.names == (*ORDER, "备注", "备注.1", "")
    assert data_rows(table, found).columns == [*ORDER, "备注", "备注.1", "row_no"]


def test_the_longer_signature_wins_and_then_the_larger_share() -> None:
    sycm = ["统计日期", "访客数", "支付金额", "支付买家数", "客单价"]
    assert recognise(raw(sycm, ["1"] * 5)).format == "sycm_shop_daily"
    item = ["统计日期", "商品ID", "商品访客数", "支付金额", "支付买家数", "访客数", "客单价"]
    assert recognise(raw(item, ["1"] * 7)).format == "sycm_item_rank"


def test_a_unit_in_the_header_may_be_missing_or_another_one() -> None:
    meta = ["Reporting starts", "Reporting ends", "Campaign name", "Amount spent (JPY)", "Impressions"]
    found = recognise(raw(meta, ["2026-05-01", "2026-05-01", "a", "1", "2"]))
    assert (found.format, found.mapping.columns["spend"]) == ("meta_ads_report", ("Amount spent (JPY)",))
    plain = [header.replace("(元)", "") for header in FORMATS["pdd_order_export"].headers]
    assert recognise(raw(plain, ["1"] * len(plain))).mapping.columns["paid_amount"] == ("用户实付金额",)


def test_an_unknown_table_is_a_proposal_and_says_so_in_both_languages() -> None:
    found = recognise(raw(["order number", "order date", "total"], ["1", "2026-05-01", "9.90"]))
    assert (found.format, found.entity, found.confirmed) == (None, "orders", False)
    assert [problem.code for problem in found.problems] == ["unknown_format"]
    assert "确认" in found.problems[0].text.zh
    assert "confirm" in found.problems[0].text.en


def test_a_group_row_above_the_header_is_no_header() -> None:
    found = recognise(raw(["订单", None, "金额"], ["订单号", "下单时间", "实付金额"], ["1", "2026-05-01", "9"]))
    assert (found.header_row, found.entity, found.rows) == (2, "orders", 1)


def test_a_table_without_header_has_numbered_columns() -> None:
    found = recognise(raw(["00004", "19970101", "29.33"], ["00005", "19970102", "14.00"]))
    assert (found.header_row, found.rows, found.entity, found.confirmed) == (0, 2, None, False)
    assert found.names == ("column_1", "column_2", "column_3")
    assert found.mapping.options.no_header


@needs_shared
def test_cdnow_is_read_by_a_mapping_of_numbered_columns() -> None:
    (table,) = read(SHARED / "data/cdnow_sample/CDNOW_sample.txt")
    columns = {
        "customer_key": ("column_2",),
        "ordered_at": ("column_3",),
        "quantity": ("column_4",),
        "paid_amount": ("column_5",),
    }
    mapping = Mapping(entity="orders", columns=columns, options=LoadOptions(no_header=True, row_is_order=True))
    found = recognise_with(table, mapping)
    assert (found.confirmed, found.rows, found.header_row) == (True, 6919, 0)
    assert found.period == Period(date(1997, 1, 1), date(1998, 6, 30))
    rows = data_rows(table, found)
    assert rows.row(0) == ("00004", "0001", "19970101", "2", "29.33", 1)


def test_a_header_row_can_be_given() -> None:
    table = raw(["a", "b"], ["sku", "stock"], ["A", "1"])
    mapping = Mapping(
        entity="inventory", columns={"sku": ("sku",), "on_hand": ("stock",)}, options=LoadOptions(header_row=2)
    )
    assert (recognise_with(table, mapping).header_row, recognise_with(table, mapping).rows) == (2, 1)


def test_a_format_can_be_asked_for_and_is_refused_by_what_is_missing() -> None:
    assert recognise_as(raw(["x"], ORDER, ["1"] * 5), "taobao_order_list_csv").header_row == 2
    with pytest.raises(UnknownFormat) as caught:
        recognise_as(raw(ORDER[:4], ["1"] * 4), "taobao_order_list_csv")
    assert "宝贝标题" in caught.value.message.zh
    assert caught.value.nearest == "taobao_order_list_csv"
    with pytest.raises(UnknownName) as unknown:
        recognise_as(raw(ORDER), "taobao_order_list")
    assert unknown.value.nearest == "taobao_order_list_csv"


def test_a_table_without_cells_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        recognise(raw(["", None], [" ", "\t"]))


def test_a_header_without_rows_is_recognised_with_no_rows() -> None:
    found = recognise(raw(ORDER))
    assert (found.format, found.rows, found.period) == ("taobao_order_list_csv", 0, None)


def test_the_header_is_looked_for_in_twenty_rows_only() -> None:
    above = [[f"说明 {i}"] for i in range(19)]
    assert recognise(raw(*above, ORDER, ["1"] * 5)).header_row == 20
    assert recognise(raw(*above, ["x"], ORDER, ["1"] * 5)).format is None


def test_rows_of_a_sheet_are_numbered_from_where_it_starts() -> None:
    table = RawTable(file="x", grid=raw(ORDER, ["1"] * 5).grid, kind="xlsx", first_row=7)
    found = recognise(table)
    assert (found.header_row, data_rows(table, found)["row_no"].to_list()) == (7, [8])
