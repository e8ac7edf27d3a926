"""Who a buyer is."""

import polars as pl
import pytest

from ecodash.ingest.identity import identity_of, identity_texts, linked, masked, stated_identity_of


def who(text: str, *, header: str = "买家会员名", platform: str = "taobao_tmall") -> str | None:
    return identity_of(pl.Series([text]), header=header, platform=platform)[0]


@pytest.mark.parametrize(
    "text",
    [
        "13800000001",
        "+86 138-0000-0001",
        "8613800000001",
        "0086 13800000001",
        "138 0000 0001",
        "13800000001.0",
        "\t13800000001",
    ],
)
def test_one_mobile_number_is_one_person_however_it_is_written(text: str) -> None:
    assert who(text, header="买家手机号") == "phone|13800000001"


def test_foreign_numbers_keep_their_country_code() -> None:
    assert who("+1 (415) 555-0100", header="Phone") == "phone|14155550100"


@pytest.mark.parametrize("header", ["Email", "Phone", "买家昵称"])
def test_an_address_is_an_address_in_any_column_and_case_does_not_matter(header: str) -> None:
    assert who("A@Example.com ", header=header) == "email|a@example.com"


def test_accounts_are_kept_apart_per_platform() -> None:
    assert who("示例买家01") == "taobao_tmall:account|示例买家01"
    assert who("17850.0", header="CustomerID", platform="file") == "file:account|17850"


@pytest.mark.parametrize(
    "text",
    [
        "138****8888",
        "张**",
        "##demo**",
        "$$demo**",
        "a***b@example.com",
        "S*****e",
        "~abc~",
        "",
        "-",
        "guest",
        "匿名用户",
        "1.38E+10",
    ],
)
def test_masked_and_anonymous_values_are_nobody(text: str) -> None:
    assert who(text) is None
    assert who(text, header="买家手机号") is None


def test_words_are_no_phone_number() -> None:
    assert who("无", header="手机") is None
    assert who("12345", header="手机") is None


def test_the_first_column_that_identifies_the_row_wins() -> None:
    columns = [
        ("买家手机号", pl.Series(["138****0001", "13800000002", None])),
        ("买家昵称", pl.Series(["甲", "乙", "丙"])),
    ]
    assert identity_texts(columns, platform="youzan").to_list() == [
        "youzan:account|甲",
        "phone|13800000002",
        "youzan:account|丙",
    ]


def test_a_name_without_a_phone_joins_the_only_person_of_that_name() -> None:
    ids = pl.Series(["phone|1", "wecom:account|甲", "wecom:account|丁", "phone|2", "phone|3", "wecom:account|乙"])
    names = pl.Series(["甲", "甲", "丁", "乙", "乙", "乙"])
    assert linked(ids, names).to_list() == [
        "phone|1",
        "phone|1",
        "wecom:account|丁",
        "phone|2",
        "phone|3",
        "wecom:account|乙",
    ]


def test_masked_cells_are_counted_and_blank_ones_are_not() -> None:
    assert masked(pl.Series(["138****0001", "", None, "13800000001"])).to_list() == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phone:13800000001", "phone|13800000001"),
        ("phone:+86 138-0000-0001", "phone|13800000001"),
        ("phone:138****0001", None),
        ("taobao_tmall:示例买家01", "taobao_tmall:account|示例买家01"),
        ("shopify:A@Example.com", "email|a@example.com"),
        ("nowhere:17", "file:account|nowhere:17"),
        ("C-17", "file:account|C-17"),
        (None, None),
    ],
)
def test_a_list_of_our_own_layout_may_say_where_an_id_comes_from(text: str | None, expected: str | None) -> None:
    cells = pl.Series([text], dtype=pl.String)
    found = stated_identity_of(cells, header="customer_id", platform="file", platforms={"taobao_tmall", "shopify"})
    assert found.to_list() == [expected]
