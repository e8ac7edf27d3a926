"""What is known about the data before a metric is computed: how much of it there is, and how many buyers are known."""

from dataclasses import dataclass
from functools import cached_property

import narwhals as nw

from ecodash.metrics.collect import collected, total
from ecodash.metrics.dimensions import DimensionKind
from ecodash.metrics.scope import Scope, inside, matches


@dataclass(frozen=True)
class Ground:
    """One question's ground; asked for at most once, and only when a metric needs it."""

    scope: Scope

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Documents and known buyers' orders in all the data; orders and known buyers' orders in the window.

        Filters about customers are left aside (only known buyers could pass them), and so are filters the daily cube
        does not carry.
        """
        kept = [(dim, values) for dim, values in self.scope.filters if dim.kind is not DimensionKind.CUSTOMER]
        if any("daily" not in dim.columns for dim, _ in kept):
            kept = []
        wanted = [matches(dim, dim.code("daily"), values) for dim, values in kept]
        there = nw.all_horizontal(inside(self.scope.window, "day"), *wanted, ignore_nulls=False)
        sums = self.scope.fact("daily").select(
            documents=total("documents"),
            known=total("identified_orders"),
            here=nw.when(there).then(nw.col("orders")).otherwise(0).sum(),
            known_here=nw.when(there).then(nw.col("identified_orders")).otherwise(0).sum(),
        )
        row = collected(sums).row(0, named=True)
        return {name: int(value or 0) for name, value in row.items()}

    @property
    def identified(self) -> bool:
        """Whether any order in the data has a known buyer."""
        return self.numbers["known"] > 0

    @property
    def documents(self) -> int:
        """How many order documents the data hold."""
        return self.numbers["documents"]

    @property
    def coverage(self) -> float | None:
        """Share of the window's orders whose buyer is known; None without orders."""
        orders = self.numbers["here"]
        return self.numbers["known_here"] / orders if orders else None
