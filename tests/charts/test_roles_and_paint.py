"""Colours by role: the same on every page, readable in both themes, and real ones in a file."""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.elements.lib import streamlit_plotly_theme as theirs

from ecodash import charts
from ecodash.charts.base import label
from ecodash.charts.matrix import STEPS
from ecodash.charts.paint import DARK, LIGHT, PALETTES, Palette, Theme
from ecodash.charts.roles import BAD, GOOD, MUTED, PALE, PAPER, SEQUENTIAL, SERIES, TEXT
from tests.charts.figures import EN, FIGURES, PAID, ZH, groups, total

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
NAMES = st.lists(st.text(min_size=1, max_size=8), max_size=14, unique=True)


@given(NAMES, st.randoms())
def test_a_channel_has_the_same_colour_in_whatever_order_it_comes(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert charts.series_colors(names) == charts.series_colors(shuffled)


@given(NAMES)
def test_no_two_channels_share_a_colour_while_there_are_colours(names: list[str]) -> None:
    colors = charts.series_colors(names)
    told_apart = [color for color in colors.values() if color != MUTED]
    assert set(colors) == set(names)
    assert len(set(told_apart)) == len(told_apart) == min(len(names), 10)


@given(NAMES.filter(lambda names: len(names) <= 6))
def test_up_to_six_channels_use_the_colours_everybody_can_tell_apart(names: list[str]) -> None:
    assert set(charts.series_colors(names).values()) <= set(SERIES[:6])


def test_the_tokens_are_those_the_theme_replaces_in_the_browser() -> None:
    assert tuple(getattr(theirs, f"CATEGORY_{i}") for i in range(10)) == SERIES
    assert tuple(getattr(theirs, f"SEQUENTIAL_{i}") for i in range(10)) == SEQUENTIAL
    assert (GOOD, BAD) == (theirs.INCREASING, theirs.DECREASING)
    assert (MUTED, TEXT, PAPER, PALE) == (theirs.GRAY_70, theirs.GRAY_90, theirs.BG_COLOR, theirs.BG_MIX)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_files_have_the_colours_of_the_app(theme: Theme) -> None:
    palette, configured = PALETTES[theme], THEME[theme]
    assert list(palette.series) == configured["chartCategoricalColors"]
    assert list(palette.sequential) == configured["chartSequentialColors"]
    assert (palette.paper, palette.text) == (configured["backgroundColor"], configured["textColor"])
    assert (palette.pale, palette.grid) == (configured["secondaryBackgroundColor"], configured["borderColor"])
    assert (palette.good, palette.bad) == (configured["greenColor"], configured["redColor"])
    assert palette.muted == configured["grayColor"]


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_cell_of_the_matrix(palette: Palette) -> None:
    for token in (*STEPS, PALE, PAPER):
        assert contrast(palette.text, palette.tokens[token]) >= 4.4, token
    assert contrast(palette.muted, palette.paper) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_stand_out_from_the_paper_and_steps_from_one_another(palette: Palette) -> None:
    assert all(contrast(color, palette.paper) >= 3 for color in palette.series)
    steps = [luminance(palette.tokens[token]) for token in STEPS]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert all(one != other for one, other in combinations(steps, 2))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_painted_figure_has_no_token_left(name: str, theme: Theme) -> None:
    figure = FIGURES[name](ZH)
    before = figure.to_json()
    painted = charts.painted(figure, theme=theme)
    assert "#0000" not in painted.to_json()
    assert figure.to_json() == before


def test_a_painted_figure_carries_its_title_broken_to_the_width() -> None:
    wide = charts.painted(FIGURES["rate"](EN), width=1200)
    narrow = charts.painted(FIGURES["rate"](EN), width=360)
    assert wide.layout.title.text == "<b>90-day repurchase: 27.1% (25.1–29.1) for the latest due cohort, Mar 2024</b>"
    assert narrow.layout.title.text.count("<br>") == 2
    assert narrow.layout.height > wide.layout.height


def test_a_chinese_title_breaks_between_signs_but_never_before_a_bracket() -> None:
    title = charts.painted(FIGURES["trend"](ZH), width=200).layout.title.text
    lines = title.removeprefix("<b>").removesuffix("</b>").split("<br>")
    assert len(lines) > 1
    assert not any(line.startswith(("）", "，", "：")) for line in lines)
    assert "".join(lines).replace(" ", "") == charts.title_text(FIGURES["trend"](ZH)).replace(" ", "")


def test_a_name_from_data_cannot_mark_up_the_title_of_a_file() -> None:
    figure = charts.bars.ranked(groups({"<i>x</i>": total(1)}), metric=PAID, reader=EN)
    assert "&lt;i&gt;" in charts.painted(figure).layout.title.text


def test_a_page_fetches_nothing() -> None:
    page = charts.html(FIGURES["spark"](ZH))
    head = page.replace("\n", "")
    assert "<script src" not in head
    assert "<link" not in head
    assert "plotly" in head


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [("A&B", "A&amp;B"), ("<b>", "&lt;b&gt;"), ("#000001", "&#35;000001"), ("天猫", "天猫"), ("&lt;", "&amp;lt;")],
)
def test_labels_show_what_the_data_say(given_text: str, shown: str) -> None:
    assert label(given_text) == shown
