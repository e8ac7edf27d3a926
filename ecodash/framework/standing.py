"""One indicator of the framework as it stands in the data: its estimate, its verdicts, what is missing for it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ecodash.core.errors import UnknownName
from ecodash.core.estimate import Estimate, Status
from ecodash.framework.catalogue import FIGURES, INDICATORS, appears_in
from ecodash.framework.figure import Figure, Indicator
from ecodash.framework.verdict import Judgement, Verdict, judge
from ecodash.metrics.metric import Metric
from ecodash.metrics.registry import find

NOT_BUILT = "not_built"
FAILED = "failed"
ALTERNATIVE = "alternative"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An indicator in the data.

    ``estimates`` is what was computed: one, or many where the answer is a series; none when ecodash does not compute
    the indicator. ``missing`` are the tables that were never loaded. ``judgements`` hold it against the figures of the
    documents and of the operator. ``failed``: its computation broke, which is a defect of ecodash.
    """

    indicator: Indicator
    estimates: tuple[Estimate, ...] = ()
    missing: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    failed: bool = False

    @property
    def estimate(self) -> Estimate | None:
        """The one number; None for a series and for what is not computed."""
        if len(self.estimates) == 1:
            return self.estimates[0]
        return next((one for one in self.estimates if not one.by), None)

    @property
    def status(self) -> str:
        """``not_built``, ``failed``, or that of the estimate; a series is ``ok`` when any of its numbers is."""
        if not self.estimates:
            return FAILED if self.failed else NOT_BUILT
        if self.estimate is not None:
            return self.estimate.status.value
        return (Status.OK if any(one.status is Status.OK for one in self.estimates) else self.estimates[0].status).value

    @property
    def measured(self) -> bool:
        """Whether there is a number that counts: enough data, mature, not missing."""
        return self.status == Status.OK.value

    @property
    def judgement(self) -> Judgement | None:
        """The judgement by the figure the catalogue holds it against; the operator's own comes first."""
        own = [one for one in self.judgements if one.target.reading == "own"]
        main = [one for one in self.judgements if one.figure.id == self.indicator.figure]
        return next(iter([*own, *main]), None)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of that judgement; None where there is no figure to be held against."""
        found = self.judgement
        return found.verdict if found else None

    @property
    def counted(self) -> Verdict | None:
        """The verdict that counts in scores: not that of an alternative reading of a figure judged elsewhere."""
        found = self.judgement
        return None if found is None or found.target.reading == ALTERNATIVE else found.verdict

    def to_json(self) -> dict[str, object]:
        """The documented JSON form; ``series`` holds the points of what is no single number."""
        one = self.estimate
        return {
            "id": self.indicator.id,
            "name": {"zh": self.indicator.name.zh, "en": self.indicator.name.en},
            "value": one.value if one else None,
            "low": one.low if one else None,
            "high": one.high if one else None,
            "n": one.n if one else sum(point.n for point in self.estimates),
            "unit": one.unit.value if one else self.indicator.unit,
            "status": self.status,
            "window": _window(self.estimates),
            "verdict": self.verdict.value if self.verdict else None,
            "verdicts": [_judgement(one) for one in self.judgements],
            "missing": list(self.missing),
            "reason": _reason(self.estimates),
            "better": self.indicator.better,
            "dimensions": list(self.indicator.dimensions),
            "priority": self.indicator.priority,
            "entries": list(appears_in(self.indicator.id)),
            "series": [] if one else [_point(point) for point in self.estimates],
        }


def metric_of(name: str) -> Metric | None:
    """The metric that computes an indicator; None while there is none."""
    try:
        return find(name)
    except UnknownName:
        return None


def missing_tables(indicator: Indicator, loaded: Collection[str]) -> tuple[str, ...]:
    """The tables an indicator needs that were never loaded; one of ``or_tables`` can stand for the first."""
    metric = metric_of(indicator.id)
    instead = metric is not None and any(table in loaded for table in metric.or_tables)
    needed = tuple(table for table, _ in metric.requires) if metric else indicator.tables
    return tuple(table for table in needed[1 if instead else 0 :] if table not in loaded)


def standings(
    estimates: Iterable[Estimate],
    loaded: Collection[str],
    *,
    only: Collection[str] | None = None,
    own: Sequence[Figure] = (),
    failed: Collection[str] = (),
) -> dict[str, Standing]:
    """Every indicator, or those of ``only``, by id in the order of the catalogue; ``own`` are the operator's figures."""
    by_metric: dict[str, list[Estimate]] = {}
    for estimate in estimates:
        by_metric.setdefault(estimate.metric, []).append(estimate)
    figures = _figures_by_indicator((*own, *FIGURES.values()))
    found = {}
    for name, indicator in INDICATORS.items():
        if only is None or name in only:
            missing = missing_tables(indicator, loaded)
            held = tuple(by_metric.get(name, ()))
            plain = Standing(indicator=indicator, estimates=held, missing=missing, failed=name in failed)
            one = plain.estimate
            judged = [told for figure in figures.get(name, ()) for told in judge(one, figure)] if one else []
            found[name] = replace(plain, judgements=tuple(judged))
    return found


def _figures_by_indicator(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        for name in dict.fromkeys(target.indicator for target in figure.targets):
            found.setdefault(name, []).append(figure)
    return found


def _judgement(one: Judgement) -> dict[str, object]:
    note = one.figure.ambiguity
    return {
        "figure": one.figure.id,
        "reading": one.target.reading,
        "op": one.target.op.value,
        "target": one.target.value,
        "verdict": one.verdict.value,
        "side": one.side.value if one.side else None,
        "certain": one.certain,
        "ambiguity": {"zh": note.zh, "en": note.en},
    }


def _window(estimates: Sequence[Estimate]) -> list[str] | None:
    window = next((one.window for one in estimates if one.window), None)
    return [window.start.isoformat(), window.end.isoformat()] if window else None


def _reason(estimates: Sequence[Estimate]) -> dict[str, str] | None:
    reason = next((one.reason for one in estimates if one.reason), None)
    return {"zh": reason.zh, "en": reason.en} if reason else None


def _point(one: Estimate) -> dict[str, object]:
    return {
        "by": dict(one.by),
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "n": one.n,
        "status": one.status.value,
    }
