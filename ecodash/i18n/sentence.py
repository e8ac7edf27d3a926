"""Whole answers in words: an estimate whatever its status, its interval, a change against another period."""

from ecodash.core.estimate import Estimate, Status
from ecodash.core.text import Language
from ecodash.core.unit import Unit
from ecodash.i18n.format import count, points, ratio, value_text
from ecodash.i18n.words import t

STATUS_KEYS: dict[Status, str] = {
    Status.OK: "status.ok",
    Status.IMMATURE: "status.immature",
    Status.TOO_FEW: "status.too_few",
    Status.MISSING: "status.missing",
    Status.EMPTY: "status.empty",
    Status.NOT_APPLICABLE: "status.not_applicable",
}


def status_text(status: Status, language: Language) -> str:
    """The status in a few words, such as "not due yet" or "no data loaded"."""
    return t(STATUS_KEYS[status], language)


def interval_text(estimate: Estimate, language: Language, currency: str = "CNY") -> str:
    """The interval alone, "25.8–28.4", "+1.2–+3.4"; empty when the number is a plain count or sum and has none."""
    if estimate.low is None or estimate.high is None:
        return ""
    low = value_text(estimate.low, estimate.unit, language, currency)
    high = value_text(estimate.high, estimate.unit, language, currency)
    if estimate.unit is Unit.POINTS:
        return f"{low.partition(' ')[0]}–{high.partition(' ')[0]}"
    return f"{low.removesuffix('%')}–{high.removesuffix('%')}"


def estimate_text(estimate: Estimate, language: Language, currency: str = "CNY", *, interval: bool = True) -> str:
    """The number with its interval, or in words why there is none. A true zero is a number: "0.0% (0.0–3.7)".

    A value resting on too few cases is shown and said to be so; its ``n`` is named.
    """
    if estimate.value is None:
        return status_text(estimate.status, language)
    value = value_text(estimate.value, estimate.unit, language, currency)
    bounds = interval_text(estimate, language, currency) if interval else ""
    shown = t("number.with_interval", language, value=value, interval=bounds) if bounds else value
    if estimate.status is Status.TOO_FEW:
        return t("number.too_few", language, number=shown, n=count(estimate.n, language, exact=True))
    return shown


def change_text(
    current: float | None, previous: float | None, unit: Unit, language: Language, currency: str = "CNY"
) -> str | None:
    """How far ``current`` is from ``previous``: points for ratios, a percentage otherwise, "new" from zero.

    None when either is not known. From a negative base a percentage would mislead, so the difference itself is given.
    """
    if current is None or previous is None:
        return None
    if current == previous:
        return t("change.none", language)
    if unit in (Unit.RATIO, Unit.POINTS):
        return points(current - previous, language)
    if previous == 0:
        return t("change.new", language)
    if previous < 0:
        shown = value_text(current - previous, unit, language, currency)
    else:
        shown = ratio(current / previous - 1, language)
    return f"+{shown}" if current > previous and not shown.startswith("-") else shown


def coverage_text(coverage: float | None, language: Language) -> str | None:
    """The share of orders whose buyer is known, as a sentence; None where buyers do not matter."""
    return None if coverage is None else t("number.coverage", language, share=ratio(coverage, language))
