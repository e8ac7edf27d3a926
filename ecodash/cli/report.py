"""Pages as a report: the command starts the interface without a screen, as ``run`` starts it with one."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ecodash.cli.assignments import assignments
from ecodash.cli.language import language_of
from ecodash.cli.output import print_json
from ecodash.core.errors import EcodashError
from ecodash.core.text import Text
from ecodash.session import Session

PROGRAM = "ecodash.ui.report_run"


def report(arguments: argparse.Namespace) -> int:
    """Write the pages with their charts, tables, filters and definitions; code 1 when one of them cannot be made."""
    Session.open(arguments.workspace, create=False, read_only=True).close()  # says at once what is wrong with it
    address = {name: [value] for name, value in assignments(arguments.set)}
    if arguments.start or arguments.end:
        with Session.open(arguments.workspace, create=False, read_only=True) as session:
            whole = session.data_window()
        start = arguments.start or (whole.start if whole else arguments.end)
        end = arguments.end or (whole.end if whole else arguments.start)
        address |= {"period": ["custom"], "from": [start.isoformat()], "to": [end.isoformat()]}
    if arguments.as_of is not None:
        address["as_of"] = [str(arguments.as_of)]
    where: dict[str, list[str]] = {}
    for dimension, value in assignments(arguments.where):
        where.setdefault(dimension, []).append(value)
    order = {
        "pages": [name.strip() for name in arguments.pages.split(",") if name.strip()],
        "out": str(arguments.out.absolute()),
        "language": language_of(arguments),
        "address": address,
        "where": where,
        "pdf": arguments.pdf,
    }
    written = _made(order, arguments.workspace)
    if arguments.json:
        print_json(written)
    else:
        print("\n".join(str(one["file"]) for one in written))
    return 0


def _made(order: Mapping[str, object], workspace: Path) -> list[dict[str, object]]:
    """What the program wrote; raises EcodashError with what it says is wrong."""
    environment = {**os.environ, "ECODASH_WORKSPACE": str(workspace.absolute()), "ECODASH_READ_ONLY": "1"}
    call = [sys.executable, "-m", PROGRAM, json.dumps(order, ensure_ascii=True)]
    done = subprocess.run(call, env=environment, capture_output=True, check=False)  # noqa: S603 - our own module
    said = done.stdout.decode("utf-8", "replace").strip().splitlines()
    answer = json.loads(said[-1]) if said and said[-1].startswith("{") else {}
    if "written" in answer:
        return list(answer["written"])
    sys.stderr.write(done.stderr.decode("utf-8", "replace"))  # the trace of a page that failed, nothing otherwise
    error = answer.get("error", {"zh": "报告没有生成。", "en": "No report was made."})
    raise EcodashError(Text(error["zh"], error["en"]))
