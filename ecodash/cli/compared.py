"""Numbers beside those of another window: ``compute --against``."""

import argparse
from dataclasses import replace
from datetime import date

from ecodash.cli.language import language_of
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.errors import MissingData, UnknownName
from ecodash.core.period import Period
from ecodash.core.text import Language, Text
from ecodash.i18n import points, value_text
from ecodash.metrics.compare import WORDS, Change, Kind, changes, paired
from ecodash.metrics.comparison import Against, Comparison, NoComparison, explained, unit_of
from ecodash.metrics.events import calendar_of
from ecodash.metrics.query import Query
from ecodash.session import Session

DAYS = ".."
RECENT = 30


def comparison_of(session: Session, query: Query, against: str) -> Comparison:
    """The days a query is compared with; without days of its own it is about the last 30 of the data.

    ``against`` is a word of ``Against``, or two days joined by two dots.

    Raises UnknownName for another word, MissingData when there is nothing to compare with.
    """
    whole = session.data_window(as_of=query.as_of)
    if whole is None:
        raise MissingData(Text("还没有导入订单。", "No orders have been loaded yet."))
    custom = _days(against)
    if custom is None and against not in set(Against):
        raise UnknownName(Text("对比方式", "way to compare"), against, [str(one) for one in Against])
    window = query.window or Period.last_days(whole.end, RECENT)
    found = explained(
        window,
        against=Against.CUSTOM if custom else against,
        whole=whole,
        calendar=calendar_of(session.source),
        custom=custom,
        unit=unit_of(window),
    )
    if isinstance(found, NoComparison):
        raise MissingData(found.reason)
    return found


def print_changes(session: Session, ids: list[str], query: Query, arguments: argparse.Namespace) -> None:
    """Each number with what it was, judged together; ``compute --against``."""
    language, currency = language_of(arguments), session.settings.base_currency
    laid = comparison_of(session, query, arguments.against)
    now, before = (session.compute(ids, replace(query, window=days)) for days in (laid.window, laid.before))
    found = changes(paired(now, before, by=query.by))
    if arguments.json:
        print_json([_json(one) | laid_json(laid) for one in found])
        return
    print(laid.words.to(language))
    print_table([_line(one, language, currency) for one in found], empty="–")


def laid_json(laid: Comparison) -> dict[str, object]:
    """How two windows are laid against each other, as plain values."""
    return {
        "against": laid.against.value,
        "window": [laid.window.start.isoformat(), laid.window.end.isoformat()],
        "before": [laid.before.start.isoformat(), laid.before.end.isoformat()],
        "aligned": {"zh": laid.words.zh, "en": laid.words.en},
    }


def _days(text: str) -> Period | None:
    start, dots, end = text.partition(DAYS)
    if not dots:
        return None
    try:
        return Period(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        raise MissingData(
            Text(f"“{text}”应形如 2025-05-01..2025-05-31。", f"“{text}” should look like 2025-05-01..2025-05-31.")
        ) from None


def _json(one: Change) -> dict[str, object]:
    return {
        "current": one.current.to_json(),
        "previous": one.previous.to_json(),
        "kind": one.kind.value,
        "difference": one.difference,
        "relative": one.relative,
        "low": one.low,
        "high": one.high,
        "p": one.p,
        "verdict": one.verdict.value,
    }


def _line(one: Change, language: Language, currency: str) -> dict[str, Cell]:
    def shown(value: float | None) -> str:
        return "" if value is None else value_text(value, one.current.unit, language, currency, exact=True)

    return {
        "metric": one.current.metric,
        "definition": one.current.definition,
        **dict(one.current.by),
        "now": shown(one.current.value) or one.current.status.value,
        "before": shown(one.previous.value) or one.previous.status.value,
        "change": _change(one, language, currency),
        "verdict": WORDS[one.verdict].to(language),
    }


def _change(one: Change, language: Language, currency: str) -> str:
    if one.difference is None:
        return ""
    if one.kind is Kind.POINTS:
        return points(one.difference, language)
    plain = value_text(one.difference, one.current.unit, language, currency, exact=True)
    return plain if one.relative is None else f"{plain} ({one.relative:+.1%})"
