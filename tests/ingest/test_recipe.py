"""A confirmed mapping is remembered for its header set, as a file that can be shared."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.core.errors import MappingError
from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.recipe import Recipe, find_recipe, list_recipes, load_recipe, recipe_for, save_recipe
from ecodash.ingest.recognise import recognise
from tests.ingest.written import raw

HEADERS = ["Beleg", "Tag", "Summe"]
MAPPING = Mapping(
    entity="orders",
    columns={"order_id": ("Beleg",), "ordered_at": ("Tag",), "paid_amount": ("Summe",)},
    options=LoadOptions(
        zone="Europe/Berlin",
        decimal=",",
        day_first=True,
        snapshot_date=date(2026, 5, 1),
        valid=('"a"', "b\\c"),
        header_row=1,
    ),
)


def test_an_unknown_layout_is_recognised_once_it_was_confirmed(tmp_path: Path) -> None:
    table = raw(["Bericht"], HEADERS, ["1", "2026-05-01", "9,90"])
    first = recognise(table)
    assert not first.confirmed
    save_recipe(recipe_for(HEADERS, MAPPING), tmp_path)
    again = recognise(table, recipes=list_recipes(tmp_path))
    assert (again.confirmed, again.entity, again.header_row, again.rows) == (True, "orders", 2, 1)
    assert again.mapping.columns == MAPPING.columns
    assert again.mapping.options == MAPPING.options


def test_the_order_and_the_spelling_of_headers_do_not_matter_but_their_set_does(tmp_path: Path) -> None:
    save_recipe(recipe_for(HEADERS, MAPPING), tmp_path)
    recipes = list_recipes(tmp_path)
    assert find_recipe(recipes, ["SUMME ", "beleg", "Tag", ""]) is not None
    assert find_recipe(recipes, ["Summe", "Beleg"]) is None
    assert find_recipe(recipes, [*HEADERS, "Neu"]) is None
    assert find_recipe([Recipe(headers=("a",), mapping=MAPPING)], ["a"]) is None


def test_a_second_confirmation_replaces_the_first(tmp_path: Path) -> None:
    save_recipe(recipe_for(HEADERS, MAPPING), tmp_path)
    save_recipe(recipe_for(HEADERS, Mapping(entity="order_lines", columns=MAPPING.columns)), tmp_path)
    assert [recipe.mapping.entity for recipe in list_recipes(tmp_path)] == ["order_lines"]


def test_unnamed_and_repeated_columns_do_not_change_the_set() -> None:
    names = recognise(raw(["Beleg", "Tag", "Summe", "Tag", None], ["1", "2026-05-01", "9", "x", "y"])).names
    assert names == ("Beleg", "Tag", "Summe", "Tag.1", "column_5")
    assert find_recipe([recipe_for(names, MAPPING)], ["Beleg", "Tag", "Summe", "Tag", ""]) is not None


def test_a_folder_that_does_not_exist_holds_no_recipes(tmp_path: Path) -> None:
    assert list_recipes(tmp_path / "none") == []


@pytest.mark.parametrize(
    "text",
    ["not toml at all [", "entity = 'orders'", "entity = 'orders'\nheaders = []\n[columns]\n[options]\nzoon = 'x'\n"],
)
def test_a_file_that_is_no_recipe_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.recipe.toml").write_text(text)
    with pytest.raises(MappingError):
        load_recipe(tmp_path / "x.recipe.toml")


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(
    columns=st.dictionaries(
        st.sampled_from(["order_id", "sku", "paid_amount"]), st.lists(WORDS, min_size=1, max_size=3).map(tuple)
    ),
    name=WORDS,
)
def test_any_recipe_comes_back_as_it_was_saved(
    tmp_path_factory: pytest.TempPathFactory, columns: dict[str, tuple[str, ...]], name: str
) -> None:
    recipe = Recipe(
        headers=("a", "b"), mapping=Mapping(entity="orders", columns=columns, options=MAPPING.options), name=name
    )
    path = save_recipe(recipe, tmp_path_factory.mktemp("recipes"))
    assert load_recipe(path) == recipe
