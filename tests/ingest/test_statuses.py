"""What status words mean."""

import polars as pl
import pytest

from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.export_format import Statuses
from ecodash.ingest.statuses import classes, general_class, is_superseded, stage_of, words_of


@pytest.mark.parametrize("format_id", sorted(FORMATS))
def test_every_word_of_every_format_has_the_class_its_format_gives_it(format_id: str) -> None:
    statuses = FORMATS[format_id].statuses
    words = words_of(statuses)
    for name in ("valid", "pending", "cancelled", "refunded"):
        for word in getattr(statuses, name):
            expected = "valid" if word in statuses.valid else name
            assert words.class_of(word) == expected, word


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("买家已付款，等待卖家发货", "valid"),
        ("已完成", "valid"),
        ("待收货", "valid"),
        ("等待买家付款", "pending"),
        ("待付款", "pending"),
        ("(锁定)等待出库", "pending"),
        ("交易关闭", "cancelled"),
        ("已取消", "cancelled"),
        ("退款成功", "refunded"),
        ("Delivered", "valid"),
        ("Awaiting payment", "pending"),
        ("Canceled by buyer", "cancelled"),
        ("Refunded", "refunded"),
        ("Entregado", "valid"),
        ("Cancelada por el comprador", "cancelled"),
        ("Devuelto", "refunded"),
        ("created", "pending"),
        ("approved", "valid"),
        ("invoiced", "valid"),
        ("Enviado", "valid"),
        ("Não pago", "pending"),
        ("Selesai", "valid"),
        ("Belum Bayar", "pending"),
        ("Batal", "cancelled"),
        ("已合并", "cancelled"),
        ("frobnicated", "unknown"),
    ],
)
def test_general_words_of_many_languages(text: str, name: str) -> None:
    assert general_class(text) == name


def test_full_width_punctuation_does_not_matter() -> None:
    words = words_of(FORMATS["taobao_order_list_csv"].statuses)
    assert words.class_of("卖家已发货,等待买家确认") == words.class_of("卖家已发货，等待买家确认") == "valid"


def test_a_prefix_in_brackets_decides_where_the_format_says_so() -> None:
    words = words_of(FORMATS["jd_order_export"].statuses)
    assert words.class_of("(删除)等待出库") == words.class_of("（删除）等待出库") == "cancelled"
    assert words.class_of("(锁定)等待出库") == "pending"
    assert words.class_of("等待出库") == "valid"


def test_shop_spellings_of_one_slug_are_one_word() -> None:
    words = words_of(FORMATS["woocommerce_analytics_orders"].statuses)
    assert {words.class_of(text) for text in ("wc-on-hold", "On hold", "on-hold")} == {"pending"}


def test_words_the_user_teaches_come_first() -> None:
    words = words_of(Statuses(), [("valid", ("closed",)), ("cancelled", ("已完成",))])
    assert words.class_of("Closed") == "valid"
    assert words.class_of("已完成") == "cancelled"


def test_a_merged_order_lives_on_elsewhere() -> None:
    assert is_superseded("被合并")
    assert not is_superseded("交易关闭")


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("买家已付款，等待卖家发货", "paid"),
        ("待发货", "paid"),
        ("To ship", "paid"),
        ("Unshipped", "paid"),
        ("卖家已发货，等待买家确认", "shipped"),
        ("已发货，待签收", "shipped"),
        ("等待确认收货", "shipped"),
        ("运送中", "shipped"),
        ("In transit", "shipped"),
        ("交易成功", "completed"),
        ("已收货", "completed"),
        ("Delivered", "completed"),
        ("Selesai", "completed"),
        ("paid", "paid"),
    ],
)
def test_how_far_an_order_got(text: str, stage: str) -> None:
    assert stage_of(text) == stage


def test_no_text_has_no_class() -> None:
    assert classes(pl.Series(["已完成", None]), words_of(Statuses())).to_list() == ["valid", None]
