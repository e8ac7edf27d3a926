"""Twenty visitors at once on the sample shop: reruns a second, memory a visitor, and whose work a rerun is.

``python -m benchmarks.sessions [--sessions 20] [--reruns 5]``. Visitors speak the protocol of the browser (protocol
buffers over a websocket) without drawing anything. The profile is of the same page in this process.
"""

import argparse
import asyncio
import cProfile
import os
import pstats
import re
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.app_server import Server, running
from benchmarks.measured import Measured, print_table
from ecodash.session.places import package_root

SESSIONS, RERUNS = 20, 5
MEDIAN, MEMORY, SHARE = 10_000.0, 10.0, 50.0
PERIODS = ("7d", "30d", "90d", "12m", "year")
PACKAGES = ("ecodash", "streamlit", "plotly", "polars", "duckdb")


@dataclass(frozen=True, kw_only=True)
class Load:
    """What many visitors at once saw: milliseconds of every rerun, seconds in all, MB before and after."""

    took: Sequence[float]
    seconds: float
    before: float
    after: float


def measure(*, sessions: int = SESSIONS, reruns: int = RERUNS) -> list[Measured]:
    """The median rerun while all visitors ask, the memory of each, and our share of a rerun."""
    with running() as server:
        asyncio.run(_visits(server, sessions=1, reruns=2))  # the first visit loads what all of them share
        load = asyncio.run(_visits(server, sessions=sessions, reruns=reruns))
    slow = sorted(load.took)[int(0.95 * (len(load.took) - 1))]
    rate = f"{len(load.took) / load.seconds:.1f} reruns a second, 95th percentile {slow:.0f} ms"
    memory = f"{load.before:.0f} MB before, {load.after:.0f} MB after"
    milliseconds, found = shares()
    others = "; ".join(f"{name} {share:.0%}" for name, share in found.items() if name != "ecodash")
    return [
        Measured(what=f"rerun, {sessions} visitors at once", value=statistics.median(load.took), allowed=MEDIAN,
                 unit="ms", beside=rate),
        Measured(what="memory of a visitor", value=(load.after - load.before) / sessions, allowed=MEMORY,
                 unit="MB", beside=memory),
        Measured(what="our own code in a cached rerun", value=100 * found["ecodash"], allowed=SHARE, unit="%",
                 beside=f"{others}; {milliseconds:.0f} ms under the profiler"),
    ]  # fmt: skip


def shares(*, reruns: int = 10) -> tuple[float, dict[str, float]]:
    """Milliseconds of a rerun of the overview with its answers cached, and the share of each package by own time."""
    profile = cProfile.Profile()
    with TemporaryDirectory(prefix="ecodash-bench-") as place:
        os.environ["ECODASH_WORKSPACE"] = f"{place}/workspace"
        app = AppTest.from_file(str(package_root() / "ui" / "main.py"), default_timeout=600)
        app.run()
        app.run()
        # Each run has a thread of its own; before Python 3.12 a profiler sees only the thread that switched it on.
        if sys.version_info < (3, 12):
            threading.setprofile(lambda *_: profile.enable())
        else:
            profile.enable()
        for _ in range(reruns):
            app.run()
        threading.setprofile(None)
        profile.disable()
    return _by_package(profile, reruns)


def _by_package(profile: cProfile.Profile, reruns: int) -> tuple[float, dict[str, float]]:
    """Own time by package; what is built into Python belongs to whoever called it."""
    own = dict.fromkeys((*PACKAGES, "other"), 0.0)
    for (file, _, name), (_, _, seconds, _, callers) in pstats.Stats(profile).stats.items():
        if any(word in name for word in ("sleep", "acquire", "wait")):
            continue  # a thread that waits does no work
        if file == "~" and _package(name) == "other":
            for (caller, _, _), (_, _, spent, _) in callers.items():
                own[_package(caller)] += spent
        else:
            own[_package(f"{file} {name}")] += seconds
    whole = sum(own.values())
    return 1000 * whole / reruns, {package: seconds / whole for package, seconds in own.items()}


def _package(path: str) -> str:
    return next((one for one in PACKAGES if re.search(rf"(^|[/ ._\\]){one}[/._\\]", path)), "other")


class _Visitor:
    """One browser without a screen."""

    def __init__(self, server: Server) -> None:
        self.server, self.page_hash = server, ""
        self.socket: ClientConnection | None = None

    async def open(self) -> None:
        address = f"ws://127.0.0.1:{self.server.port}/_stcore/stream"
        origin = Origin(self.server.url)
        self.socket = await connect(
            address, subprotocols=[Subprotocol("streamlit")], origin=origin, max_size=None, compression=None
        )

    async def rerun(self, query: str) -> float:
        """Milliseconds from the question to the last message of the answer."""
        if self.socket is None:
            await self.open()
        assert self.socket is not None  # noqa: S101 - opened above
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_script_hash = self.page_hash
        asked.rerun_script.context_info.locale = "zh-CN"
        asked.rerun_script.context_info.timezone = "Asia/Shanghai"
        asked.rerun_script.context_info.url = self.server.url
        began = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await asyncio.wait_for(self.socket.recv(), 300))
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.page_hash = answer.new_session.page_script_hash
            if kind == "script_finished":
                return 1000 * (time.perf_counter() - began)


async def _visits(server: Server, *, sessions: int, reruns: int) -> Load:
    """Every visitor opens the overview, then all of them change the period again and again, all at once."""
    before = server.memory
    visitors = [_Visitor(server) for _ in range(sessions)]
    await asyncio.gather(*(one.rerun("") for one in visitors))
    began = time.perf_counter()

    async def one(place: int, visitor: _Visitor) -> list[float]:
        return [await visitor.rerun(f"period={PERIODS[(place + turn) % len(PERIODS)]}") for turn in range(reruns)]

    took = await asyncio.gather(*(one(place, visitor) for place, visitor in enumerate(visitors)))
    seconds, after = time.perf_counter() - began, server.memory
    for visitor in visitors:
        if visitor.socket is not None:
            await visitor.socket.close()
    return Load(took=[each for several in took for each in several], seconds=seconds, before=before, after=after)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--reruns", type=int, default=RERUNS)
    chosen = parser.parse_args(arguments)
    return 0 if print_table(measure(sessions=chosen.sessions, reruns=chosen.reruns)) else 1


if __name__ == "__main__":
    sys.exit(main())
