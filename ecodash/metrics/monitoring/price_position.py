"""Where own prices lie among those of rivals, category by category."""

import narwhals as nw
import polars as pl

from ecodash.core.decimals import SCALE
from ecodash.core.estimate import Status
from ecodash.core.text import Text
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected, total
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import inside


def price_position(reading: Reading, window: Window) -> Answered:
    """The mean, over products sold, of the share of rival prices in the category that lie below the price paid.

    A rival price equal to one's own counts half. 0.5 is the middle of the market.
    """
    lines = reading.fact("order_lines").filter(nw.col("is_sale"), inside(window.days, "day"))
    sold = collected(lines.group_by("sku_id", "category").agg(paid=total("paid"), units=total("qty")))
    own = sold.filter(pl.col("units") > 0).with_columns(price=pl.col("paid") / pl.col("units"))
    goods = reading.table("products").select("sku_id", category=nw.col("category_l1"))
    rivals = reading.table("rival_prices").filter(~nw.col("price").is_null()).select("sku_id", "price")
    theirs = collected(rivals.join(goods, on="sku_id", how="inner")).with_columns(rival=pl.col("price") / SCALE)
    pairs = own.join(theirs.select("category", "rival"), on="category")
    if pairs.is_empty():
        reason = Text("没有同类目的竞品价格。", "There are no rival prices in the categories sold.")
        return Answered(value=None, n=0, status=Status.EMPTY, reason=reason)
    below = (pl.col("rival") < pl.col("price")).cast(pl.Float64) + 0.5 * (pl.col("rival") == pl.col("price"))
    places = pairs.group_by("sku_id", "category").agg(place=below.mean())["place"]
    mean = places.mean()
    return Answered(value=float(mean) if isinstance(mean, float) else None, n=len(places))


POSITION = Analysed(answer=price_position)
