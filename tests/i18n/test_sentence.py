"""An estimate in words: six statuses that cannot be mistaken for one another, and a zero that is a number."""

import pytest

from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import LANGUAGES, Language
from ecodash.core.unit import Unit
from ecodash.i18n import change_text, coverage_text, estimate_text, interval_text, status_text


def rate(**values: object) -> Estimate:
    given = {"metric": "repurchase_90d", "definition": "day", "unit": Unit.RATIO, "status": Status.OK}
    return Estimate(**(given | values))


def test_a_rate_is_shown_with_its_interval() -> None:
    found = rate(value=0.271, low=0.258, high=0.284, n=7803)
    assert estimate_text(found, "zh") == "27.1%（25.8–28.4）"
    assert estimate_text(found, "en") == "27.1% (25.8–28.4)"
    assert estimate_text(found, "en", interval=False) == "27.1%"
    assert interval_text(found, "zh") == "25.8–28.4"


def test_a_mean_is_shown_with_its_interval_in_money() -> None:
    found = rate(unit=Unit.MONEY_PER_BUYER, value=128.5, low=120.0, high=137.25, n=900)
    assert estimate_text(found, "zh") == "¥128.50（¥120.00–¥137.25）"
    assert estimate_text(found, "en", "USD") == "$128.50 ($120.00–$137.25)"


def test_a_sum_has_no_interval() -> None:
    found = rate(unit=Unit.MONEY, value=1_234_567.0)
    assert (estimate_text(found, "zh"), estimate_text(found, "en")) == ("¥123.5万", "¥1.23M")
    assert interval_text(found, "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_true_zero_is_a_number(language: Language) -> None:
    assert estimate_text(rate(value=0.0, low=0.0, high=0.037, n=100), language).startswith("0.0%")
    assert estimate_text(rate(unit=Unit.ORDERS, value=0.0), language) == "0"


def test_too_few_cases_are_shown_and_said() -> None:
    found = rate(status=Status.TOO_FEW, value=0.4, low=0.12, high=0.77, n=5)
    assert estimate_text(found, "zh") == "40.0%（12.0–77.0），样本仅 5，仅供参考"
    assert estimate_text(found, "en") == "40.0% (12.0–77.0), only 5 cases, indicative"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_six_statuses_are_six_different_answers(language: Language) -> None:
    answers = {
        status: estimate_text(
            rate(status=status, value=0.0 if status in (Status.OK, Status.TOO_FEW) else None, n=3), language
        )
        for status in Status
    }
    assert len(set(answers.values())) == len(Status)
    assert all(
        any(digit.isdigit() for digit in answers[status]) == (status in (Status.OK, Status.TOO_FEW))
        for status in Status
    )
    assert len({status_text(status, language) for status in Status}) == len(Status)


@pytest.mark.parametrize(
    ("current", "previous", "unit", "zh", "en"),
    [
        (0.271, 0.25, Unit.RATIO, "+2.1 个百分点", "+2.1 pp"),
        (0.25, 0.271, Unit.RATIO, "-2.1 个百分点", "-2.1 pp"),
        (0.1, 0.0, Unit.RATIO, "+10.0 个百分点", "+10.0 pp"),
        (120.0, 100.0, Unit.MONEY, "+20.0%", "+20.0%"),
        (80.0, 100.0, Unit.ORDERS, "-20.0%", "-20.0%"),
        (0.0, 100.0, Unit.ORDERS, "-100.0%", "-100.0%"),
        (5.0, 0.0, Unit.ORDERS, "新增", "new"),
        (0.0, 0.0, Unit.ORDERS, "持平", "no change"),
        (0.2, 0.2, Unit.RATIO, "持平", "no change"),
        (50.0, -100.0, Unit.MONEY, "+¥150.00", "+¥150.00"),
        (-150.0, -100.0, Unit.MONEY, "-¥50.00", "-¥50.00"),
        (None, 100.0, Unit.MONEY, None, None),
        (100.0, None, Unit.MONEY, None, None),
    ],
)
def test_a_change_says_what_changed(
    current: float | None, previous: float | None, unit: Unit, zh: str | None, en: str | None
) -> None:
    assert change_text(current, previous, unit, "zh") == zh
    assert change_text(current, previous, unit, "en") == en


def test_identity_coverage_is_a_sentence_or_nothing() -> None:
    assert coverage_text(0.934, "zh") == "93.4% 的订单能识别到买家"
    assert coverage_text(0.934, "en") == "The buyer is known for 93.4% of orders"
    assert coverage_text(None, "en") is None
