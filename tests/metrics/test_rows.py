"""The rows behind a number, added up again, give exactly the number: any metric, dimension, window, filter and shop."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ecodash.core.errors import MissingData
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period, day_of
from ecodash.metrics.behind import rows
from ecodash.metrics.breakdowns import breakdowns
from ecodash.metrics.computing import compute
from ecodash.metrics.metric import Analysed, Computation, Measured, OfWindow, Sequence, Triangle
from ecodash.metrics.query import Query
from ecodash.metrics.recount import recount
from ecodash.metrics.registry import METRICS, resolve
from ecodash.metrics.source import Source
from ecodash.session import Session
from tests.facts import shops
from tests.metrics.shop import shop
from tests.ui.shops import build

# What a method read is no sum of rows; tests/metrics/test_analysed.py says what is shown instead.
NAMES = [f"{m.id}:{one.id}" for m in METRICS.values() for one in m.definitions if not isinstance(one.how, Analysed)]
NAMES += ["repurchase_7d:day", "repurchase_45d:order", "cohort_repurchase_20d:curve"]
REAL = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


FEW_GROUPS = frozenset({"quarter", "channel", "first_channel", "new_returning", "weekday", "buyer_type"})


def draw_query(data: st.DataObject, source: Source, name: str, *, few: bool = False) -> Query:
    """A random split, window and filter that the metric can answer; ``few``: only splits with a handful of groups."""
    span = source.data_end()
    assume(span is not None)
    assert span is not None
    dims = [one.id for one in breakdowns(source, name, Query(), span) if not few or one.id in FEW_GROUPS]
    by = data.draw(st.sampled_from([None, *dims]), label="by")
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, span.days - 1)] * 2), label="window"))
    first = (span.start - day_of(0)).days
    window = data.draw(st.sampled_from([None, Period(day_of(first + start), day_of(first + end))]))
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    if dims and data.draw(st.booleans(), label="filtered"):
        dim = data.draw(st.sampled_from(dims), label="filter")
        codes = sorted({one.by[dim] for one in compute(source, ["orders"], Query(by=dim)) if dim in one.by})
        if codes:
            where = ((dim, tuple(data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True)))),)
    return Query(by=by, window=window, where=where, opening_days=data.draw(st.sampled_from([0, 0, 5])), horizon=30)


def check(source: Source, name: str, query: Query) -> int:
    """Number of groups that were added up again and gave the number."""
    how, checked = resolve(name)[1].how, 0
    found = compute(source, [name], query)
    try:
        behind = rows(source, name, query)
    except MissingData:
        assert {one.status for one in found} <= {Status.MISSING, Status.NOT_APPLICABLE, Status.EMPTY}
        return 0
    for one in found:
        if one.value is None or one.by.get("first_month") == "all" or (isinstance(how, Triangle) and query.by):
            continue
        assert recount(of_group(behind, how, one, query), how, share=query.share) == one.value, (
            name,
            query,
            dict(one.by),
        )
        checked += 1
    return checked


def of_group(behind: pl.DataFrame, how: Computation, one: Estimate, query: Query) -> pl.DataFrame:
    """The rows of one number: its group, its step, its cohort up to or in its period."""
    part = behind
    for dim in (query.by, "step" if isinstance(how, Sequence) else None):
        if dim and dim in one.by:
            part = part.filter(pl.col(dim) == one.by[dim])
    if isinstance(how, Triangle):
        period, offset = pl.col("offset").cast(pl.Int64), int(one.by["offset"])
        reached = period <= offset if how.cumulative else (period == offset) | (period == -1)
        part = part.filter(pl.col("first_month") == one.by["first_month"], reached)
    return part


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@settings(max_examples=10, deadline=None)
@given(data=st.data(), canonical=shops.shops(least=2), name=st.sampled_from(NAMES))
def test_rows_of_any_shop_add_up_to_any_number(engine: str, data: st.DataObject, canonical: object, name: str) -> None:
    source = shop(canonical, engine=engine)  # type: ignore[arg-type]
    assume(source.data_end() is not None)
    check(source, name, draw_query(data, source, name))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder: Path = tmp_path_factory.mktemp("rows")
    with Session.open(build(folder / "workspace", "small"), create=False) as session:
        yield session


@REAL
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_rows_of_the_sample_shop_add_up_to_any_number(sample: Session, data: st.DataObject, name: str) -> None:
    check(sample.source, name, draw_query(data, sample.source, name, few=True))


# Rows of the indicators are added up in tests/metrics/indicators, each on its own small shop.
ONCE = [
    name
    for name in NAMES
    if not any(days in name for days in ("30d", "60d", "180d", "365d", "cohort_re"))
    and not isinstance(resolve(name)[1].how, Measured | OfWindow)
]


def test_every_metric_of_the_sample_shop_has_rows_that_add_up_to_it(sample: Session) -> None:
    span = sample.data_window()
    assert span is not None
    query = Query(window=Period.last_days(span.end, 240), horizon=30)
    without = [name for name in ONCE if not check(sample.source, name, query)]
    asked = {name: {one.status for one in compute(sample.source, [name], query)} for name in without}
    assert all(Status.OK not in statuses for statuses in asked.values()), asked


def test_every_row_names_its_file_and_line(sample: Session) -> None:
    found = sample.rows("net_sales", Query())
    assert set(found["file"]) == {"youzan_orders.csv", "jd_orders.csv"}
    assert found["row_no"].min() >= 2  # type: ignore[operator]
    assert found.select("file", "row_no").is_unique().all()
