"""The canonical tables against themselves and against the framework they must carry."""

from collections.abc import Iterator

import pytest
import yaml

from ecodash.core.schema import TABLES, ColumnType, Table
from tests.shared import SHARED, needs_shared

TYPES = {"timestamp": "ts", "decimal": "dec", "string": "str", "integer": "int", "boolean": "bool"}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_every_column_says_what_it_means_in_both_languages(table: Table) -> None:
    for column in table.columns:
        assert column.meaning.zh.strip(), column.name
        assert column.meaning.en.strip(), column.name
        assert _is_chinese(column.meaning.zh) or column.meaning.zh.isascii(), column.name
        assert not _is_chinese(column.meaning.en), column.name


def _is_chinese(words: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in words)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_a_column_has_values_when_and_only_when_it_is_a_choice(table: Table) -> None:
    for column in table.columns:
        assert bool(column.values) == (column.type is ColumnType.ENUM), column.name
        assert len(set(column.values)) == len(column.values), column.name


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_a_table_is_merged_by_columns_it_has(table: Table) -> None:
    assert table.key
    assert set(table.key) <= set(table.column_names)
    assert len(set(table.column_names)) == len(table.columns)
    assert table.level in {"core", "recommended", "optional"}
    assert all(word.zh and word.en for word in (table.label, table.grain))


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_a_reference_names_a_column_that_exists(table: Table) -> None:
    for column in table.columns:
        if column.ref is not None:
            name, _, field = column.ref.partition(".")
            assert field in TABLES[name].column_names


def test_a_column_is_found_by_name_and_an_unknown_one_is_an_error() -> None:
    assert TABLES["orders"].column("order_id").required
    with pytest.raises(KeyError, match=r"orders\.nonsense"):
        TABLES["orders"].column("nonsense")


def _framework() -> Iterator[tuple[str, dict[str, object]]]:
    model = yaml.safe_load((SHARED / "framework.yaml").read_text(encoding="utf-8"))["data_model"]
    for table in model["tables"]:
        yield table["name"], table


@needs_shared
def test_the_33_tables_of_the_framework_are_declared_with_all_their_columns() -> None:
    found = dict(_framework())
    assert len(found) == 33
    missing = {
        f"{name}.{column['name']}"
        for name, table in found.items()
        for column in table["columns"]  # type: ignore[attr-defined]
        if name not in TABLES or column["name"] not in TABLES[name].column_names
    }
    assert not missing


@needs_shared
def test_the_framework_and_we_mean_the_same_kind_of_column() -> None:
    different = {
        f"{name}.{column['name']}": (column["type"], TABLES[name].column(column["name"]).type.value)
        for name, table in _framework()
        for column in table["columns"]  # type: ignore[attr-defined]
        if TYPES.get(column["type"], column["type"]) != TABLES[name].column(column["name"]).type.value
    }
    assert not different
