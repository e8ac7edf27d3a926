"""The calls the command line understands; each sub-command names the function that runs it."""

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

from ecodash import __version__
from ecodash.cli import (
    application,
    customers,
    digest,
    files,
    forecast,
    indicators,
    numbers,
    parser_of_changes,
    parser_of_reports,
    reconcile,
    reorder,
)
from ecodash.sample import COMMITTED, SHAPE_NAMES


def build_parser() -> argparse.ArgumentParser:
    """The whole parser; help texts are in English, everything about data is in ``--lang``."""
    parser = argparse.ArgumentParser(prog="ecodash", description="Raw shop exports in, right numbers out.")
    parser.add_argument("--version", action="version", version=f"ecodash {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_file_commands(commands)
    _add_number_commands(commands)
    parser_of_changes.add_changes(commands, [_common(), _in_workspace()])
    parser_of_changes.add_notebook(commands, [_common(), _in_workspace()])
    reconcile.add_reconcile(commands, [_common(), _in_workspace()])
    customers.add_customers(commands, [_common(), _in_workspace()])
    indicators.add_indicators(commands, [_common(), _in_workspace()])
    forecast.add_forecast(commands, [_common(), _in_workspace()])
    _add_application_commands(commands)
    reorder.add_reorder(commands, [_common(), _in_workspace()])
    parser_of_reports.add_report(commands, [_common(), _in_workspace()])
    digest.add_digest(commands, [_common(), _in_workspace()])
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name


def _common() -> argparse.ArgumentParser:
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument("--json", action="store_true", help="machine-readable output")
    parent.add_argument("--lang", choices=("zh", "en"), help="language of the words")
    return parent


def _in_workspace() -> argparse.ArgumentParser:
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument("--workspace", type=Path, required=True, metavar="DIR", help="the folder with the data")
    return parent


def _about_files() -> argparse.ArgumentParser:
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parent.add_argument("--format", metavar="ID", help="read as this format; the headers must still carry it")
    parent.add_argument("--map", action="append", default=[], metavar="FIELD=HEADER", help="map a header by hand")
    parent.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a setting of the load")
    parent.add_argument("--accept", action="store_true", help="take the proposed mapping of an unknown file")
    return parent


def _add_file_commands(commands: _Commands) -> None:
    common, workspace, about = _common(), _in_workspace(), _about_files()
    command = commands.add_parser("recognise", parents=[common, about], help="which export is this file?")
    command.set_defaults(run=files.recognise)
    command = commands.add_parser("load", parents=[common, about, workspace], help="load files into a workspace")
    command.set_defaults(run=files.load)
    command = commands.add_parser("loads", parents=[common, workspace], help="history of loads")
    command.set_defaults(run=files.loads)
    for name, run, words in (("undo", files.undo, "take a load back"), ("redo", files.redo, "bring it back")):
        command = commands.add_parser(name, parents=[common, workspace], help=words)
        command.add_argument("load", type=int, metavar="LOAD")
        command.set_defaults(run=run)
    command = commands.add_parser("rejects", parents=[common, workspace], help="cells and rows that were not kept")
    command.add_argument("load", type=int, metavar="LOAD", nargs="?")
    command.add_argument("--out", type=Path, help="write them to a CSV or XLSX file")
    command.set_defaults(run=files.rejects)
    command = commands.add_parser("check", parents=[common, workspace], help="data health with the money at stake")
    command.add_argument("--rows", metavar="CODE", help="the rows of one finding")
    command.add_argument("--out", type=Path, help="with --rows: write them to a CSV or XLSX file")
    command.set_defaults(run=files.check)
    command = commands.add_parser("settings", parents=[common, workspace], help="show or change settings")
    command.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    command.set_defaults(run=files.settings)


def _add_number_commands(commands: _Commands) -> None:
    common, workspace = _common(), _in_workspace()
    asked = argparse.ArgumentParser(add_help=False)
    asked.add_argument("ids", nargs="+", metavar="ID")
    asked.add_argument("--by", metavar="DIM", help="one estimate per value of this dimension")
    asked.add_argument("--from", dest="start", type=date.fromisoformat, metavar="D")
    asked.add_argument("--to", dest="end", type=date.fromisoformat, metavar="D")
    asked.add_argument("--where", action="append", default=[], metavar="DIM=VALUE")
    asked.add_argument("--as-of", dest="as_of", type=int, metavar="LOAD", help="as known after this load")
    asked.add_argument("--definition", metavar="ID")
    asked.add_argument("--option", action="append", default=[], metavar="KEY=VALUE")
    command = commands.add_parser("compute", parents=[common, workspace, asked], help="compute metrics")
    parser_of_changes.against(command)
    command.set_defaults(run=numbers.compute)
    command = commands.add_parser("rows", parents=[common, workspace, asked], help="the rows behind a number")
    command.add_argument("--limit", type=int, default=None)
    command.add_argument("--out", type=Path, help="write them to a CSV or XLSX file")
    command.set_defaults(run=numbers.rows)
    command = commands.add_parser("explain", parents=[common, workspace, asked], help="explain a number")
    command.set_defaults(run=numbers.explain)
    command = commands.add_parser("metrics", parents=[common], help="every metric and its definition")
    command.set_defaults(run=numbers.catalogue)


def _add_application_commands(commands: _Commands) -> None:
    common = _common()
    command = commands.add_parser("run", help="start the app; an empty workspace opens on the sample shop")
    command.add_argument("--workspace", type=Path, default=None, metavar="DIR")
    command.add_argument("--port", type=int, default=8501)
    command.set_defaults(run=application.run)
    command = commands.add_parser("sample", parents=[common], help="write the sample shop's exports")
    command.add_argument("directory", type=Path, metavar="DIR")
    command.add_argument("--orders", type=int, default=COMMITTED["orders"])
    command.add_argument("--seed", type=int, default=COMMITTED["seed"])
    command.add_argument("--end", type=date.fromisoformat, default=None, metavar="D")
    command.add_argument("--shape", choices=SHAPE_NAMES, default=SHAPE_NAMES[0], help="another kind of shop, for tests")
    command.set_defaults(run=application.sample)
    command = commands.add_parser("docs", help="write docs/metrics.md")
    command.add_argument("--check", action="store_true", help="only say whether it is current")
    command.add_argument("--path", type=Path, default=Path("docs/metrics.md"))
    command.set_defaults(run=application.docs)
