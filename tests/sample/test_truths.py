"""What was planted is found again in the committed files, after the importer, with the product's own methods."""

from datetime import date, timedelta
from math import log

import narwhals as nw
import polars as pl
import pytest

from ecodash.analysis.fair_comparison import Comparison, Design, compare
from ecodash.analysis.landmark import BEFORE, landmark_table
from ecodash.core.period import Period, day_number
from ecodash.metrics.query import Query
from ecodash.sample import effects, truths
from ecodash.sample.brand import COLUMN
from ecodash.sample.places import CARRIERS
from ecodash.sample.plan import CONTACT_EFFECT, ELASTICITY, LATE_CARRIER, RAISED_TO, Plan
from ecodash.sample.shop import Shop, imagine
from ecodash.session import Session
from tests.sample.test_lists import table

END = date(2026, 6, 30)
PLAN = Plan(orders=0, seed=0, end=END)


@pytest.fixture(scope="module")
def large() -> Shop:
    """Large enough for a truth to stand out of the noise; never written."""
    return imagine(Plan(orders=150_000, seed=1, end=END))


def fact(session: Session, name: str) -> pl.DataFrame:
    return session.source.fact(name).collect("polars").to_native()


def compared(session: Session, status: str) -> Comparison:
    """Buyers of the mini-program on day 30, repurchase on days 31 to 120."""
    orders = fact(session, "orders").filter("is_sale", pl.col("customer_id").is_not_null())
    buyers = fact(session, "customers").filter(pl.col("first_platform") == "youzan")
    people = buyers.select(pl.col("customer_id").alias("customer"), "first_day", pl.col(status).alias("status_day"))
    purchases = orders.select(pl.col("customer_id").alias("customer"), "day", pl.col("paid").alias("value"))
    rows = landmark_table(people, purchases, landmark=30, window=90, last_day=day_number(END))
    found = compare(rows, Design(covariates=BEFORE))
    assert isinstance(found, Comparison)
    return found


# ------------------------------------------------------------------------------- the programme without effect


def test_members_seem_to_come_back_far_more_often(session: Session) -> None:
    buyers = fact(session, "customers").filter(
        pl.col("first_platform") == "youzan", pl.col("first_day") <= day_number(END) - 90
    )
    again = (pl.col("second_day") - pl.col("first_day") <= 90).fill_null(value=False)
    rates = buyers.group_by(pl.col("member_day").is_not_null().alias("member")).agg(again.mean())
    shares = dict(rates.rows())
    assert shares[True] - shares[False] > 0.20


def test_compared_with_their_like_members_do_not_come_back_more_often(session: Session) -> None:
    effect = compared(session, "member_day").effect.interval
    assert effect.low < 0 < effect.high
    assert effect.high - effect.low < 0.25


def test_in_a_large_shop_the_effect_of_membership_is_nothing(large: Shop) -> None:
    buyers = effects.first_purchases(large)
    fair = effects.fair_member_gap(buyers, end=END)
    assert effects.naive_member_gap(buyers, end=END).points > 0.20
    assert abs(fair.points) < 3 * fair.error < 0.04


def test_a_difference_of_two_strata_is_weighted_by_hand() -> None:
    """Strata of 2 + 2 and 1 + 3 buyers: (1·½ + ¾·(1 − ⅓)) / (1 + ¾) = 4/7."""
    start = date(2026, 1, 1)
    rows = pl.DataFrame(
        {
            "first": [start] * 8,
            "joined": [start, start, None, None, start, None, None, None],
            "early": [1, 1, 1, 1, 2, 2, 2, 2],
            "later": [True, False, False, False, True, True, False, False],
        },
        schema_overrides={"joined": pl.Date},
    )
    gap = effects.fair_member_gap(rows, end=END)
    assert gap.points == pytest.approx((1 * 0.5 + 0.75 * (1 - 1 / 3)) / 1.75)
    assert (gap.with_it, gap.without) == ((3, 2), (5, 1))


# ------------------------------------------------------------------------------- the one true effect


def test_a_contact_brings_buyers_back_and_the_interval_holds_the_planted_effect(
    session: Session, imagined: Shop
) -> None:
    contacts, brought = effects.brought_by_contact(imagined, effects.first_purchases(imagined))
    effect = compared(session, "private_joined_day").effect.interval
    assert effect.low > 0
    assert effect.low < brought / contacts < effect.high
    assert brought / contacts == pytest.approx(CONTACT_EFFECT, abs=0.02)


def test_in_a_large_shop_a_contact_is_worth_the_planted_points(large: Shop) -> None:
    buyers = effects.first_purchases(large)
    contacts, brought = effects.brought_by_contact(large, buyers)
    gap = effects.contact_gap(buyers, end=END)
    assert brought / contacts == pytest.approx(CONTACT_EFFECT, abs=0.01)
    assert abs(gap.points - CONTACT_EFFECT) < 3 * gap.error < 0.04


# ------------------------------------------------------------------------------- goods


def test_while_the_bottle_is_out_nothing_of_it_is_sold_and_what_was_lost_is_what_it_used_to_sell(large: Shop) -> None:
    alike = ("HF-BOTTLE-500", "HF-LAMP-01", "HF-MUG-01")  # the same season, always in stock
    gone = (PLAN.day(PLAN.stock_out.start), PLAN.day(PLAN.stock_out.end))
    near = pl.col("day").is_between(gone[0] - 80, gone[0] - 1) | pl.col("day").is_between(gone[1] + 1, gone[1] + 80)
    bottle, others = truths.sold(large, (PLAN.stock_out_sku,)), truths.sold(large, alike)
    ratio = bottle.filter(near)["qty"].sum() / others.filter(near)["qty"].sum()
    assert bottle.filter(pl.col("day").is_between(*gone)).is_empty()
    assert large.lost["day"].is_between(*gone).all()
    expected = ratio * others.filter(pl.col("day").is_between(*gone))["qty"].sum()
    assert large.lost["units"].sum() == pytest.approx(expected, rel=0.15)


def test_the_bottle_is_missing_from_the_sales_of_these_days_and_from_all_stock(session: Session) -> None:
    days = fact(session, "product_days").filter(pl.col("sku_id") == PLAN.stock_out_sku, pl.col("qty") > 0)["day"]
    out = (day_number(PLAN.stock_out.start), day_number(PLAN.stock_out.end))
    at_home = days.filter(days.is_between(*out))
    assert at_home.is_empty()
    assert days.is_between(out[0] - 21, out[0] - 1).sum() > 5


def test_dead_and_new_products_end_and_begin_where_planted(session: Session) -> None:
    days = fact(session, "product_days").filter(pl.col("qty") > 0).group_by("sku_id").agg(
        first=pl.col("day").min(), last=pl.col("day").max()
    )  # fmt: skip
    ends = {sku: (first, last) for sku, first, last in days.rows()}
    assert ends[PLAN.dead_sku][1] <= day_number(PLAN.dead_after) + 1  # paid past midnight
    assert ends[PLAN.new_sku][0] >= day_number(PLAN.launched)
    stock = table(session, "inventory").filter(pl.col("sku_id") == PLAN.dead_sku, pl.col("snapshot_date") == END)
    assert stock.filter(pl.col("location_id") != "Oakland")["on_hand_qty"].sum() == 460 * 10_000


def test_the_price_of_the_coffee_rises_and_demand_falls_by_its_elasticity(large: Shop) -> None:
    """Against three products of the same season that keep theirs, platform by platform."""
    others = ("HF-MUG-01", "HF-SOCK-3", "HF-LAMP-01")
    rows = truths.sold(large, (PLAN.price_sku, *others)).with_columns(
        coffee=pl.col("product") == COLUMN[PLAN.price_sku], late=pl.col("day") >= PLAN.day(PLAN.raised)
    )
    rows = rows.filter(pl.col("day") >= PLAN.day(PLAN.repriced))
    ratio = rows.group_by("platform", "late").agg(
        pl.col("qty").filter("coffee").sum() / pl.col("qty").filter(~pl.col("coffee")).sum()
    )
    both = ratio.filter("late").join(ratio.filter(~pl.col("late")), on="platform")
    fall = (both["qty"] / both["qty_right"]).log().median()
    assert fall == pytest.approx(ELASTICITY * log(RAISED_TO[0] / 6_900), abs=0.12)


def test_the_committed_coffee_costs_more_from_that_day_on(session: Session) -> None:
    lines = table(session, "order_items").filter(pl.col("sku_id") == PLAN.price_sku, pl.col("unit_price") > 0)
    days = table(session, "orders").select("order_id", pl.col("created_at").dt.date().alias("day"), "platform")
    rows = lines.join(days, on="order_id").filter(pl.col("platform") == "taobao_tmall")
    old = rows.filter(pl.col("day") < PLAN.raised)["unit_price"].max()
    new = rows.filter(pl.col("day") >= PLAN.raised)["unit_price"].max()
    assert (old, new) == (690_000, 860_000)


@pytest.mark.parametrize(("sku", "high", "low"), [("HF-TENT-2P", (5, 7), (11, 1)), ("HF-FLEECE-M", (11, 1), (5, 7))])
def test_tents_sell_in_summer_and_fleece_in_winter(
    session: Session, sku: str, high: tuple[int, int], low: tuple[int, int]
) -> None:
    days = fact(session, "product_days").filter(pl.col("sku_id").str.starts_with(sku[:8]))
    month = pl.from_epoch(pl.col("day"), time_unit="d").dt.month()
    units = dict(days.group_by(month.alias("month")).agg(pl.col("qty").sum()).rows())

    def season(ends: tuple[int, int]) -> int:
        months = [m % 12 + 1 for m in range(ends[0] - 1, ends[0] + (ends[1] - ends[0]) % 12)]
        return sum(units.get(m, 0) for m in months)

    assert season(high) > 3 * season(low)


def test_the_south_buys_less_for_the_winter(large: Shop) -> None:
    fleece = large.lines.filter(pl.col("product").is_in([COLUMN["HF-FLEECE-M"], COLUMN["HF-SHELL-M"]]))
    orders = large.orders.filter(pl.col("platform") == "taobao", pl.col("cause") == "usual")
    has = pl.col("order").is_in(fleece["order"].implode())
    shares = dict(orders.group_by("warehouse").agg(has.mean()).drop_nulls().rows())
    assert shares[1] < 0.75 * shares[0]


# ------------------------------------------------------------------------------- mix, days, refunds


def test_the_value_of_an_order_rises_on_every_platform_and_falls_in_total(session: Session, imagined: Shop) -> None:
    means = []
    for year in PLAN.years:
        parts = session.compute(["aov"], Query(window=year, by="platform"))
        (whole,) = session.compute(["aov"], Query(window=year))
        means.append({part.by["platform"]: part.value for part in parts} | {"": whole.value})
    before, after = means
    assert set(before) == set(after)
    assert len(before) == 8
    falling = {name for name in before if (after[name] or 0) < (before[name] or 0)}
    assert falling == {""}
    planted = truths.order_values(imagined).row(-1, named=True)
    assert (before[""], after[""]) == (pytest.approx(planted["before"]), pytest.approx(planted["after"]))


def test_618_and_double_11_stand_out_of_their_months(session: Session) -> None:
    for feast in (date(2025, 6, 18), date(2025, 11, 11)):
        (day,) = session.compute(["orders"], Query(window=Period(feast, feast)))
        month = Period(feast - timedelta(days=60), feast - timedelta(days=31))
        (usual,) = session.compute(["orders"], Query(window=month))
        assert (day.value or 0) > 2.5 * (usual.value or 0) / 30


@pytest.mark.parametrize("new_year", [date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17)])
def test_parcels_rest_around_lunar_new_year_wherever_it_falls(large: Shop, new_year: date) -> None:
    days = large.orders.filter(pl.col("platform").is_in(["taobao", "jd"]))["created"].dt.date()
    rest = days.is_between(new_year - timedelta(days=3), new_year + timedelta(days=6)).sum() / 10
    before = days.is_between(new_year - timedelta(days=24), new_year - timedelta(days=4)).sum() / 21
    assert rest < 0.6 * before


def test_the_refund_wave_is_about_two_products_and_their_quality(session: Session) -> None:
    back = table(session, "returns").filter(pl.col("reason") == "quality")
    assert back.height >= 3
    assert set(back["sku_id"]) == set(PLAN.wave_skus)
    wave = PLAN.wave
    assert back["requested_at"].dt.date().is_between(wave.start, wave.end + timedelta(days=20)).all()


# ------------------------------------------------------------------------------- orders that only look bought, parcels


def test_brushing_is_one_amount_in_minutes_to_one_street_with_stars_and_without_parcels(
    session: Session, imagined: Shop
) -> None:
    orders = table(session, "orders").filter(pl.col("platform") == "taobao_tmall", pl.col("paid_at").is_not_null())
    bursts = orders.with_columns(
        minute=pl.col("created_at").dt.truncate("10m"), same=pl.len().over(pl.col("created_at").dt.truncate("10m"), "paid_amount")
    ).filter(pl.col("same") >= 5)  # fmt: skip
    assert bursts.height == truths.brushing(imagined).height
    assert bursts["paid_amount"].n_unique() == 1
    assert set(bursts["created_at"].dt.date()) == set(PLAN.brushing)
    assert bursts["refund_amount"].fill_null(0).sum() == 0
    buyers = orders.filter(pl.col("customer_id").is_in(bursts["customer_id"].implode()))
    assert buyers.height == bursts.height  # never seen before or again
    reviews = table(session, "reviews").join(bursts.select("order_id", "completed_at"), on="order_id")
    assert reviews.height == bursts.height
    assert (reviews["rating"] == 5 * 10_000).all()
    assert (reviews["reviewed_at"] - reviews["completed_at"] <= timedelta(hours=1)).all()
    parcels = table(session, "shipments")
    assert not parcels["order_id"].is_in(bursts["order_id"].implode()).any()


def test_one_carrier_is_late(session: Session) -> None:
    parcels = table(session, "shipments").filter(pl.col("delivered_at").is_not_null())
    late = (pl.col("delivered_at").dt.date() > pl.col("promised_at").dt.date()).mean()
    shares = dict(parcels.filter(pl.col("carrier").is_in(CARRIERS)).group_by("carrier").agg(late).rows())
    slow = shares.pop(CARRIERS[LATE_CARRIER])
    assert slow > 0.25
    assert max(shares.values()) < 0.06


def test_parcels_from_home_take_longer_abroad_than_those_of_the_warehouse_there(session: Session) -> None:
    parcels = table(session, "shipments").filter(pl.col("ship_country") != "CN", pl.col("delivered_at").is_not_null())
    days = (pl.col("delivered_at") - pl.col("shipped_at")).dt.total_days()
    means = dict(parcels.group_by(pl.col("from_location_id") == "Oakland").agg(days.mean()).rows())
    assert means[False] > 2 * means[True]


def test_shops_are_told_apart_by_the_stores_of_their_orders(session: Session) -> None:
    answers = session.compute(["orders"], Query(by="store", where=(("platform", ("store",)),)))
    counts = {answer.by["store"]: answer.value for answer in answers}
    assert set(counts) == {"STORE-HZ", "STORE-CD", "STORE-SZ"}
    assert min(value or 0 for value in counts.values()) > 50


def test_a_list_by_phone_meets_the_export_of_the_mini_program(session: Session) -> None:
    buyers = fact(session, "customers").filter(pl.col("first_platform") == "youzan")
    years = table(session, "customers").filter(pl.col("birth_year").is_not_null())
    assert buyers.join(years, on="customer_id").height == buyers.height
    stores = session.source.fact("orders").filter(nw.col("platform") == "store").collect("polars").to_native()
    assert stores.filter(pl.col("customer_id").is_in(buyers["customer_id"].implode())).height > 50
