"""Ten million order lines: building the facts, refreshing them after a 1 % append, and the numbers of every page.

``python -m benchmarks.pages_10m [--lines 10000000] [--folder DIR]``. A page is the list of questions it asks the
engine; each page is asked five times without any result cache, and the median is compared with bare DuckDB and bare
polars computing the same aggregates from the same facts in the same run.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import polars as pl

from benchmarks import pages_bare, pages_data, pages_questions
from benchmarks.measured import Measured, print_table
from ecodash.session import Session
from ecodash.store import LoadSource

ALLOWED_REFRESH, ALLOWED_PAGE, ROUNDS = 5.0, 0.3, 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, help="keep the workspace here and use it again")
    chosen = parser.parse_args(arguments)
    return 0 if print_table(measure(lines=chosen.lines, folder=chosen.folder)) else 1


def measure(*, lines: int, folder: Path | None = None) -> list[Measured]:
    """Load, append, and ask every page; in ``folder``, else in one that goes."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        return _measure(folder, lines)
    with tempfile.TemporaryDirectory(prefix="ecodash-pages-") as passing:
        return _measure(Path(passing), lines)


def _measure(folder: Path, lines: int) -> list[Measured]:
    place = folder / "workspace"
    found: list[Measured] = []
    if not (place / "ecodash.duckdb").exists():
        pages_data.write(folder, lines=lines)
        found = _load(folder, place)
    _export(folder, place)
    with Session.open(place, read_only=True) as session:
        ours = {name: _median(ask) for name, ask in pages_questions.pages(session).items()}
    return [*found, *_compare(folder, ours)]


def _load(folder: Path, place: Path) -> list[Measured]:
    """History, then the append, which must be quick."""
    with Session.open(place) as session:
        first = _timed(lambda: _bring(session, folder, "history"))
        whole = _timed(session.workspace.rebuild_facts)
        append = _timed(lambda: _bring(session, folder, "append"))
    print(f"load of 99 %          {first.wall:7.1f} s   {first.cpu:7.1f} s CPU")
    print(f"all facts built whole {whole.wall:7.1f} s   {whole.cpu:7.1f} s CPU")
    print(f"1 % append            {append.wall:7.1f} s   {append.cpu:7.1f} s CPU")
    share = f"{append.cpu:.1f} s CPU; {append.wall / whole.wall:.3f} of building all facts whole"
    what = "refresh after a 1 % append"
    return [Measured(what=what, value=append.wall, allowed=ALLOWED_REFRESH, unit="s", beside=share)]


def _bring(session: Session, folder: Path, part: str) -> None:
    found = {name: folder / f"{name}.{part}.parquet" for name in pages_data.TABLES}
    tables = {name: pl.scan_parquet(path) for name, path in found.items() if path.exists()}
    size = sum(path.stat().st_size for path in found.values() if path.exists())
    session.workspace.load(LoadSource(file=part, sha256=part, bytes=size, entity="orders"), tables)


class _Time:
    """Seconds on the clock and of the processors."""

    def __init__(self) -> None:
        self.wall, self.cpu = -time.perf_counter(), -time.process_time()

    def stop(self) -> "_Time":
        """Seconds since it was made."""
        self.wall, self.cpu = self.wall + time.perf_counter(), self.cpu + time.process_time()
        return self


def _timed(work: Callable[[], object]) -> _Time:
    clock = _Time()
    work()
    return clock.stop()


def _median(ask: Callable[[], object]) -> float:
    ask()
    return statistics.median(_timed(ask).wall for _ in range(ROUNDS))


def _export(folder: Path, place: Path) -> None:
    """The facts as plain Parquet and as a plain DuckDB file, for the bare baselines."""
    bare = folder / "bare.duckdb"
    if bare.exists():
        return
    with duckdb.connect(str(bare)) as connection:
        connection.execute(f"ATTACH '{place / 'ecodash.duckdb'}' AS shop (READ_ONLY)")
        for name in pages_bare.FACTS:
            connection.execute(f"CREATE TABLE {name} AS FROM shop.facts.{name}").fetchall()
            connection.execute(f"COPY {name} TO '{folder / name}.facts.parquet' (FORMAT parquet)").fetchall()


def _compare(folder: Path, ours: dict[str, float]) -> list[Measured]:
    """Print what the parts of each page took; every page beside the same aggregates in bare DuckDB and bare polars."""
    frames = {name: pl.read_parquet(folder / f"{name}.facts.parquet") for name in pages_bare.FACTS}
    found = []
    with duckdb.connect(str(folder / "bare.duckdb"), read_only=True) as connection:
        for name, taken in ours.items():
            if name not in pages_bare.PAGES:
                print(f"{name:24}{taken * 1e3:8.0f} ms")
                continue
            by_hand = _median(lambda name=name: pages_bare.on_duckdb(connection, name))
            on_polars = _median(lambda name=name: pages_bare.on_polars(frames, name))
            beside = (
                f"{taken / by_hand:.1f} × duckdb ({by_hand * 1e3:.0f} ms), "
                f"{taken / on_polars:.1f} × polars ({on_polars * 1e3:.0f} ms)"
            )
            what = f"page {name}, no result cache"
            found.append(Measured(what=what, value=taken * 1e3, allowed=ALLOWED_PAGE * 1e3, unit="ms", beside=beside))
    return found


if __name__ == "__main__":
    sys.exit(main())
