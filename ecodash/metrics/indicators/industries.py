"""What kind of trade each category is: new goods, young and company buyers, technical questions, repurchase."""

from collections.abc import Mapping

import narwhals as nw

from ecodash.analysis.random_groups import Statistic, Sums
from ecodash.core.decimals import SCALE
from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number as day_of_moment
from ecodash.facts.calendar import whole
from ecodash.metrics.answered import Analysed, Answered, Window
from ecodash.metrics.collect import collected
from ecodash.metrics.indicators.cells import CLUSTER, Cut, answered, of_cells
from ecodash.metrics.indicators.rows import Of
from ecodash.metrics.indicators.sold import LINE_ORIGIN, ORIGIN, SPLITS, lines, profiles, sales, with_product
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Definition, Measured, Spread, Summary
from ecodash.metrics.reading import Reading

YOUNG, NEW_DAYS, BACK_DAYS = 30, 90, 90
PARTNERS = ("logistics", "payment", "credit")


def _under_thirty(born: str) -> nw.Expr:
    """Whether somebody is younger than 30 in the year of the ``month`` that counts."""
    return whole(nw.col("month"), 12) - nw.col(born) < YOUNG


def _young(reading: Reading) -> Frame:
    """Sales to customers of known birth year; ``above`` what those under 30 paid."""
    born = profiles(reading, "birth_year").filter(~nw.col("birth_year").is_null())
    rows = sales(reading).join(born, on="customer_id", how="inner")
    above = nw.when(_under_thirty("birth_year")).then(nw.col("paid")).otherwise(0)
    return rows.select(*ORIGIN, *SPLITS, above=above, below=nw.col("paid"), cluster=nw.col("owner"))


def _lines(reading: Reading, window: Window) -> Frame:
    """Lines of known category, which is ``cell``."""
    rows = lines(reading, window).filter(~nw.col("category").is_null()).with_columns(cell=nw.col("category"))
    return rows.join(reading.fact("orders").select("order_id", "bucket"), on="order_id", how="left")


def _part(rows: Frame, chosen: nw.Expr) -> Frame:
    """Paid for the chosen lines, weighted by what was paid for all."""
    amount = nw.when(chosen).then(nw.col("paid")).otherwise(0)
    return rows.select(*LINE_ORIGIN, "cell", amount=amount, weight=nw.col("paid"), **CLUSTER)


def _new_goods(reading: Reading, window: Window) -> Frame:
    rows = with_product(_lines(reading, window), reading, "launched_at").filter(~nw.col("launched_at").is_null())
    return _part(rows, nw.col("day") - day_of_moment(nw.col("launched_at")) <= NEW_DAYS)


def _young_buyers(reading: Reading, window: Window) -> Frame:
    born = profiles(reading, "birth_year").filter(~nw.col("birth_year").is_null())
    return _part(_lines(reading, window).join(born, on="customer_id", how="inner"), _under_thirty("birth_year"))


def _companies(reading: Reading, window: Window) -> Frame:
    known = profiles(reading, "buyer_type").filter(~nw.col("buyer_type").is_null())
    return _part(_lines(reading, window).join(known, on="customer_id", how="inner"), nw.col("buyer_type") == "company")


def _technical(reading: Reading, window: Window) -> Frame:
    """Sales by main category; those with a technical ticket."""
    asked = reading.table("tickets").filter(nw.col("category") == "technical").select("order_id", asked=nw.lit(SCALE))
    rows = sales(reading, window).filter(~nw.col("category").is_null())
    found = rows.join(asked.filter(~nw.col("order_id").is_null()).unique(), on="order_id", how="left")
    amount, cell = nw.col("asked").fill_null(0), nw.col("category")
    return found.select(*ORIGIN, cell=cell, amount=amount, weight=nw.lit(SCALE), **CLUSTER)


def _back(reading: Reading, window: Window) -> Frame:
    """First purchases by main category watched for 90 days, and those followed by another within 90 days."""
    second = reading.fact("customers").select("customer_id", "second_day")
    old = nw.col("day") + BACK_DAYS <= day_number(window.data.end)
    firsts = sales(reading, window).filter(nw.col("is_first"), old, ~nw.col("category").is_null())
    rows = firsts.join(second, on="customer_id", how="inner")
    came = nw.when(nw.col("second_day") - nw.col("day") <= BACK_DAYS).then(SCALE).otherwise(0)
    return rows.select(*ORIGIN, cell=nw.col("category"), amount=came, weight=nw.lit(SCALE), **CLUSTER)


def share_in(categories: tuple[str, ...] | None) -> Statistic:
    """Amount ÷ weight in these categories, in all of them for None."""

    def statistic(sums: Sums) -> float | None:
        parts = [part for cell, part in sums.items() if categories is None or cell in categories]
        amount, weight = (sum(part[i] for part in parts) for i in (0, 1))
        return amount / weight if weight > 0 else None

    return statistic


def _by_category(cut: Cut) -> Analysed:
    """The share over all categories, and in each of them."""

    def groups(reading: Reading, window: Window) -> Mapping[str, Answered]:
        rows = cut(reading, window)
        found = sorted(collected(rows.select("cell").unique())["cell"])
        return {name: answered(rows.filter(nw.col("cell") == name), share_in(None), window) for name in found}

    plain = of_cells(cut, share_in(None))
    return Analysed(answer=plain.answer, rows=plain.rows, groups={"category": groups})


def _partners(reading: Reading) -> Frame:
    """Fees; ``above`` those for logistics, payment and credit. Sellers are the cases."""
    fees = Of(table="platform_fees", day="date", by={"seller": "seller_id"})
    above = nw.when(nw.col("type").is_in(PARTNERS)).then(nw.col("amount")).otherwise(0)
    cluster = nw.coalesce("seller_id", "fee_id")
    return fees.rows(reading, above=above, below=nw.col("amount"), cluster=cluster)


def _reading(name: str, zh: str, en: str, cut: Cut) -> Definition:
    how = _by_category(cut)
    return Definition(
        id=name,
        name=Text(zh, en),
        meaning=Text(f"每个类目的{zh}。", f"{en} in each category."),
        how=how,
        source="Doc B, B7.3",
    )


INDUSTRIES = (
    indicator(
        "young_buyer_share",
        Measured(rows=_young, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
    ),
    indicator(
        "industry_profile",
        _by_category(_new_goods),
        _reading("young_buyers", "年轻客占比", "Share of young customers", _young_buyers),
        _reading("companies", "企业客占比", "Share of companies", _companies),
        _reading("technical", "技术工单率", "Technical tickets per order", _technical),
        _reading("repurchase", "首购后 90 天复购率", "90-day repurchase", _back),
    ),
    indicator(
        "partner_revenue_share",
        Measured(rows=_partners, summary=Summary.RATIO, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE)),
    ),
)
