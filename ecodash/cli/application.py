"""Commands that start or write something: the app, the sample shop, the metric documentation."""

import argparse
import os
import subprocess
import sys
from datetime import date

from ecodash.metrics.docs import render
from ecodash.sample import write_sample
from ecodash.session.places import app_file

SAMPLE_END = date(2026, 6, 30)


def run(arguments: argparse.Namespace) -> int:
    """Start the app on this machine only; blocks until it is stopped."""
    environment = dict(os.environ)
    if arguments.workspace is not None:
        environment["ECODASH_WORKSPACE"] = str(arguments.workspace.absolute())
    call = [sys.executable, "-m", "streamlit", "run", str(app_file()), f"--server.port={arguments.port}"]
    try:
        return subprocess.call(call, env=environment)  # noqa: S603 - our own interpreter and our own file
    except KeyboardInterrupt:
        return 0


def sample(arguments: argparse.Namespace) -> int:
    """Write the raw exports of the sample shop into a folder."""
    end = arguments.end or SAMPLE_END
    for path in write_sample(arguments.directory, orders=arguments.orders, seed=arguments.seed, end=end):
        print(path)
    return 0


def docs(arguments: argparse.Namespace) -> int:
    """Write the metric documentation, or with ``--check`` say whether the file is current."""
    text = render()
    if arguments.check:
        current = arguments.path.is_file() and arguments.path.read_text(encoding="utf-8") == text
        print("current" if current else f"{arguments.path} is not current: run `ecodash docs`")
        return 0 if current else 1
    arguments.path.parent.mkdir(parents=True, exist_ok=True)
    arguments.path.write_text(text, encoding="utf-8")
    print(arguments.path)
    return 0
