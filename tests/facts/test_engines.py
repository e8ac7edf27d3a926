"""Every pipeline gives the same rows on polars and on DuckDB, of exactly the declared columns and types."""

from dataclasses import replace

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.settings import SalesPolicy, Settings
from ecodash.facts import DTYPES, FACTS
from tests.facts.canonical import Rows, facts, tables
from tests.facts.shops import shops

policies = st.builds(
    SalesPolicy,
    include_shipping=st.booleans(),
    include_tax=st.booleans(),
    include_gift_cards=st.booleans(),
    include_test_orders=st.booleans(),
    include_adjustments=st.booleans(),
    include_zero_amount=st.booleans(),
    refund_dating=st.sampled_from(("order", "refund")),
    order_day=st.sampled_from(("paid", "created")),
)


@settings(max_examples=8)
@given(shop=shops(), policy=policies)
def test_polars_and_duckdb_agree_on_every_fact(shop: Rows, policy: SalesPolicy) -> None:
    canonical = tables(shop)
    choices = replace(Settings(), policy=policy, private_channels=("group",), public_channels=("live",))
    on_polars, on_duckdb = facts(canonical, choices), facts(canonical, choices, engine="duckdb")
    for name, frame in on_polars.items():
        assert frame.equals(on_duckdb[name]), name


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_facts_of_nothing_have_the_declared_columns_and_no_rows(engine: str) -> None:
    built = facts(tables({}), engine=engine)
    for fact in FACTS:
        schema = nw.from_native(built[fact.name]).schema
        assert dict(schema) == {column.name: _dtype(column.type) for column in fact.columns}, fact.name
        assert built[fact.name].is_empty(), fact.name


def _dtype(kind: object) -> object:
    dtype = DTYPES[kind]
    return dtype() if isinstance(dtype, type) else dtype


def test_every_input_is_a_canonical_table_or_an_earlier_fact() -> None:
    known = set(tables({}))
    for fact in FACTS:
        assert set(fact.inputs) <= known, fact.name
        known.add(f"fact.{fact.name}")
        assert fact.refresh_by == "all" or fact.refresh_by in fact.column_names


def test_every_column_reaches_a_key_only_through_an_input_that_has_it() -> None:
    for fact in FACTS:
        keyed = {read.name for read in fact.reads if read.key is not None}
        assert all(read.via in keyed for read in fact.reads if read.via is not None), fact.name


def test_an_unknown_column_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match=r"daily\.nothing"):
        next(fact for fact in FACTS if fact.name == "daily").column("nothing")


def test_a_known_column_is_found() -> None:
    daily = next(fact for fact in FACTS if fact.name == "daily")
    assert daily.column("net").meaning.en == "net sales, refunds dated as the policy says"
