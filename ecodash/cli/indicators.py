"""``ecodash indicators``: the 243 indicators of the framework with their verdicts."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import polars as pl

from ecodash.cli.language import language_of
from ecodash.cli.numbers import query_of, write_frame
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.errors import UnknownName
from ecodash.core.schema import TABLES
from ecodash.core.text import Language, Text
from ecodash.framework.catalogue import INDICATORS
from ecodash.framework.standing import FAILED, NOT_BUILT, Standing
from ecodash.i18n import estimate_text, interval_text, status_text
from ecodash.session import Session
from ecodash.session.indicators import last_year, measure, of_entry
from ecodash.session.ledger import Ledger

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
COLUMNS = ("id", "name", "value", "interval", "status", "verdict", "missing")
_WORDS = {NOT_BUILT: Text("尚未提供", "not computed yet"), FAILED: Text("计算出错", "computation failed")}


def add_indicators(commands: _Commands, parents: Sequence[argparse.ArgumentParser]) -> None:
    """``ecodash indicators``: all of them, or those of one entry; over the last 365 days of the data."""
    words = "the indicators of the framework over the last 365 days of the data, held against the documents' figures"
    command = commands.add_parser("indicators", parents=list(parents), help=words)
    command.add_argument("ids", nargs="*", metavar="ID", help="only these indicators")
    command.add_argument("--entry", metavar="ID", help="those of one model, trend, type, risk, lesson …")
    command.add_argument("--from", dest="start", type=date.fromisoformat, metavar="D")
    command.add_argument("--to", dest="end", type=date.fromisoformat, metavar="D")
    command.add_argument("--as-of", dest="as_of", type=int, metavar="LOAD", help="as known after this load")
    command.add_argument("--out", type=Path, help="write them to a CSV or XLSX file")
    command.set_defaults(run=indicators, where=[], by=None, definition=None)


def indicators(arguments: argparse.Namespace) -> int:
    """Print value, interval, status, verdict and missing tables of every indicator asked for."""
    unknown = next((name for name in arguments.ids if name not in INDICATORS), None)
    if unknown is not None:
        raise UnknownName(Text("指标", "indicator"), unknown, list(INDICATORS))
    only = [*arguments.ids, *(of_entry(arguments.entry) if arguments.entry else ())] or None
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        query = query_of(arguments, session)
        if query.window is None:
            covered = session.data_window(as_of=arguments.as_of)
            query = replace(query, window=last_year(session, end=covered))
        found = measure(session, only=only, query=query, own=Ledger(session).benchmarks())
        currency = session.settings.base_currency
    language = language_of(arguments)
    lines = [_line(one, language, currency) for one in found.values()]
    if arguments.out is not None:
        frame = pl.DataFrame(lines, schema=dict.fromkeys(COLUMNS, pl.String))
        write_frame(frame, arguments.out, title="indicators", language=language)
        print(arguments.out)
    elif arguments.json:
        print_json([one.to_json() for one in found.values()])
    else:
        print_table(lines, empty="–")
    return 0


def _line(one: Standing, language: Language, currency: str) -> dict[str, Cell]:
    estimate = one.estimate
    return {
        "id": one.indicator.id,
        "name": one.indicator.name.to(language),
        "value": estimate_text(estimate, language, currency, interval=False) if estimate else "",
        "interval": interval_text(estimate, language, currency) if estimate else "",
        "status": _status(one, language),
        "verdict": one.verdict.label.to(language) if one.verdict else "",
        "missing": ", ".join(TABLES[name].label.to(language) for name in one.missing),
    }


def _status(one: Standing, language: Language) -> str:
    if one.status in _WORDS:
        return _WORDS[one.status].to(language)
    return status_text(one.estimates[0].status if one.estimate is None else one.estimate.status, language)
