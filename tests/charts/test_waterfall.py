"""The waterfall shows what adds up, in the right place, with the right sign and colour."""

import pytest

from ecodash.charts import Step, StepKind, waterfall
from ecodash.charts.roles import BAD, GOOD, MAIN, MUTED
from ecodash.charts.waterfall import FALL, RISE
from ecodash.core.unit import Unit
from ecodash.metrics.metric import Better
from tests.charts.figures import BRIDGE, EN, READINGS, ZH, bridge

LEVEL = StepKind.LEVEL


def test_each_bar_begins_where_the_one_before_ended() -> None:
    bars = bridge(BRIDGE, Unit.MONEY, EN).data[1]
    assert list(bars.base) == [0, 52_000, 40_000, 0]
    assert list(bars.x) == [52_000, 9_500, 21_500, 40_000]


def test_changes_are_written_with_their_sign_and_those_of_a_rate_in_points() -> None:
    assert [text.strip() for text in bridge(BRIDGE, Unit.MONEY, EN).data[2].text] == [
        "$52.0K",
        "+$9,500",
        "-$21.5K",
        "$40.0K",
    ]
    assert [text.strip() for text in bridge(READINGS, Unit.RATIO, ZH).data[2].text] == [
        "27.0%",
        "+3.1 个百分点",
        "0.0 个百分点",
        "30.1%",
    ]


def test_colours_say_good_or_bad_only_where_a_direction_is_good_or_bad() -> None:
    assert list(bridge(BRIDGE, Unit.MONEY, EN).data[1].marker.color) == [MAIN, GOOD, BAD, MAIN]
    assert list(bridge(READINGS, Unit.RATIO, EN).data[1].marker.color) == [MAIN, RISE, MUTED, MAIN]
    worse = waterfall.bridge(BRIDGE, unit=Unit.MONEY, reader=EN, title="x", better=Better.LOWER)
    assert list(worse.data[1].marker.color) == [MAIN, BAD, GOOD, MAIN]
    down = waterfall.bridge([Step(label="a", value=-1.0)], unit=Unit.RATIO, reader=EN, title="x")
    assert list(down.data[1].marker.color) == [FALL]


def test_steps_that_do_not_come_to_the_last_level_are_refused() -> None:
    wrong = [Step(label="a", value=1, kind=LEVEL), Step(label="b", value=1), Step(label="c", value=2.1, kind=LEVEL)]
    with pytest.raises(ValueError, match="come to"):
        waterfall.bridge(wrong, unit=Unit.MONEY, reader=EN, title="x")


def test_a_long_label_takes_two_lines_and_no_more() -> None:
    long = Step(label="Customers who were not watched long enough to come back at all", value=0.1)
    [name] = waterfall.bridge([long], unit=Unit.RATIO, reader=EN, title="x").layout.yaxis.ticktext
    assert name == "Customers who were<br>not watched long…"


def test_the_words_for_those_who_cannot_see_it_list_every_step() -> None:
    said = bridge(BRIDGE, Unit.MONEY, EN).layout.meta["alt"]
    assert "抖音 +$9,500" in said
    assert "天猫 -$21.5K" in said
