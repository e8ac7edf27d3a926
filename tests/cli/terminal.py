"""Calls of the command line in tests: what was printed as JSON, and the exit code."""

import json
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from ecodash.cli import main

Answer = list[dict[str, object]]


def call(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one call; a wrong call gives code 2."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
    return code, out.getvalue(), err.getvalue()


def answer(*arguments: object) -> Answer:
    """What a call with ``--json`` printed; fails when the call did."""
    code, out, err = call(*arguments, "--json")
    assert code == 0, err or out
    document = json.loads(out)
    return document if isinstance(document, list) else [document]


def value(workspace: Path, metric: str, *arguments: object) -> dict[str, object]:
    """The one estimate of one metric."""
    (estimate,) = answer("compute", metric, "--workspace", workspace, *arguments)
    return estimate


def values(workspace: Path, metric: str, by: str, *arguments: object) -> dict[str, float]:
    """The values of one metric by one dimension."""
    estimates = answer("compute", metric, "--workspace", workspace, "--by", by, *arguments)
    return {str(e["by"][by]): e["value"] for e in estimates}  # type: ignore[index,misc]


def load(workspace: Path, files: Sequence[Path] | Path, *arguments: object) -> Answer:
    """Load files and give the reports."""
    several = [files] if isinstance(files, Path) else files
    return answer("load", *several, "--workspace", workspace, *arguments)
