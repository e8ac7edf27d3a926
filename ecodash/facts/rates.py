"""Which exchange rate a document uses."""

import narwhals as nw

from ecodash.core.settings import Settings
from ecodash.facts.calendar import day_number
from ecodash.facts.fact import Frame


def priced(documents: Frame, exchange_rates: Frame, settings: Settings) -> Frame:
    """The dated documents with ``rate`` added: base currency per unit of the document's currency, Float64.

    1 for the base currency (or none stated), else the rate with the latest ``valid_from`` on or before the day of the
    document; null when there is none.
    """
    base = settings.base_currency
    home = nw.col("currency").is_null() | (nw.col("currency") == base).fill_null(value=False)
    asked = documents.filter(~home, ~nw.col("day").is_null()).select("currency", "day").unique()
    offered = exchange_rates.select("currency", rate_day=day_number(nw.col("valid_from")), offer=nw.col("rate"))
    usable = asked.join(offered, on="currency", how="inner").filter(nw.col("rate_day") <= nw.col("day"))
    latest = usable.group_by("currency", "day").agg(nw.col("rate_day").max())
    found = usable.join(latest, on=["currency", "day", "rate_day"], how="inner").select("currency", "day", "offer")
    one = nw.lit(1.0)
    return documents.join(found, on=["currency", "day"], how="left").with_columns(
        rate=nw.when(home).then(one).otherwise(nw.col("offer")).cast(nw.Float64)
    )
