"""Rows of reports: subtotals of a level, signs of bookings, reports that cover several days."""

import polars as pl

from ecodash.core.text import Text
from ecodash.ingest.conform.allocate import shared_out
from ecodash.ingest.conform.draft import Draft
from ecodash.ingest.conform.file_facts import DAILY
from ecodash.ingest.conform.kinds import Kind, kind_of
from ecodash.ingest.raw import ROW

_SPLIT = DAILY - {"product_daily", "product_period"}
LONGEST = 400
_LEVELS = ("channel_l1", "channel_l2", "channel_l3", "channel_l4")
_OUT = r"支出|付款|扣|出账|outgo|debit|应付|转出|提现"
UNIQUES = frozenset(
    [
        "visitors",
        "new_visitors",
        "buyers",
        "new_buyers",
        "returning_buyers",
        "add_to_cart_users",
        "ordered_buyers",
        "favourite_users",
        "reach",
        "followers",
    ]
)


def with_level_totals(draft: Draft) -> Draft:
    """``is_subtotal`` of reports with level columns: a row whose path other rows continue. Leaves add up, subtotals repeat.

    ``channel`` becomes the path of the levels that are named.
    """
    word = draft.context.switches.subtotal_word
    levels = [name for name in _LEVELS if draft.has(name)]
    if word is None or not levels:
        return draft
    named = [pl.when(pl.col(n) != word).then(pl.col(n)) for n in levels]
    path = pl.concat_str(named, separator=" / ", ignore_nulls=True)
    keys = [n for n in ("date", "carrier_app") if draft.has(n)]
    frame = draft.frame.with_columns(
        path.alias("channel"), pl.sum_horizontal([n.is_not_null() for n in named]).alias("depth")
    )
    parents = [
        frame.filter(pl.col("depth") > size)
        .select(*keys, pl.concat_str([pl.col(n) for n in levels[:size]], separator=" / ").alias("channel"))
        .unique()
        for size in range(1, len(levels))
    ]
    above = pl.concat(parents).unique().with_columns(pl.lit(True).alias("is_subtotal"))
    frame = frame.join(above, on=[*keys, "channel"], how="left", nulls_equal=True, maintain_order="left")
    return draft.with_frame(frame.with_columns(pl.col("is_subtotal").fill_null(False)).drop("depth"))


def with_signed_amounts(draft: Draft) -> Draft:
    """Bookings with a sign: outgo negative where a direction column says so; ``amount`` from income and outgo."""
    if draft.context.entity != "settlement":
        return draft
    frame = draft.frame
    if draft.context.switches.sign_from_direction and draft.has("amount", "direction"):
        out = pl.col("direction").str.contains(_OUT).fill_null(False)
        frame = frame.with_columns(
            pl.when(out).then(-pl.col("amount").abs()).otherwise(pl.col("amount")).alias("amount")
        )
    if "amount_out" in frame.columns:
        frame = frame.with_columns((-pl.col("amount_out").abs()).alias("amount_out"))
    sides = [pl.col(n) for n in ("amount_in", "amount_out") if n in frame.columns]
    if sides and "amount" not in frame.columns:
        empty = pl.all_horizontal([side.is_null() for side in sides])
        frame = frame.with_columns(pl.when(empty).then(None).otherwise(pl.sum_horizontal(sides)).alias("amount"))
    return draft.with_frame(frame)


def with_product_ids(draft: Draft) -> Draft:
    """Alimama: the subject of a row is a product only where the row says so."""
    rule = draft.context.switches.product_if
    if not rule or not draft.has("product_id") or rule[0] not in draft.context.text.columns:
        return draft
    is_product = draft.context.text[rule[0]].str.strip_chars() == rule[1]
    cleaned = pl.when(is_product).then(pl.col("product_id")).otherwise(None).alias("product_id")
    return draft.with_frame(draft.frame.with_columns(cleaned))


def spread_over_days(draft: Draft) -> Draft:
    """Reports of several days without a daily split, as one row per day.

    Money and visits in equal shares that add up exactly; people (visitors, buyers) stay empty, they cannot be split.
    Product reports keep their period. A period above ``LONGEST`` days is no report: its rows are rejects.
    """
    context = draft.context
    if context.entity not in _SPLIT or context.table or not draft.has("period_end"):
        return draft
    days = (pl.col("period_end") - pl.col("date")).dt.total_days() + 1
    draft = draft.losing(draft.frame.filter(days > LONGEST), header="", field="period_end", reason="period_too_long")
    long = (days > 1).fill_null(False)
    wide = draft.frame.filter(long)
    frame = pl.concat([draft.frame.filter(~long), _per_day(wide, context.entity)]).drop("period_end")
    if wide.is_empty():
        return draft.with_frame(frame)
    text = Text(
        "有 {count} 行是多天合计，已按天平均分摊（金额、次数合计不变；访客、买家等人数不能拆分，留空）。",
        "{count} rows cover several days and were split evenly (sums unchanged; people cannot be split and are left empty).",
    )
    return draft.with_frame(frame).noting("period_split", text, wide)


def _per_day(wide: pl.DataFrame, entity: str) -> pl.DataFrame:
    """One row per day of each row's period."""
    measured = {n: kind_of(n, entity) in (Kind.MONEY, Kind.DECIMAL, Kind.WHOLE) for n in wide.columns if n != ROW}
    days = wide.with_row_index("span").with_columns(pl.date_ranges("date", "period_end").alias("date")).explode("date")
    equal = days.with_columns(pl.lit(1).alias("one"))
    additive = [n for n, is_measure in measured.items() if is_measure and n not in UNIQUES]
    shares = [shared_out(equal, name, weight="one", tie=("date",), by="span") for name in additive]
    people = [pl.lit(None, dtype=pl.Int64).alias(n) for n in wide.columns if n in UNIQUES]
    return days.with_columns(shares).with_columns(people).select(wide.columns)
