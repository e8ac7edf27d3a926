"""Kill a load at random moments and look at what is left: all of it or nothing.

Run by hand with the number of tries: ``python -m tests.store.kill_load 50 [seed]``.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.store import Workspace
from tests.store.shop import FACT_NAMES, FACTS, START, content, line, lines, order, orders, source

ROWS = 60_000


def big_load(workspace: Workspace) -> None:
    """A load of some seconds: overlaps the first one, so it inserts, updates, merges and refreshes facts."""
    number = pl.int_range(ROWS, eager=True)
    keyed = pl.DataFrame({"row_no": number}).with_columns(order_id="o" + pl.col("row_no").cast(pl.String))
    some = keyed.with_columns(
        customer_id="c" + (pl.col("row_no") % 5000).cast(pl.String),
        created_at=pl.lit(START) + pl.duration(days=pl.col("row_no") % 700),
        paid_amount=pl.col("row_no") * SCALE,
        platform=pl.lit("taobao"),
        channel_id=pl.lit("tb"),
    )
    items = keyed.with_columns(line_key=pl.lit("1"), paid_amount=pl.col("row_no") * SCALE)
    workspace.load(source("big.csv"), {"orders": some, "order_items": items})


def prepare(path: Path) -> None:
    """A workspace with one small load."""
    with Workspace.create(path, facts=FACTS) as workspace:
        many = range(200)
        workspace.load(
            source("small.csv"),
            {"orders": orders([order(n) for n in many]), "order_items": lines([line(n) for n in many])},
        )


def state(path: Path) -> dict[str, list[str]]:
    """Everything the workspace holds."""
    with Workspace.open(path, facts=FACTS) as workspace:
        names = ("orders", "order_items", *FACT_NAMES)
        return {name: content(workspace, name, provenance=True) for name in names} | {
            "loads": [str(row) for row in workspace.loads().select("load_id", "file", "active", "new").rows()]
        }


def start(path: Path) -> subprocess.Popen[str]:
    """A process that loads into ``path``; its first line says that it begins."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "tests.store.kill_load", "--load", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)
    if process.stdout is not None:
        process.stdout.readline()
    return process


def tries(number: int, seed: int) -> dict[str, int]:
    """Kill ``number`` loads. Raises AssertionError when one leaves anything between nothing and everything."""
    chance = random.Random(seed)
    outcomes = {"nothing": 0, "everything": 0}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        prepare(whole)
        nothing = state(whole)
        began = time.monotonic()
        start(whole).wait()
        duration = time.monotonic() - began
        everything = state(whole)
        assert everything != nothing
        for attempt in range(number):
            path = Path(folder) / f"w{attempt}"
            prepare(path)
            before = state(path)
            assert {k: v for k, v in before.items() if k != "loads"} == {
                k: v for k, v in nothing.items() if k != "loads"
            }
            process = start(path)
            time.sleep(chance.uniform(0, duration))
            process.send_signal(signal.SIGKILL)
            process.wait()
            left = state(path)
            assert left in (nothing, everything), f"attempt {attempt} left something in between"
            outcomes["nothing" if left == nothing else "everything"] += 1
    return outcomes


if __name__ == "__main__":
    if sys.argv[1] == "--load":
        with Workspace.open(Path(sys.argv[2]), facts=FACTS) as opened:
            print("begin", flush=True)
            big_load(opened)
    else:
        print(tries(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
