"""Metrics asked together share what they read alike, and say what they say alone."""

from pathlib import Path

import narwhals as nw
import pytest

from ecodash.facts import Frame
from ecodash.metrics.computing import compute
from ecodash.metrics.parcels import parcels
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.shared import MANY, Shared, shared
from ecodash.session import Session
from tests.metrics.indicators.small import Small
from tests.metrics.indicators.test_cross_border import SHOP as ABROAD_SHOP
from tests.metrics.indicators.test_omnichannel import BY_ID, SHOP


class Counting(Small):
    """Counts how often rows are computed to be kept."""

    kept = 0

    def held(self, frame: Frame) -> Frame:
        self.kept += 1
        return frame


def test_what_many_read_is_prepared_once() -> None:
    made: list[int] = []
    reading = Reading(source=shared(SHOP, questions=9))
    for _ in range(3):
        assert reading.once("rows", lambda _: made.append(1) or "rows") == "rows"
    assert made == [1]
    assert reading.source.fact("orders") is reading.source.fact("orders")


@pytest.mark.parametrize(("questions", "kept"), [(1, 0), (MANY, 1)])
def test_rows_are_kept_only_where_several_metrics_read_them(questions: int, kept: int) -> None:
    source = Counting(ABROAD_SHOP.rows)
    reading = Reading(source=Shared(source, questions=questions))
    for _ in range(3):
        assert parcels(reading).collect().shape[0] > 0
    assert source.kept == kept


def test_asked_together_metrics_say_what_they_say_alone() -> None:
    together = compute(SHOP, list(BY_ID), Query())
    alone = [estimate for name in BY_ID for estimate in compute(SHOP, [name], Query())]
    assert together == alone


def test_kept_rows_of_a_workspace_can_be_joined_with_others(sample_shop: Path) -> None:
    with Session.open(sample_shop, create=False, read_only=True) as session:
        source = session.source
        kept = source.held(source.fact("orders").filter(nw.col("is_sale")).select("order_id", "paid"))
        lines = source.fact("order_lines").filter(nw.col("is_sale")).select("order_id", line_paid=nw.col("paid"))
        sums = [
            rows.join(lines, on="order_id", how="inner").select(n=nw.len(), paid=nw.col("paid").sum()).collect("polars")
            for rows in (kept, source.fact("orders").filter(nw.col("is_sale")).select("order_id", "paid"))
        ]
        assert sums[0].row(0) == sums[1].row(0)
