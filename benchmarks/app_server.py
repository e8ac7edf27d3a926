"""The app on the sample shop in a process of its own, for benchmarks that visit it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ecodash.session.places import app_file

PATIENCE = 600


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where it listens and which process it is."""

    port: int
    process: int

    @property
    def url(self) -> str:
        """The address of its first page."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def memory(self) -> float:
        """Memory in use now, MB (Linux); 0 where it cannot be read."""
        status = Path(f"/proc/{self.process}/status")
        if not status.is_file():
            return 0.0
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextmanager
def running() -> Iterator[Server]:
    """The app on an empty workspace, which shows the sample shop; ready when given."""
    with TemporaryDirectory(prefix="ecodash-bench-") as place, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        call = [sys.executable, "-m", "streamlit", "run", str(app_file()), f"--server.port={port}"]
        environment = {**os.environ, "ECODASH_WORKSPACE": f"{place}/workspace"}
        with subprocess.Popen(
            call, env=environment, cwd=app_file().parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                _wait(port)
                _wait_for_sample(Path(place))
                yield Server(port=port, process=process.pid)
            finally:
                process.terminate()


def _wait(port: int) -> None:
    for _ in range(PATIENCE * 4):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError("the app did not start")


def _wait_for_sample(place: Path) -> None:
    """The shop is being loaded in the background; it is complete when it says so."""
    for _ in range(PATIENCE * 4):
        if list(place.glob("*/sample-*/complete")):
            return
        time.sleep(0.25)
    raise TimeoutError("the sample shop was not made")
