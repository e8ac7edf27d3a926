"""Reading an XLSX against the fastest reader alone: ``fastexcel`` handing the same sheet over as text.

``python -m benchmarks.workbook [--rows 100000]``. The product also checks the archive before it trusts it, looks for
merged cells and long numbers, and keeps every cell as it was typed. Five rounds each in turn, medians compared.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import fastexcel
import xlsxwriter

from benchmarks.measured import Measured, print_table
from ecodash.ingest.read import read

ALLOWED, ROUNDS = 1.5, 5
HEADERS = (
    "订单编号",
    "买家会员名",
    "订单状态",
    "商品名称",
    "数量",
    "单价",
    "实付金额",
    "退款金额",
    "下单时间",
    "付款时间",
)


def measure(rows: int = 100_000) -> list[Measured]:
    """Seconds of both, in one process, one after the other."""
    with tempfile.TemporaryDirectory(prefix="ecodash-workbook-") as folder:
        path = _write(Path(folder) / "orders.xlsx", rows)
        ours, bare = [], []
        for _ in range(ROUNDS):
            bare.append(
                _cpu(lambda: fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars())
            )
            ours.append(_cpu(lambda: read(path, name=path.name)))
    one, other = statistics.median(ours), statistics.median(bare)
    beside = f"{rows:,} rows × {len(HEADERS)}: {one:.2f} s CPU, fastexcel alone {other:.2f} s"
    return [Measured(what="XLSX read / fastexcel alone", value=one / other, allowed=ALLOWED, unit="×", beside=beside)]


def _write(path: Path, rows: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("订单")
        sheet.write_row(0, 0, HEADERS)
        for n in range(1, rows + 1):
            when = f"2026-0{1 + n % 6}-{1 + n % 28:02} 10:{n % 60:02}:00"
            paid = 20 + n % 300
            row = (
                f"31{n:016}",
                f"buyer{n % 9000}",
                "交易成功",
                f"商品 {n % 500}",
                1 + n % 3,
                paid / 2,
                paid,
                0,
                when,
                when,
            )
            sheet.write_row(n, 0, row)
    return path


def _cpu(work: Callable[[], object]) -> float:
    """Processor seconds, which a busy machine does not change much."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 1 when the limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    return 0 if print_table(measure(parser.parse_args(arguments).rows)) else 1


if __name__ == "__main__":
    sys.exit(main())
