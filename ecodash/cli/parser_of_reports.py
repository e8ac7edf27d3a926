"""The call of the command that writes reports."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from ecodash.cli import report

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name


def add_report(commands: _Commands, parents: Sequence[argparse.ArgumentParser]) -> None:
    """``ecodash report``: pages, period, filters, where to write."""
    command = commands.add_parser("report", parents=list(parents), help="pages as HTML files or PDF")
    command.add_argument("--pages", default="overview,repurchase", metavar="NAME,…", help="names as in the address")
    command.add_argument("--out", type=Path, required=True, metavar="PATH", help="FILE.html, FILE.pdf, or a folder")
    command.add_argument("--from", dest="start", type=date.fromisoformat, metavar="D")
    command.add_argument("--to", dest="end", type=date.fromisoformat, metavar="D")
    command.add_argument("--where", action="append", default=[], metavar="DIM=VALUE")
    command.add_argument("--as-of", dest="as_of", type=int, metavar="LOAD", help="as known after this load")
    command.add_argument("--set", action="append", default=[], metavar="PARAM=VALUE", help="a parameter of the address")
    command.add_argument("--pdf", action="store_true", help="a PDF beside every HTML file (needs Chromium or Chrome)")
    command.set_defaults(run=report.report)
