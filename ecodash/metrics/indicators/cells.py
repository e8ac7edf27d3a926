"""Numbers made of sums per cell: concentration, growth, indices. The interval leaves out one group of customers at a time."""

from collections.abc import Callable

import narwhals as nw

from ecodash.analysis.random_groups import Statistic, Sums, random_group_interval, together
from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected, total
from ecodash.metrics.reading import Reading
from ecodash.metrics.tally import Cluster, key

Cut = Callable[[Reading, Window], Frame]
"""Rows with ``cell`` and ``amount`` (and ``weight``), their ``cluster`` and where they come from."""
CLUSTER = key(Cluster.BUCKET)
UNDEFINED = Text("分母为 0，没有可比的数。", "There is nothing to compare with: the base is zero.")


def of_cells(cut: Cut, statistic: Statistic, *, scale: int = SCALE, reason: Text = UNDEFINED) -> Analysed:
    """A number ``statistic`` makes of the sums per cell; without it the answer is ``reason``. ``n`` counts the rows."""

    def answer(reading: Reading, window: Window) -> Answered:
        return answered(cut(reading, window), statistic, window, scale=scale, reason=reason)

    def rows(reading: Reading, window: Window) -> Frame:
        return cut(reading, window).with_columns(numerator=nw.col("amount").cast(nw.Float64) / scale)

    return Analysed(answer=answer, rows=rows)


def answered(
    rows: Frame, statistic: Statistic, window: Window, *, scale: int = SCALE, reason: Text = UNDEFINED
) -> Answered:
    """The answer of ``statistic`` over rows cut into cells."""
    groups, cases = sums(rows, scale)
    if not groups:
        return Answered(value=None, n=0)
    value = statistic(together(groups))
    if value is None:
        return Answered(value=None, n=cases, status=Status.NOT_APPLICABLE, reason=reason)
    inside = random_group_interval(groups, statistic, level=window.level)
    return Answered(value=value, n=cases, low=inside.low if inside else None, high=inside.high if inside else None)


def sums(rows: Frame, scale: int) -> tuple[list[Sums], int]:
    """Per random group of customers: amount and weight of each cell, in shown units; and how many rows there are."""
    weighted = "weight" in rows.collect_schema().names()
    weight = total("weight") if weighted else nw.len()
    table = collected(rows.group_by("cluster", "cell").agg(amount=total("amount"), cases=nw.len(), weight=weight))
    groups: dict[int, dict[str, tuple[float, float]]] = {}
    below = scale if weighted else 1
    for cluster, cell, amount, _, spread in table.sort("cluster", "cell").iter_rows():
        groups.setdefault(cluster, {})[cell] = (amount / scale, spread / below)
    return list(groups.values()), int(table["cases"].sum())
