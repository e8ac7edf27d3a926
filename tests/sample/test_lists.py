"""The committed sample as a whole: every table has rows, nothing is refused, and what belongs together finds itself."""

import polars as pl
import pytest

from ecodash.core.schema import TABLES
from ecodash.sample import sample_files
from ecodash.session import Session
from tests.sample.conftest import FOLDER

# The 33 tables of the framework; the others of the schema are reports of the platforms and lists few shops keep.
REPORTS = {"settlements", "exchange_rates", "shop_daily", "product_daily", "level_history", "experiments"}
FRAMEWORK = sorted(set(TABLES) - REPORTS)
# What the importer has to say about these files is part of them.
EXPLAINED = {
    "douyin_orders.csv": {"no_buyer_id", "whole_refund_assumed"},
    "jd_orders.csv": {"whole_refund_assumed"},
    "meta_ads_report.csv": {"total_row"},
    "pinduoduo_orders.csv": {"no_buyer_id", "whole_refund_assumed"},
    "taobao_ExportItemList.xlsx": {"no_buyer_id"},
    "youzan_order_items.csv": {"undated_orders"},
}


def table(session: Session, name: str) -> pl.DataFrame:
    """The current rows of a canonical table."""
    return session.workspace.table(name).collect("polars").to_native()


def test_the_framework_has_33_tables() -> None:
    assert len(FRAMEWORK) == 33


@pytest.mark.parametrize("name", FRAMEWORK)
def test_every_table_of_the_framework_has_rows(session: Session, name: str) -> None:
    assert table(session, name).height >= 3, name


def test_nothing_is_refused_and_no_key_stands_twice(session: Session) -> None:
    loads = session.loads()
    assert loads.height == len(sample_files(FOLDER))
    assert loads["rejected"].sum() == 0
    assert loads["duplicates"].sum() == 0
    assert session.rejects().is_empty()


@pytest.mark.parametrize("path", sample_files(FOLDER), ids=lambda path: path.name)
def test_the_importer_has_nothing_unexpected_to_say(session: Session, path: object) -> None:
    (card,) = session.inspect(path)  # type: ignore[arg-type]
    assert card.trouble is None
    assert {problem.code for problem in card.problems} == EXPLAINED.get(card.path.name, set())


REFERENCES = [
    (name, column.name, *column.ref.split("."))
    for name in FRAMEWORK
    for column in TABLES[name].columns
    if column.ref and column.ref.split(".")[0] in TABLES
]
# A shop on a platform is no location, and Taobao's refund export names the sub-order.
OPEN = {("orders", "store_id"), ("returns", "order_id")}


@pytest.mark.parametrize(("name", "column", "other", "key"), REFERENCES, ids=lambda part: part)
def test_whatever_a_row_points_at_is_there(session: Session, name: str, column: str, other: str, key: str) -> None:
    rows, known = table(session, name), table(session, other)
    pointing = rows[column].drop_nulls()
    lost = pointing.filter(~pointing.is_in(known[key].implode()))
    if (name, column) not in OPEN:
        assert lost.is_empty(), (name, column, lost.unique().head(5).to_list())


@pytest.mark.parametrize("name", FRAMEWORK)
def test_columns_of_the_framework_are_filled_where_a_shop_of_this_kind_has_them(session: Session, name: str) -> None:
    rows = table(session, name)
    filled = [column.name for column in TABLES[name].columns if rows[column.name].null_count() < rows.height]
    assert len(filled) >= 0.6 * len(TABLES[name].columns) or name in {"channels", "products"}, filled
