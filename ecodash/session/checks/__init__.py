"""Checks of data health, one declaration each; ``CHECKS`` lists them all."""

from ecodash.session.checks import amounts, dates, documents, files, goods, people, refunds
from ecodash.session.checks.check import Check, Ground, Severity

CHECKS: tuple[Check, ...] = (
    *files.CHECKS,
    *documents.CHECKS,
    *amounts.CHECKS,
    *refunds.CHECKS,
    *dates.CHECKS,
    *people.CHECKS,
    *goods.CHECKS,
)
BY_CODE = {check.code: check for check in CHECKS}

__all__ = ["BY_CODE", "CHECKS", "Check", "Ground", "Severity"]
