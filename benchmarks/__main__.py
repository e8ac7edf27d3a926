"""All benchmarks in one command: ``python -m benchmarks [--only PART …] [--scale 1]``.

Everything is measured beside a bare baseline in the same run; the table at the end has every number with its limit.
Exit code 1 when a limit is passed. ``--scale 0.01`` is a try-out on small data, where fixed costs count for more.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from benchmarks import (
    browser,
    customer_facts,
    fair_comparison,
    forecast,
    load,
    pages_10m,
    sessions,
    stock_outs,
    value_models,
    watch,
    workbook,
)
from benchmarks.measured import Measured, print_table

LINES, WORKBOOK_ROWS, MILLION = 10_000_000, 100_000, 1_000_000


def _loads(scale: float) -> list[Measured]:
    return [*load.measure("orders", gigabytes=scale), *load.measure("lines", gigabytes=scale)]


def _apart(what: str, run: Callable[[Sequence[str]], int], *arguments: str) -> list[Measured]:
    """A benchmark with a table and limits of its own, printed above; here only whether one was missed."""
    return [Measured(what=f"{what}: limits above missed", value=run(arguments), allowed=0, unit="")]


PARTS: dict[str, Callable[[float], list[Measured]]] = {
    "workbook": lambda scale: workbook.measure(round(WORKBOOK_ROWS * scale)),
    "load": _loads,
    "pages": lambda scale: pages_10m.measure(lines=round(LINES * scale)),
    "browser": lambda _: browser.measure(),
    "sessions": lambda _: sessions.measure(),
    "comparison": lambda scale: _apart(
        "comparable customers",
        fair_comparison.main,
        *("--runs", str(round(200 * scale)), "--customers", str(round(MILLION * scale))),
    ),
    "forecast": lambda scale: _apart(
        "forecasts", forecast.main, "--series", str(round(400 * scale)), "--speed", str(round(10_000 * scale))
    ),
    "stock": lambda scale: _apart("stock-outs", stock_outs.main, "--products", str(max(round(2000 * scale), 200))),
    "watch": lambda scale: _apart("the watch", watch.main, "--pages", str(round(500 * scale))),
    "customers": lambda scale: _apart(
        "customers from facts", customer_facts.main, "--customers", str(round(MILLION * scale))
    ),
    "value": lambda scale: _apart("customer value", value_models.main, "--customers", str(round(MILLION * scale))),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts asked for and print their table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--scale", type=float, default=1.0)
    chosen = parser.parse_args(arguments)
    rows: list[Measured] = []
    for name in chosen.only:
        print(f"== {name}", flush=True)
        rows += PARTS[name](chosen.scale)
    return 0 if print_table(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
