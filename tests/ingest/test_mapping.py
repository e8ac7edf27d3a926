"""--map and --set: checked words, nearest suggestions."""

from datetime import date

import pytest

from ecodash.core.errors import MappingError
from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.mapping_arguments import OPTION_NAMES, entities, fields_of, parse_map, parse_options

HEADERS = ("InvoiceNo", "StockCode", "收货地址 ", "Amount (USD)")
EMPTY = Mapping(entity="orders")


def test_pairs_name_fields_and_headers_however_they_are_written() -> None:
    found = parse_map(
        ["order_id=invoiceno", "address=收货地址", "sku = StockCode|InvoiceNo"], headers=HEADERS, mapping=EMPTY
    )
    assert found.columns == {"order_id": ("InvoiceNo",), "address": ("收货地址 ",), "sku": ("StockCode", "InvoiceNo")}


def test_an_empty_value_drops_a_field_and_entity_decides_what_a_row_is() -> None:
    before = Mapping(entity="orders", columns={"order_id": ("InvoiceNo",), "sku": ("StockCode",)})
    found = parse_map(["sku=", "entity=order_lines"], headers=HEADERS, mapping=before)
    assert (found.entity, found.columns) == ("order_lines", {"order_id": ("InvoiceNo",)})
    assert before.columns["sku"] == ("StockCode",)


@pytest.mark.parametrize(
    ("pair", "nearest"),
    [
        ("ordr_id=InvoiceNo", "order_id"),
        ("order_id=InvoicNo", "InvoiceNo"),
        ("entity=order", "orders"),
        ("order_id", "order_id"),
    ],
)
def test_a_wrong_pair_names_the_nearest_right_one(pair: str, nearest: str) -> None:
    with pytest.raises(MappingError) as caught:
        parse_map([pair], headers=HEADERS, mapping=EMPTY)
    assert nearest in caught.value.message.zh
    assert nearest in caught.value.message.en


def test_columns_of_a_canonical_table_can_be_mapped_too() -> None:
    assert "lead_time_days" in fields_of("suppliers") or len(fields_of("suppliers")) > len(fields_of("orders_unknown"))
    assert {"orders", "order_lines", "inventory", "suppliers", "ads_daily"} <= set(entities())


@pytest.mark.parametrize(
    ("pair", "name", "value"),
    [
        ("zone=America/New_York", "zone", "America/New_York"),
        ("currency=gbp", "currency", "GBP"),
        ("decimal=,", "decimal", ","),
        ("thousands=", "thousands", ""),
        ("thousands= ", "thousands", " "),
        ("date_formats=%d/%m/%Y|%Y", "date_formats", ("%d/%m/%Y", "%Y")),
        ("day_first=yes", "day_first", True),
        ("day_first=否", "day_first", False),
        ("credit_prefix=C", "credit_prefix", "C"),
        ("refund_in_paid=yes", "refund_in_paid", "yes"),
        ("snapshot_date=2026-05-01", "snapshot_date", date(2026, 5, 1)),
        ("money_divisor=1000000", "money_divisor", 1_000_000),
        ("header_row=3", "header_row", 3),
        ("no_header=1", "no_header", True),
        ("delimiter=tab", "delimiter", "\t"),
        ("delimiter=;", "delimiter", ";"),
        ("encoding=gb18030", "encoding", "gb18030"),
        ("valid=paid|shipped", "valid", ("paid", "shipped")),
        ("platform=taobao", "platform", "taobao"),
    ],
)
def test_settings_are_checked_and_typed(pair: str, name: str, value: object) -> None:
    assert getattr(parse_options([pair]), name) == value


def test_settings_are_put_on_top_of_those_there_are() -> None:
    base = LoadOptions(zone="Asia/Shanghai", currency="CNY")
    assert parse_options(["currency=USD"], options=base) == LoadOptions(zone="Asia/Shanghai", currency="USD")


@pytest.mark.parametrize(
    "pair",
    ["zone=Mars/Base", "currency=dollars", "decimal=ab", "day_first=maybe", "refund_in_paid=perhaps", "snapshot_date=1 May",
     "money_divisor=0", "header_row=first", "encoding=klingon", "zone"],
)  # fmt: skip
def test_a_wrong_value_is_refused_in_both_languages(pair: str) -> None:
    with pytest.raises(MappingError) as caught:
        parse_options([pair])
    assert pair.partition("=")[0] in caught.value.message.zh
    assert pair.partition("=")[0] in caught.value.message.en


def test_an_unknown_setting_names_the_nearest() -> None:
    with pytest.raises(MappingError, match="currency"):
        parse_options(["curency=USD"])


def test_every_option_is_described() -> None:
    for name in OPTION_NAMES:
        assert name.removeprefix("period_") in (LoadOptions.__doc__ or ""), name
