"""Whether value can be counted on margin: how much of what was sold has a known cost, and what an order is worth."""

from dataclasses import dataclass

import narwhals as nw

from ecodash.core.decimals import SCALE
from ecodash.facts import Frame
from ecodash.metrics.collect import collected, total
from ecodash.metrics.scope import Scope

ENOUGH = 0.8


@dataclass(frozen=True, kw_only=True)
class Costs:
    """``coverage``: share of what was paid for goods whose cost is known; ``rate``: cost per unit of that money.

    ``margin`` is what is left of each unit paid, after refunds and costs. From a coverage of 80 % on value is counted
    on margin, and goods without a cost are taken to cost what the others do; below it is counted on sales.
    """

    coverage: float
    rate: float
    margin: float

    @property
    def known(self) -> bool:
        """Whether value is counted on margin."""
        return self.coverage >= ENOUGH

    @property
    def basis(self) -> str:
        """``margin`` or ``sales``."""
        return "margin" if self.known else "sales"


def costs(here: Scope) -> Costs:
    """The costs of all sales the data hold, whoever bought; a coverage of 0 without any."""
    sold = here.fact("orders").filter(nw.col("is_sale"))
    sums = sold.select(**{name: total(name) for name in ("base", "costed", "cost", "net", "paid")})
    base, costed, cost, net, paid = (int(value or 0) for value in collected(sums).row(0))
    if base <= 0 or costed <= 0:
        return Costs(coverage=0.0, rate=0.0, margin=net / paid if paid > 0 else 1.0)
    coverage, rate = min(costed / base, 1.0), cost / costed
    left = net - cost - rate * max(base - costed, 0) if coverage >= ENOUGH else net
    return Costs(coverage=coverage, rate=rate, margin=left / paid if paid > 0 else 1.0)


def worth(rows: Frame, found: Costs) -> Frame:
    """Orders with ``worth``: net sales, less the cost of the goods where value is counted on margin; in money.

    Goods that came back lower net sales but keep their cost: whether they can be sold again is not known. A credit
    document lowers the value by what it gave back.
    """
    net = nw.col("net").cast(nw.Float64)
    if not found.known:
        return rows.with_columns(worth=net / SCALE)
    open_part = nw.max_horizontal(nw.col("base") - nw.col("costed"), nw.lit(0)).cast(nw.Float64)
    cost = nw.when(nw.col("is_sale")).then(nw.col("cost").cast(nw.Float64) + open_part * found.rate).otherwise(0.0)
    return rows.with_columns(worth=(net - cost) / SCALE)
