"""All indicators of the framework in one go: what the command line and the framework pages ask."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock

from ecodash.core.errors import EcodashError
from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.framework.catalogue import INDICATORS, PASSAGES, about, entry
from ecodash.framework.figure import Figure
from ecodash.framework.risk_index import RISK_INDEX, TABLE, alarmed, risk_index
from ecodash.framework.standing import Standing, metric_of, standings
from ecodash.metrics.query import Query
from ecodash.session.at_once import at_once
from ecodash.session.ledger import Ledger
from ecodash.session.session import Session

logger = logging.getLogger(__name__)
YEAR = 365
GENERAL = {"risk_management"}
UNRIPE = {Status.IMMATURE, Status.EMPTY}
TOGETHER = dict.fromkeys(("cross_border", "omnichannel", "green", "supply"), "fulfilment")
"""Families that read the same rows (parcels) and are therefore asked in one question."""


def last_year(session: Session, *, end: Period | None = None) -> Period | None:
    """The window of the framework: the last 365 days of the data, less when there are fewer; None without orders."""
    whole = end or session.data_window()
    return None if whole is None else Period.last_days(whole.end, YEAR).clip(whole)


def measure(
    session: Session, *, only: Collection[str] | None = None, query: Query | None = None, own: Sequence[Figure] = ()
) -> dict[str, Standing]:
    """Every indicator, or those of ``only``, by id; ``query`` None asks for the last 365 days of the data."""
    asked = query or Query(window=last_year(session), as_of=session.moment)
    names = [name for name in INDICATORS if only is None or name in only]
    found = computed(session, names, asked)
    loaded = session.source.loaded_tables(as_of=asked.as_of)
    return standings(found.estimates, loaded, only=names, own=own, failed=found.failed)


@dataclass(frozen=True, kw_only=True)
class Computed:
    """What was computed, and the indicators whose computation broke: a defect of ecodash, said as such."""

    estimates: tuple[Estimate, ...] = ()
    failed: frozenset[str] = frozenset()


def computed(session: Session, names: Sequence[str], query: Query) -> Computed:
    """The estimates of the indicators; the risk index is made of those that can turn a risk amber or red."""
    if RISK_INDEX not in names:
        return _of_metrics(session, names, query)
    found = _of_metrics(session, tuple(dict.fromkeys((*names, *alarmed()))), query)
    asked = tuple(one for one in found.estimates if one.metric in names)
    return _together([Computed(estimates=asked, failed=found.failed & set(names)), _index(session, found, query)])


def _index(session: Session, found: Computed, query: Query) -> Computed:
    """The risk index from the estimates of the alarms."""
    plain = {one.metric: one for one in found.estimates if not one.by}
    logged = TABLE in session.source.loaded_tables(as_of=query.as_of)
    index = risk_index(plain, Ledger(session).thresholds(), logged=logged, window=query.window)
    return Computed(estimates=(index,))


def _of_metrics(session: Session, names: Sequence[str], query: Query) -> Computed:
    """The estimates of those indicators that have a metric.

    What the framework's own window is too short for (customers have to be watched for longer than a year is left) is
    asked of all the data; its estimate says so by its window.
    """
    found = _asked(session, names, query)
    whole = session.data_window(as_of=query.as_of)
    if whole is None or query.window in {None, whole} or query.window != last_year(session, end=whole):
        return found
    young = [name for name in names if _unripe(found, name)]
    longer = _asked(session, young, replace(query, window=whole))
    ripe = {name for name in young if not _unripe(longer, name)}
    return Computed(
        estimates=(
            *(one for one in found.estimates if one.metric not in ripe),
            *(one for one in longer.estimates if one.metric in ripe),
        ),
        failed=found.failed | longer.failed,
    )


def _unripe(found: Computed, name: str) -> bool:
    """Whether every answer for an indicator is that the window is too short or holds no case."""
    told = [one.status for one in found.estimates if one.metric == name]
    return bool(told) and all(one in UNRIPE for one in told)


def _asked(session: Session, names: Sequence[str], query: Query) -> Computed:
    """Families that read other rows are asked at the same time."""
    families: dict[str, list[str]] = {}
    for name in names:
        metric = metric_of(name)
        if metric is not None:
            families.setdefault(TOGETHER.get(metric.family, metric.family), []).append(name)
    largest = sorted(families.values(), key=len, reverse=True)
    found = at_once([partial(_family, session, some, query) for some in largest])
    return _together(found)


class Shelf:
    """What was computed so far for one question; any thread may take from it, and waits while another computes."""

    def __init__(self) -> None:
        self._held: dict[str, Computed] = {}
        self._lock = Lock()

    def take(self, session: Session, names: Sequence[str], query: Query) -> Computed:
        """The estimates of ``names``; those that are not there yet are computed together.

        The risk index is never kept: it moves with the thresholds of the operator.
        """
        plain = [name for name in names if name != RISK_INDEX]
        if len(plain) == len(names):
            return self._take(session, plain, query)
        alarms = self._take(session, alarmed(), query)
        return _together([self._take(session, plain, query), _index(session, alarms, query)])

    def _take(self, session: Session, names: Sequence[str], query: Query) -> Computed:
        with self._lock:
            lacking = [name for name in names if name not in self._held]
            if lacking:
                found = computed(session, lacking, query)
                for name in lacking:
                    own = tuple(one for one in found.estimates if one.metric == name)
                    self._held[name] = Computed(estimates=own, failed=found.failed & {name})
            return _together([self._held[name] for name in names])


def _family(session: Session, names: Sequence[str], query: Query) -> Computed:
    """One defect must not take 242 others along: what breaks together is asked one by one."""
    try:
        return Computed(estimates=tuple(session.compute(names, query)))
    except EcodashError:
        raise
    except Exception:
        if len(names) == 1:
            logger.exception("indicator %s", names[0])
            return Computed(failed=frozenset(names))
    return _together([_family(session, [name], query) for name in names])


def _together(parts: Sequence[Computed]) -> Computed:
    estimates = tuple(estimate for part in parts for estimate in part.estimates)
    return Computed(estimates=estimates, failed=frozenset(name for part in parts for name in part.failed))


def of_entry(name: str) -> tuple[str, ...]:
    """The indicators of an entry. Raises UnknownName."""
    if name in GENERAL:
        return tuple(dict.fromkeys(one for item in about().risk_management.items for one in item.indicators))
    if name in PASSAGES:
        return PASSAGES[name].indicators
    return entry(name).all_indicators
