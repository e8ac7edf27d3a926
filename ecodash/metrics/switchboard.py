"""The same data under every reading of repurchase, and the exact steps from the house's own reading to any other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from ecodash.core.estimate import Estimate
from ecodash.core.text import Text
from ecodash.metrics import cohort_share
from ecodash.metrics.answers import Asked
from ecodash.metrics.collect import collected, named
from ecodash.metrics.computing import compute
from ecodash.metrics.ground import Ground
from ecodash.metrics.metric import Definition, Within
from ecodash.metrics.query import Query
from ecodash.metrics.readings import ROOT, Reading, readings
from ecodash.metrics.registry import find, resolve
from ecodash.metrics.scope import rows_of, scope
from ecodash.metrics.source import Source

DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Switchboard:
    """Every reading with its number, parents before children."""

    tree: Mapping[str, Reading]
    estimates: Mapping[str, Estimate]

    @property
    def listed(self) -> list[Reading]:
        """The readings somebody publishes, the house's own first."""
        return [one for one in self.tree.values() if one.listed]

    def path(self, name: str) -> list[Reading]:
        """The readings from the root to ``name``, both included. Raises KeyError for an unknown one."""
        found = [self.tree[name]]
        while found[0].parent is not None:
            found.insert(0, self.tree[found[0].parent])
        return found

    def steps(self, name: str) -> list[tuple[Text, float]]:
        """What each rule on the way adds; they add up to the whole difference. Empty when a number on the way is missing."""
        values = [self.estimates[one.id].value for one in self.path(name)]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return []
        rules = [one.rule for one in self.path(name)[1:]]
        return [(rule, now - before) for rule, before, now in zip(rules, known, known[1:], strict=False)]

    def differs(self, name: str) -> Text:
        """In one sentence how a reading differs from the root."""
        rules = [one.rule for one in self.path(name)[1:]] or [self.tree[name].rule]
        return Text("；".join(rule.zh for rule in rules) + "。", "; ".join(rule.en for rule in rules) + ".")


def switchboard(source: Source, query: Query, *, days: int = DAYS) -> Switchboard:
    """All readings for one window and filters; ``by`` and ``definition`` of the query are left aside."""
    whole = replace(query, by=None, definition=None, limit=None)
    tree = {one.id: one for one in readings(days)}
    names = list(dict.fromkeys(one.asked for one in tree.values() if isinstance(one.asked, str)))
    found: dict[str, list[Estimate]] = {}
    for estimate in compute(source, names, whole):
        found.setdefault(f"{estimate.metric}:{estimate.definition}", []).append(estimate)
    estimates = {one.id: _picked(found[one.asked], one) for one in tree.values() if isinstance(one.asked, str)}
    span = source.data_end(as_of=whole.as_of)
    for one in tree.values():
        computable = span is not None and estimates[ROOT].n > 0
        if span is not None and computable and (one.any_day or isinstance(one.asked, Within)):
            here = scope(source, whole, span)
            estimates[one.id] = _any_day(source, here.query) if one.any_day else _step(source, here.query, one, days)
        elif one.id not in estimates:
            estimates[one.id] = estimates[ROOT]
    return Switchboard(tree=tree, estimates=estimates)


def _picked(found: list[Estimate], one: Reading) -> Estimate:
    """Of a cohort matrix the summary in the period that is read; it may not be there yet."""
    if one.offset is None:
        return found[-1]
    wanted = {"first_month": "all", "offset": str(one.offset)}
    missing = replace(found[-1], value=None, low=None, high=None, n=0, successes=None)
    return next((estimate for estimate in found if dict(estimate.by) == wanted), missing)


def _asked(source: Source, query: Query, name: str, definition: Definition | None) -> Asked:
    span = source.data_end(as_of=query.as_of)
    if span is None:
        raise ValueError("no data")
    here = scope(source, query, span)
    metric, default = resolve(name)
    return Asked(metric=metric, definition=definition or default, scope=here, ground=Ground(here))


def _step(source: Source, query: Query, one: Reading, days: int) -> Estimate:
    """A reading that is only a step: computed like the others."""
    if not isinstance(one.asked, Within):
        raise TypeError(one.asked)
    metric = find(f"repurchase_{days}d")
    definition = Definition(id=one.id, name=one.rule, meaning=one.rule, how=one.asked, source=metric.source)
    return cohort_share.answer(_asked(source, query, metric.id, definition), one.asked)[-1]


def _any_day(source: Source, query: Query) -> Estimate:
    """Buyers of the window with an order in it that is not their first, whatever the day of the one before."""
    asked = _asked(source, query, "returning_customer_rate", None)
    rows = rows_of(asked.scope, "orders", (), keep=named("customer_id", "seq")).filter(~nw.col("seq").is_null())
    latest = rows.group_by("customer_id").agg(latest=nw.col("seq").max())
    again = (nw.col("latest") > 1).cast(nw.Int64).sum()
    back, buyers = (int(n or 0) for n in collected(latest.select(back=again, buyers=nw.len())).row(0))
    return asked.warned(asked.share(back, buyers)) if buyers else asked.nothing()
