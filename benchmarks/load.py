"""A large orders CSV from file to committed workspace with facts, against bare DuckDB doing the same by hand.

``python -m benchmarks.load [--kind orders|lines] [--gigabytes 1] [--folder DIR]``: writes the file, runs both
one after the other in processes of their own, prints seconds, CPU seconds, peak memory and the ratio, and compares the
facts of both.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks import orders_file
from benchmarks.measured import Measured, print_table

ALLOWED_RATIO, ALLOWED_BYTES, ALLOWED_AGAIN = 1.5, 1.5e9, 3.0
_SUMS = {
    "order_lines": "count(*), sum(qty), sum(paid), sum(refund), sum(net), max(day)",
    "orders": "count(*), sum(paid), sum(refund), sum(net), sum(seq), sum(day_seq), sum(prev_day), count(prev_channel_day)",
    "customers": "count(*), sum(orders), sum(days), sum(paid), sum(first_paid), sum(second_day), sum(channels)",
    "customer_months": "count(*), sum(orders), sum(age), sum(paid), sum(net)",
    "refunds": "count(*), sum(refund), sum(net_refund)",
    "daily": "count(*), sum(orders), sum(new_buyers), sum(paid), sum(net), sum(refund_booked), sum(lines)",
    "product_days": "count(*), sum(lines), sum(qty), sum(paid), sum(net)",
}


_ORDERS_OF = {
    "orders": """
        SELECT order_id, customer_id, created_at, paid_at AS "at", status, channel_id, NULL::VARCHAR AS platform, row_no,
               (paid_amount * 10000)::BIGINT AS paid, (discount_amount * 10000)::BIGINT AS discount, 0::BIGINT AS units,
               0::BIGINT AS lines, true AS paid_stated, ship_province AS province, payment_method, currency
        FROM raw""",
    "lines": """
        SELECT order_id, min(customer_key) AS customer_id, min(ordered_at) AS created_at, min(paid_at) AS "at",
               min(CASE status WHEN 'cancelled' THEN 'refunded' ELSE status END) AS status,
               'file/' || min(channel_id) AS channel_id, 'file' AS platform, min(row_no) AS row_no,
               (sum(line_amount) * 10000)::BIGINT AS paid, 0::BIGINT AS discount,
               sum(quantity)::BIGINT * 10000 AS units, count(*) AS lines, false AS paid_stated,
               NULL::VARCHAR AS province, NULL::VARCHAR AS payment_method, NULL::VARCHAR AS currency
        FROM raw GROUP BY order_id""",
}


def bare(file: Path, folder: Path) -> dict[str, float]:
    """DuckDB alone: read_csv into a table, then the facts in hand-written SQL, committed to disk."""
    scripts = ["bare_facts.sql"] if file.stem == "orders" else ["bare_facts.sql", "bare_lines.sql"]
    sql = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in scripts)
    sql = f"CREATE VIEW o AS {_ORDERS_OF[file.stem]}; {sql}"
    with duckdb.connect(
        str(folder / "bare.duckdb"), config={"memory_limit": "1GB", "preserve_insertion_order": False}
    ) as c:
        c.execute(
            f"CREATE TABLE raw AS SELECT *, row_number() OVER () + 1 AS row_no FROM read_csv('{file}')"
        ).fetchall()
        read = time.monotonic() - _BEGAN
        c.execute(f"BEGIN; {sql} COMMIT; CHECKPOINT").fetchall()
    return {"read": read}


def ours(file: Path, folder: Path) -> dict[str, float]:
    """The product: the same calls as ``ecodash load FILE --accept``."""
    from ecodash.session import Session, Wishes  # noqa: PLC0415 - the time to import counts

    with Session.open(folder / "workspace") as session:
        [card] = session.inspect(file, wishes=Wishes(accept=True))
        inspected = time.monotonic() - _BEGAN
        result = session.load(card)
    return {"inspect": inspected, "kept": result.kept, "already": result.already_loaded}


_BEGAN = time.monotonic()
_STEPS: dict[str, Callable[[Path, Path], dict[str, float]]] = {"bare": bare, "ours": ours}


def measured(step: str, file: Path, folder: Path) -> dict[str, float]:
    """Run one step in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.load", "--step", step, "--file", str(file), "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def run_step(step: str, file: Path, folder: Path) -> None:
    """What the process of ``measured`` does."""
    said = _STEPS[step](file, folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    said |= {
        "seconds": time.monotonic() - _BEGAN,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss * 1024.0,
    }
    print(json.dumps(said))


def _sums_of(side: duckdb.DuckDBPyConnection) -> dict[str, str]:
    built = {name for (name,) in side.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    return {name: sums for name, sums in _SUMS.items() if name in built}


def differences(folder: Path) -> list[str]:
    """Facts whose sums are not the same on both sides."""
    found = []
    with (
        duckdb.connect(str(folder / "bare.duckdb"), read_only=True) as bare_side,
        duckdb.connect(str(folder / "workspace" / "ecodash.duckdb"), read_only=True) as our_side,
    ):
        for name, sums in _sums_of(bare_side).items():
            one = bare_side.execute(f"SELECT {sums} FROM {name}").fetchall()
            other = our_side.execute(f"SELECT {sums} FROM facts.{name}").fetchall()
            if one != other:
                found.append(f"{name}: bare {one[0]}, ecodash {other[0]}")
    return found


def measure(kind: str, *, gigabytes: float = 1.0, folder: Path | None = None) -> list[Measured]:
    """Write the file, run both sides and once more, and compare the facts; in ``folder``, else in one that goes."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        return _measure(kind, gigabytes, folder)
    with tempfile.TemporaryDirectory(prefix="ecodash-load-") as passing:
        return _measure(kind, gigabytes, Path(passing))


def _measure(kind: str, gigabytes: float, folder: Path) -> list[Measured]:
    file, rows = folder / f"{kind}.csv", int(gigabytes * orders_file.ROWS_PER_GIGABYTE[kind])
    (folder / "bare.duckdb").unlink(missing_ok=True)
    shutil.rmtree(folder / "workspace", ignore_errors=True)
    orders_file.write(file, kind=kind, rows=rows)
    runs = {"bare": "bare", "ours": "ours", "again": "ours"}
    results = {name: measured(step, file, folder) for name, step in runs.items()}
    print(f"{file.stat().st_size / 1e9:.2f} GB, {rows:,} {kind}")
    for name, r in results.items():
        print(f"{name:6} {r['seconds']:7.1f} s  {r['cpu']:7.1f} CPU s  peak {r['peak'] / 1e9:.2f} GB", r)
    wrong = differences(folder)
    for line in wrong:
        print("differs:", line)
    return _judged(kind, results, len(wrong))


def _judged(kind: str, results: dict[str, dict[str, float]], wrong: int) -> list[Measured]:
    bare, ours, again = results["bare"], results["ours"], results["again"]
    cpu = f"{ours['seconds']:.1f} s against {bare['seconds']:.1f} s; CPU {ours['cpu'] / bare['cpu']:.2f} ×"
    seconds = again["seconds"] if again["already"] else float("inf")
    return [
        Measured(
            what=f"{kind} file → facts / bare DuckDB",
            value=ours["seconds"] / bare["seconds"],
            allowed=ALLOWED_RATIO,
            unit="×",
            beside=cpu,
        ),
        Measured(what=f"{kind} file: peak memory", value=ours["peak"] / 1e9, allowed=ALLOWED_BYTES / 1e9, unit="GB"),
        Measured(what=f"{kind} file again: nothing changes", value=seconds, allowed=ALLOWED_AGAIN, unit="s"),
        Measured(what=f"{kind} file: facts unlike the bare ones", value=wrong, allowed=0, unit=""),
    ]


def main() -> int:
    """Command line; exit code 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=("orders", "lines"), default="orders")
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--folder", type=Path, help="keep file and workspaces here")
    parser.add_argument("--step", choices=_STEPS)
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    if asked.step:
        run_step(asked.step, asked.file, asked.folder)
        return 0
    return 0 if print_table(measure(asked.kind, gigabytes=asked.gigabytes, folder=asked.folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
