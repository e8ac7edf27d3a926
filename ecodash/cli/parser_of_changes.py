"""The calls about change, goals and notes."""

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from ecodash.cli import changes, notebook

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
Parents = list[argparse.ArgumentParser]


def month(text: str) -> date:
    """The first day of a month written like 2026-05; raises ValueError, which argparse puts into words."""
    return datetime.strptime(text, "%Y-%m").date()


def add_changes(commands: _Commands, parents: Parents) -> None:
    """``changes``: why a number changed."""
    command = commands.add_parser("changes", parents=parents, help="why a number changed, in parts that add up")
    command.add_argument("metric", metavar="ID")
    command.add_argument("--by", metavar="DIM", help="by the groups of a dimension; else by factors")
    command.add_argument("--volume", action="store_true", help="with --by: volume, mix and rate of a sum")
    command.add_argument("--chain", choices=("buyers", "orders", "items"), help="without --by: which factors")
    command.add_argument("--top", type=int, default=None, help="so many parts, the others as one")
    command.add_argument("--from", dest="start", type=date.fromisoformat, metavar="D")
    command.add_argument("--to", dest="end", type=date.fromisoformat, metavar="D")
    command.add_argument("--where", action="append", default=[], metavar="DIM=VALUE")
    command.add_argument("--as-of", dest="as_of", type=int, metavar="LOAD", help="as known after this load")
    command.add_argument("--definition", metavar="ID")
    against(command, default="previous")
    command.set_defaults(run=changes.changes_command)


def against(command: argparse.ArgumentParser, *, default: str | None = None) -> None:
    """``--against``."""
    words = "previous, to_date, year_ago, promotion, lunar, or two days: 2025-05-01..2025-05-31 (without --from and --to: of the last 30 days)"
    command.add_argument("--against", default=default, metavar="WHAT", help=words)


def add_notebook(commands: _Commands, parents: Parents) -> None:
    """``goals`` and ``notes``."""
    goals = commands.add_parser("goals", help="goals of a month and their pace")
    some = goals.add_subparsers(dest="action", required=True, metavar="ACTION")
    command = some.add_parser("list", parents=parents)
    command.add_argument("--month", type=month, metavar="YYYY-MM")
    command.set_defaults(run=notebook.goals_list)
    for name, run in (("set", notebook.goals_set), ("remove", notebook.goals_remove)):
        command = some.add_parser(name, parents=parents)
        command.add_argument("metric", metavar="ID")
        if name == "set":
            command.add_argument("value", metavar="VALUE")
        command.add_argument("--month", type=month, metavar="YYYY-MM", required=True)
        command.add_argument("--owner", default="")
        command.set_defaults(run=run)
    _add_notes(commands.add_parser("notes", help="notes on what happened"), parents)


def _add_notes(notes: argparse.ArgumentParser, parents: Parents) -> None:
    some = notes.add_subparsers(dest="action", required=True, metavar="ACTION")
    command = some.add_parser("list", parents=parents)
    _days(command, required=False)
    command.add_argument("--out", type=Path, help="write all of them to a CSV file that can be imported")
    command.set_defaults(run=notebook.notes_list)
    command = some.add_parser("add", parents=parents)
    command.add_argument("text", metavar="TEXT")
    _days(command, required=True)
    command.add_argument("--owner", default="")
    command.add_argument("--scope", default="all", metavar="all|channel:ID|store:ID|sku:ID")
    command.set_defaults(run=notebook.notes_add)
    command = some.add_parser("remove", parents=parents)
    command.add_argument("id", type=int, metavar="ID")
    command.set_defaults(run=notebook.notes_remove)
    command = some.add_parser("import", parents=parents)
    command.add_argument("file", type=Path, metavar="FILE.csv")
    command.set_defaults(run=notebook.notes_import)


def _days(command: argparse.ArgumentParser, *, required: bool) -> None:
    command.add_argument("--from", dest="start", type=date.fromisoformat, metavar="D", required=required)
    command.add_argument("--to", dest="end", type=date.fromisoformat, metavar="D")
