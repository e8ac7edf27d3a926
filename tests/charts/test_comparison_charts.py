"""Charts of comparisons: what is drawn, in which order, and that names from the data stay harmless."""

import plotly.graph_objects as go
import polars as pl
import pytest

from ecodash import charts
from ecodash.charts.balance import Row, before_and_after
from ecodash.charts.columns import Series, columns
from ecodash.charts.effects import EFFECTS, Words, over_days
from ecodash.charts.forest import Reference, forest
from ecodash.charts.frame import CURVE, GROUPS
from ecodash.charts.sankey import Flow, Node, sankey
from ecodash.charts.two_curves import two_curves
from ecodash.core.unit import Unit
from ecodash.i18n import Reader

EN = Reader(language="en")
READINGS = pl.DataFrame(
    [("<b>today</b>", 0.48, 0.42, 0.53, 900, "ok"), ("start", 0.17, None, None, 12, "too_few"), ("fair", None, None, None, 0, "not_applicable")],
    schema=GROUPS,
    orient="row",
)  # fmt: skip


def drawn(figure: go.Figure) -> str:
    return str(figure.to_json())


def test_a_forest_keeps_the_order_and_says_why_a_reading_has_no_number() -> None:
    lines = [Reference(value=0.3, name="document A")]
    figure = forest(READINGS, title="Gap", unit=Unit.POINTS, reader=EN, references=lines)
    texts = [str(one.text) for one in figure.layout.annotations]
    assert [text.split("  ")[0] for text in texts[:3]] == ["&lt;b&gt;today&lt;/b&gt;", "start", "fair"]
    assert "+48.0 pp (+42.0–+53.0)" in texts[0]
    assert "not applicable" in texts[2]
    assert texts[3] == "document A"
    assert figure.layout.shapes[0].x0 == 0.3
    assert list(figure.data[0].x) == [0.48, 0.17, None]
    assert "start +17.0 pp" in charts.alt_text(figure)


def test_effects_over_days_stand_side_by_side_and_leave_out_what_is_not_known() -> None:
    rows = [
        (30, "a", 0.1, 0.0, 0.2, 50, "ok"),
        (90, "a", None, None, None, 0, "immature"),
        (30, "b", 0.2, None, None, 9, "too_few"),
    ]
    frame = pl.DataFrame(rows, schema=EFFECTS, orient="row")
    figure = over_days(
        frame, said=Words(title="Gap", axis="days", reference=0.3, reference_name="doc"), unit=Unit.POINTS, reader=EN
    )
    assert [list(trace.y) for trace in figure.data] == [[0.1], [0.2]]
    assert figure.data[0].x[0] < figure.data[1].x[0]
    assert list(figure.layout.xaxis.ticktext) == ["30", "90"]
    assert figure.layout.showlegend


def test_two_curves_are_drawn_as_far_as_both_are_watched() -> None:
    frame = pl.DataFrame(
        [(0, 0.0, None, None, 50), (30, 0.2, 0.1, 0.3, 40), (200, 0.4, 0.2, 0.6, 9)], schema=CURVE, orient="row"
    )
    figure = two_curves((("with", frame), ("without", frame)), title="Curves", axis="days", reader=EN, horizon=100)
    steps = [trace for trace in figure.data if trace.line.shape == "hv"]
    assert [max(trace.x) for trace in steps] == [30, 30]
    assert [trace.name for trace in steps] == ["with", "without"]
    assert str(figure.layout.xaxis.ticktext[0]).startswith("30<br>40 / 40")


def test_flows_name_their_size_and_skip_what_nobody_passes() -> None:
    nodes = [Node(stage=0, code="p", name="Public", color="#000001"), Node(stage=1, code="i", name="<i>In", color="#000001"), Node(stage=1, code="o", name="Out", color="#000001"), Node(stage=1, code="x", name="Nobody", color="#000001")]  # fmt: skip
    flows = [Flow(source=(0, "p"), target=(1, "i"), n=30), Flow(source=(0, "p"), target=(1, "o"), n=70), Flow(source=(0, "p"), target=(1, "x"), n=0)]  # fmt: skip
    figure = sankey(nodes, flows, title="Flow", heads=("first", "then"), language="en")
    assert list(figure.data[0].node.label) == ["Public 100", "&lt;i&gt;In 30", "Out 70"]
    assert list(figure.data[0].link.value) == [30, 70]
    assert "(30.0%)" in figure.data[0].link.customdata[0]


def test_columns_and_balance_say_every_number_in_words() -> None:
    figure = columns(["0–30", "31+"], [Series(name="Members", counts=[3, 5])], title="Silent", axis="days", reader=EN)
    assert list(figure.data[0].text) == ["3", "5"]
    assert "Members 31+ 5" in charts.alt_text(figure)
    figure = before_and_after(
        [Row(name="Spend", before=0.9, after=-0.01)], title="Alike", names=("before", "after"), reader=EN
    )
    assert "Spend 0.90 → -0.01" in charts.alt_text(figure)
    assert [list(trace.x) for trace in figure.data] == [[0.9], [-0.01]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_anything_to_draw_they_say_so(language: str) -> None:
    reader = Reader(language=language)  # type: ignore[arg-type]
    empty = pl.DataFrame(schema=CURVE)
    figures = [
        forest(READINGS.tail(1), title="t", unit=Unit.RATIO, reader=reader),
        over_days(pl.DataFrame(schema=EFFECTS), said=Words(title="t", axis="a"), unit=Unit.RATIO, reader=reader),
        two_curves((("a", empty), ("b", empty)), title="t", axis="a", reader=reader, horizon=0),
        sankey([], [], title="t", heads=("a", "b"), language=reader.language),
        columns([], [], title="t", axis="a", reader=reader),
        before_and_after([], title="t", names=("a", "b"), reader=reader),
    ]
    assert all("annotations" in drawn(figure) and not figure.data for figure in figures)
