"""What advertising returns: ROAS by the platforms' own attribution, and MER, always with its fraction."""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.period import Period
from ecodash.metrics.acquisition.spend import Spend, spend
from ecodash.metrics.collect import collected, total
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside


@dataclass(frozen=True, kw_only=True, eq=False)
class Returns:
    """Money in ``spent.days``: ``net_sales`` of the whole shop and of first orders only (``new_sales``)."""

    spent: Spend
    net_sales: float
    new_sales: float

    @property
    def revenue_per_spend(self) -> float | None:
        """MER as net sales ÷ spend; None without spend."""
        return self.net_sales / self.spent.total if self.spent.total else None

    @property
    def spend_per_revenue(self) -> float | None:
        """MER the other way up, spend ÷ net sales; None without sales."""
        return self.spent.total / self.net_sales if self.net_sales > 0 else None

    @property
    def by_channel(self) -> pl.DataFrame:
        """``spent.table`` with ``roas``: sales the reports of a channel claim ÷ its spend; null where they claim none."""
        return self.spent.table.with_columns(roas=pl.when(pl.col("spend") > 0).then(pl.col("gmv") / pl.col("spend")))

    @property
    def roas(self) -> float | None:
        """Sales the ad reports claim ÷ the spend of the channels that claim any; None when none does."""
        known = self.spent.table.drop_nulls("gmv")
        paid = float(known["spend"].sum())
        return float(known["gmv"].sum()) / paid if paid else None


def returns(reading: Reading, window: Period | None = None) -> Returns:
    """Spend and sales in the days of ``window`` that ads are known of."""
    spent = spend(reading, window)
    net, new = 0.0, 0.0
    if spent.days is not None:
        rows = reading.fact("daily").filter(inside(spent.days, "day"))
        of_new = nw.when(nw.col("buyer") == "new").then(nw.col("net")).otherwise(0)
        sums = collected(rows.with_columns(new_net=of_new).select(net=total("net"), new=total("new_net"))).row(0)
        net, new = (int(value or 0) / SCALE for value in sums)
    return Returns(spent=spent, net_sales=net, new_sales=new)
