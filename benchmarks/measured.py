"""One measured number beside what is allowed, and the table of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Measured:
    """``value`` in ``unit`` must not pass ``allowed``; ``beside`` says what else was seen (bare seconds, ratios)."""

    what: str
    value: float
    allowed: float
    unit: str
    beside: str = ""

    @property
    def held(self) -> bool:
        """Whether the number is within what is allowed."""
        return self.value <= self.allowed


def print_table(rows: Sequence[Measured]) -> bool:
    """Print every number with its limit; whether all were held."""
    print(f"\n{'what':44}{'measured':>12}{'allowed':>12}  {'':7}beside")
    for row in rows:
        verdict = "ok" if row.held else "MISSED"
        print(f"{row.what:44}{_written(row, row.value):>12}{_written(row, row.allowed):>12}  {verdict:7}{row.beside}")
    missed = sum(not row.held for row in rows)
    print(f"{len(rows) - missed} of {len(rows)} limits held")
    return missed == 0


def _written(row: Measured, value: float) -> str:
    digits = 0 if row.unit in {"ms", ""} else 2
    return f"{value:.{digits}f} {row.unit}".rstrip()
