"""Reconciliation: the platform's own total for a period beside ours, the difference in named parts that add up exactly."""

from ecodash.session.reconciliation.comparison import Part, Reconciliation, part_rows, reconcile

__all__ = ["Part", "Reconciliation", "part_rows", "reconcile"]
