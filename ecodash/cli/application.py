"""Commands that start or write something: the app, the sample shop, the metric documentation."""

import argparse
import os
import socket
import subprocess
import sys
import time
import webbrowser
from contextlib import suppress

from ecodash.metrics.docs import render
from ecodash.sample import COMMITTED, write_sample
from ecodash.session.places import app_file


def run(arguments: argparse.Namespace) -> int:
    """Start the app on this machine only; blocks until it is stopped. From a terminal it opens in the browser."""
    environment = dict(os.environ)
    if arguments.workspace is not None:
        environment["ECODASH_WORKSPACE"] = str(arguments.workspace.absolute())
    call = [sys.executable, "-m", "streamlit", "run", str(app_file()), f"--server.port={arguments.port}"]
    with subprocess.Popen(call, env=environment) as app:  # noqa: S603 - our own interpreter and our own file
        try:
            if sys.stdout.isatty() and _answers(arguments.port, app):
                webbrowser.open(f"http://127.0.0.1:{arguments.port}")
            return app.wait()
        except KeyboardInterrupt:
            return 0


def _answers(port: int, app: "subprocess.Popen[bytes]") -> bool:
    """Waits until the app listens; False when it ended instead."""
    while app.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.2)
    return False


def sample(arguments: argparse.Namespace) -> int:
    """Write the raw exports of the sample shop into a folder."""
    end = arguments.end or COMMITTED["end"]
    written = write_sample(
        arguments.directory, orders=arguments.orders, seed=arguments.seed, end=end, shape=arguments.shape
    )
    print("\n".join(str(path) for path in written))
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
