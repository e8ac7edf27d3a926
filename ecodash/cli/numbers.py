"""Commands about numbers: compute, the rows behind them, the explanation, the catalogue of metrics."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from ecodash.cli.assignments import assignments
from ecodash.cli.compared import print_changes
from ecodash.cli.language import language_of
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.errors import MissingData, UnknownName
from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.core.text import Language, Text
from ecodash.export import FORMATS, Column, Table
from ecodash.i18n import Reader, interval_text, status_text, value_text
from ecodash.metrics.explanation_text import to_json, to_text
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.session import Session


def compute(arguments: argparse.Namespace) -> int:
    """Print one estimate per metric and group; with ``--against`` beside those of another window."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        if arguments.against:
            print_changes(session, arguments.ids, query_of(arguments, session), arguments)
            return 0
        estimates = session.compute(arguments.ids, query_of(arguments, session))
        currency = session.settings.base_currency
    if arguments.json:
        print_json([estimate.to_json() for estimate in estimates])
        return 0
    language = language_of(arguments)
    print_table([_line(estimate, language, currency) for estimate in estimates], empty="–")
    for note in _notes(estimates, language):
        print(note)
    return 0


def rows(arguments: argparse.Namespace) -> int:
    """Print or write the very rows behind each number."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        query = query_of(arguments, session)
        frames = {metric: session.rows(metric, query) for metric in arguments.ids}
    for metric, frame in frames.items():
        if arguments.out is not None:
            path = arguments.out if len(frames) == 1 else arguments.out.with_stem(f"{arguments.out.stem}-{metric}")
            write_frame(frame, path, title=metric, language=language_of(arguments))
            print(path)
            continue
        shown = frame if arguments.limit is None else frame.head(arguments.limit)
        if arguments.json:
            print_json({"metric": metric, "count": frame.height, "rows": shown.to_dicts()})
        else:
            print_table(shown.to_dicts(), empty="–")
    return 0


def explain(arguments: argparse.Namespace) -> int:
    """Explain each number in the fixed order: words, formula, definition, who is in, window, files, query, others."""
    language = language_of(arguments)
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        query = query_of(arguments, session)
        explanations = [session.explain(metric, query) for metric in arguments.ids]
        zone = session.settings.business_zone
    if arguments.json:
        print_json([to_json(explanation) for explanation in explanations])
    else:
        print("\n\n".join(to_text(explanation, language, zone) for explanation in explanations))
    return 0


def catalogue(arguments: argparse.Namespace) -> int:
    """List every metric with its unit, definitions and meaning."""
    language = language_of(arguments)
    if arguments.json:
        print_json(
            [
                {
                    "id": metric.id,
                    "name": {"zh": metric.name.zh, "en": metric.name.en},
                    "unit": metric.unit.value,
                    "meaning": {"zh": metric.meaning.zh, "en": metric.meaning.en},
                    "definitions": [definition.id for definition in metric.definitions],
                }
                for metric in METRICS.values()
            ]
        )
        return 0
    lines: list[dict[str, Cell]] = [
        {"id": m.id, "name": m.name.to(language), "unit": m.unit.value, "meaning": m.meaning.to(language)}
        for m in METRICS.values()
    ]
    print_table(lines, empty="–")
    return 0


def query_of(arguments: argparse.Namespace, session: Session) -> Query:
    """The query the arguments ask; an open end of the window is the end of the data."""
    where: dict[str, list[str]] = {}
    for dimension, value in assignments(arguments.where):
        where.setdefault(dimension, []).append(value)
    return Query(
        window=_window(arguments, session),
        by=arguments.by,
        where=tuple((dimension, tuple(values)) for dimension, values in where.items()),
        definition=arguments.definition,
        as_of=arguments.as_of,
    )


def write_frame(frame: pl.DataFrame, path: Path, *, title: str, language: Language) -> None:
    """Write ``frame`` as the suffix of ``path`` says. Raises UnknownName for a suffix no writer knows."""
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        raise UnknownName(Text("导出格式", "export format"), suffix, list(FORMATS))
    table = Table(title=title, frame=frame, columns=[Column(name=name, heading=name) for name in frame.columns])
    path.write_bytes(FORMATS[suffix].write(table, Reader(language=language)))


def _window(arguments: argparse.Namespace, session: Session) -> Period | None:
    if arguments.start is None and arguments.end is None:
        return None
    covered = session.data_window(as_of=arguments.as_of)
    if covered is None:
        raise MissingData(Text("还没有导入订单。", "No orders have been loaded yet."))
    start, end = (
        arguments.start or min(covered.start, arguments.end),
        arguments.end or max(covered.end, arguments.start),
    )
    if end < start:
        raise MissingData(Text("--to 早于 --from。", "--to lies before --from."))
    return Period(start, end)


def _line(estimate: Estimate, language: Language, currency: str) -> dict[str, Cell]:
    """One estimate with every digit; where there is no number the status says why."""
    unit, shown = estimate.unit, ""
    if estimate.value is not None:
        shown = value_text(estimate.value, unit, language, currency, exact=True)
    return {
        "metric": estimate.metric,
        "definition": estimate.definition,
        **dict(estimate.by),
        "value": shown,
        "interval": interval_text(estimate, language, currency),
        "n": estimate.n,
        "status": status_text(estimate.status, language),
        "window": f"{estimate.window.start} … {estimate.window.end}" if estimate.window else "",
    }


def _notes(estimates: Sequence[Estimate], language: Language) -> list[str]:
    """Reasons and warnings, each said once."""
    words = [e.reason.to(language) for e in estimates if e.reason]
    words += [warning.text.to(language) for e in estimates for warning in e.warnings]
    return list(dict.fromkeys(words))
