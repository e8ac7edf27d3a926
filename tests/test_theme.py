"""Colours of the app: readable, told apart, enough of them."""

import tomllib

import pytest

from tests.tree import text_of

THEME = tomllib.loads(text_of(".streamlit/config.toml"))["theme"]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG defines it, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_can_be_read_in_both_themes(mode: str) -> None:
    theme = THEME[mode]
    grounds = (theme["backgroundColor"], theme["secondaryBackgroundColor"], theme["sidebar"]["backgroundColor"])
    for role in ("textColor", "linkColor", "greenColor", "redColor", "grayColor", "codeTextColor"):
        assert all(contrast(theme[role], ground) >= 4.5 for ground in grounds), role


def _faded(colour: str, ground: str, share: float) -> str:
    """``colour`` laid over ``ground`` with an opacity, as the framework draws captions."""
    mixed = (share * int(colour[i : i + 2], 16) + (1 - share) * int(ground[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part):02X}" for part in mixed)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_captions_can_be_read_in_both_themes(mode: str) -> None:
    theme = THEME[mode]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"], theme["sidebar"]["backgroundColor"]):
        assert contrast(_faded(theme["textColor"], ground, 0.6), ground) >= 4.5, ground


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_charts_have_ten_colours_that_stand_out_from_the_page(mode: str) -> None:
    colours = THEME[mode]["chartCategoricalColors"]
    assert len(set(colours)) == 10
    assert all(contrast(colour, THEME[mode]["backgroundColor"]) >= 3 for colour in colours)
    assert len(THEME[mode]["chartSequentialColors"]) == len(THEME[mode]["chartDivergingColors"]) == 10


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_sequence_of_colours_goes_one_way(mode: str) -> None:
    ladder = [_luminance(colour) for colour in THEME[mode]["chartSequentialColors"]]
    assert ladder == sorted(ladder, reverse=mode == "light")
