"""The platform's own total for a period beside ours, and the difference in named parts.

1. Our figure is net sales under the settings of the workspace.
2. Each part is one policy counted the other way, applied one after another in a fixed order; what a part says is by how
   much the total moves when it is applied to all before it, so the parts add up to the last total exactly.
3. Which policies differ is a suggestion: the smallest set that leaves the smallest rest. The operator may choose others.
4. What is left is the unexplained rest; difference = Σ parts + rest, to the cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from ecodash.core.decimals import SCALE, from_scaled, to_scaled
from ecodash.core.errors import MissingData, UnknownName
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.session.checks import Ground
from ecodash.session.reconciliation.choice import Choice, Switch, own_choice, switches
from ecodash.session.reconciliation.ledger import Ledger
from ecodash.session.reconciliation.search import best_set


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one policy moves: ``amount`` in ten-thousandths, and how many documents it concerns."""

    switch: Switch
    amount: int
    documents: int


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """The answer. Amounts are ten-thousandths of the base currency; ``stated − ours = Σ parts + rest``.

    ``alone`` says for every switch what it would move by itself; these do not add up. ``suggested`` is whether the
    parts were found by the search.
    """

    period: Period
    channel: str | None
    stated: int
    ours: int
    parts: tuple[Part, ...]
    alone: tuple[Part, ...]
    suggested: bool

    @property
    def difference(self) -> int:
        """Stated less ours."""
        return self.stated - self.ours

    @property
    def rest(self) -> int:
        """What no part explains."""
        return self.difference - sum(part.amount for part in self.parts)

    @property
    def settings(self) -> dict[str, str]:
        """The settings under which ecodash counts as the parts say, as far as settings decide it."""
        return {name: value for part in self.parts for name, value in part.switch.settings}

    def to_json(self) -> dict[str, object]:
        """Plain values, words in both languages."""
        amounts = {"total": self.stated, "ours": self.ours, "difference": self.difference, "unexplained": self.rest}
        return {
            "window": [self.period.start.isoformat(), self.period.end.isoformat()],
            "channel": self.channel,
            **{name: float(from_scaled(amount)) for name, amount in amounts.items()},
            "suggested": self.suggested,
            "parts": [_part_json(part) for part in self.parts],
            "alone": [_part_json(part) for part in self.alone],
        }


def reconcile(
    ground: Ground, stated: str, period: Period, *, channel: str | None = None, chosen: Sequence[str] | None = None
) -> Reconciliation:
    """Explain the difference between ``stated`` (the platform's total, base currency) and our net sales of ``period``.

    ``chosen`` are codes of switches; None lets ecodash suggest them. Raises MissingData without orders and UnknownName
    for an unknown code; decimal.InvalidOperation when ``stated`` is no number.
    """
    if "orders" not in ground.source.loaded_tables():
        raise MissingData(Text("没有订单，无从对账。", "There are no orders to reconcile."))
    return _Comparison(ground, period, channel).explain(to_scaled(stated), chosen)


def part_rows(
    ground: Ground, period: Period, code: str, *, channel: str | None = None, chosen: Sequence[str]
) -> pl.DataFrame:
    """The documents behind one part of a reconciliation with the parts ``chosen``, the largest first, with their file."""
    rows = _Comparison(ground, period, channel).rows(code, chosen)
    named = rows.join(ground.loads.select("load_id", "file"), on="load_id", how="left", maintain_order="left")
    return named.select("order_id", "at", "kind", pl.col("amount") / SCALE, "file", "row_no")


class _Comparison:
    def __init__(self, ground: Ground, period: Period, channel: str | None) -> None:
        self._period, self._channel = period, channel
        self._ledger = Ledger(ground, period, channel=channel)
        self._own = own_choice(ground.settings)
        self._offered = switches(self._own)

    def explain(self, stated: int, chosen: Sequence[str] | None) -> Reconciliation:
        alone = [self._part(self._own, switch) for switch in self._offered]
        moving = [part.switch for part in alone if part.documents]
        total = cache(self._ledger.total)
        found = best_set(stated, self._own, moving, total) if chosen is None else self._named(chosen)
        parts, before = [], self._own
        for switch in found:
            parts.append(self._part(before, switch))
            before = switch.applied(before)
        return Reconciliation(
            period=self._period,
            channel=self._channel,
            stated=stated,
            ours=total(self._own),
            parts=tuple(parts),
            alone=tuple(alone),
            suggested=chosen is None,
        )

    def rows(self, code: str, chosen: Sequence[str]) -> pl.DataFrame:
        before = self._own
        for switch in self._named(chosen):
            if switch.code == code:
                changes = self._changes(before, switch)
                told = self._ledger.described(switch.applied(before))
                return changes.join(told, on="order_id", how="left").sort(pl.col("amount").abs(), descending=True)
            before = switch.applied(before)
        raise self._unknown(code)

    def _part(self, before: Choice, switch: Switch) -> Part:
        changes = self._changes(before, switch)
        return Part(switch=switch, amount=int(changes["amount"].sum()), documents=changes.height)

    def _changes(self, before: Choice, switch: Switch) -> pl.DataFrame:
        """One row per document that adds something else once the switch is applied: the difference."""
        old, new = (self._ledger.contributions(choice) for choice in (before, switch.applied(before)))
        both = pl.concat([new, old.with_columns(-pl.col("amount"))]).group_by("order_id").agg(pl.col("amount").sum())
        return both.filter(pl.col("amount") != 0)

    def _named(self, codes: Sequence[str]) -> tuple[Switch, ...]:
        unknown = [code for code in codes if code not in {switch.code for switch in self._offered}]
        if unknown:
            raise self._unknown(unknown[0])
        return tuple(switch for switch in self._offered if switch.code in codes)

    def _unknown(self, code: str) -> UnknownName:
        return UnknownName(Text("口径", "policy"), code, [switch.code for switch in self._offered])


def _part_json(part: Part) -> dict[str, object]:
    return {
        "code": part.switch.code,
        "name": {"zh": part.switch.name.zh, "en": part.switch.name.en},
        "amount": float(from_scaled(part.amount)),
        "documents": part.documents,
        "settings": dict(part.switch.settings),
    }
