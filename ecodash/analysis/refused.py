"""The answer of a method that would rather say nothing than mislead: a reason in words instead of a number."""

from dataclasses import dataclass
from enum import StrEnum

from ecodash.core.text import Text


class Reason(StrEnum):
    """Why a method gives no number; stable codes."""

    TOO_FEW_CUSTOMERS = "too_few_customers"
    TOO_FEW_OUTCOMES = "too_few_outcomes"
    NO_OVERLAP = "no_overlap"
    TOO_SHORT = "too_short"
    NOT_CONVERGED = "not_converged"
    NO_RETURNS = "no_returns"


@dataclass(frozen=True)
class Refused:
    """No number, and why: a stable code for programs and the words for people."""

    reason: Reason
    text: Text
