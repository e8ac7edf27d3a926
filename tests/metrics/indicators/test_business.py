"""Marketplaces, companies, factories, kinds of platforms, revenue, services and intake: shops worked out by hand."""

from datetime import date
from math import log
from pathlib import Path

import pytest

from ecodash.core.estimate import Status
from ecodash.core.schema import TABLES
from ecodash.metrics.analysed import answer as method_answer
from ecodash.metrics.behind import of_cases, shown
from ecodash.metrics.computing import compute
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.indicators.business import BUSINESS
from ecodash.metrics.metric import Analysed, Measured, OfWindow
from ecodash.metrics.query import Query
from ecodash.metrics.reading import Reading
from ecodash.metrics.recount import recount
from ecodash.session import Session
from tests.metrics.indicators.small import Small, ask, line, sheet, sold

BY_ID = {metric.id: metric for metric in BUSINESS}


class Loaded(Small):
    """A shop whose newest file was loaded on 10 January 2026."""

    def last_load(self, *, as_of: int | None = None) -> date | None:
        assert as_of is None
        return date(2026, 1, 10)


MARKET = Small(
    {
        "sellers": sheet(
            "seller_id kind mode joined_at verified_at suspended_at",
            ("s1", "individual", "third_party", "2025-01-01", "2025-01-02", None),
            ("s2", "merchant", "third_party", "2025-01-01", None, "2025-06-01"),
            ("s3", "brand", "self", "2024-12-01", None, None),
            ("s4", "individual", "third_party", "2025-06-20", None, None),
        ),
        "orders": sold(
            "",
            ("1", "a", "2025-01-11", 100), ("2", "a", "2025-03-15", 100), ("3", "b", "2025-01-21", 300),
            ("4", "b", "2025-06-20", 300), ("5", "c", "2025-06-30", 200), ("6", "c", "2025-06-30", 100),
        ),
        "order_items": line(
            ("1", "x", 1, 100, "s1"), ("2", "x", 1, 100, "s1"), ("3", "y", 1, 300, "s2"),
            ("4", "y", 1, 300, "s2"), ("5", "z", 1, 200, "s3"), ("6", "z", 1, 100, None), more="seller_id",
        ),
        "platform_fees": sheet(
            "fee_id seller_id date type order_id amount",
            ("1", "s1", "2025-01-15", "listing", None, 30), ("2", None, "2025-01-11", "commission_base", "1", 5),
            ("3", "s2", "2025-02-20", "listing", None, 99), ("4", "s2", "2025-06-20", "ad", None, 10),
            ("5", "s1", "2025-03-01", "data", None, 20), ("6", "s2", "2025-01-21", "commission_extra", "3", 15),
            ("7", None, "2025-06-30", "commission_base", "6", 50),
        ),
        "incidents": sheet("incident_id seller_id type started_at", ("1", "s1", "brushing", "2025-02-01 10:00")),
        "products": sheet("sku_id category_l1", ("x", "c"), ("y", "c"), ("z", "c")),
    }
)  # fmt: skip
GROWING = Small(
    {
        "orders": sold(
            "",
            ("1", "a", "2024-01-01", 10), ("2", "a", "2024-05-01", 10), ("3", "a", "2025-02-01", 10),
            ("4", "a", "2025-04-10", 10), ("5", "b", "2025-05-10", 10), ("6", "c", "2025-06-30", 10),
        ),
        "order_items": line(
            ("1", "x", 1, 10, "s1"), ("2", "x", 1, 10, "s1"), ("3", "x", 1, 10, "s1"),
            ("4", "x", 1, 10, "s1"), ("5", "x", 1, 10, "s2"), ("6", "x", 1, 10, "s2"), more="seller_id",
        ),
    }
)  # fmt: skip
TRUST = Small(
    {
        "orders": sold(
            "fulfilment completed_at settled_at",
            ("1", "a", "2026-01-01 10:00", 10, "delivery", "2026-01-05 10:00", "2026-01-06 10:00"),
            ("2", "a", "2026-01-02 10:00", 10, "delivery", "2026-01-05 10:00", "2026-01-04 10:00"),
            ("3", "a", "2026-01-03 10:00", 10, "delivery", "2026-01-05 10:00", None),
            ("4", "b", "2026-01-01 10:00", 10, "delivery", "2026-01-05 10:00", None),
            ("5", "c", "2026-01-01 10:00", 10, "digital", "2026-01-05 10:00", None),
            ("6", "d", "2026-01-01 10:00", 10, "delivery", "2026-01-05 10:00", None),
        ),
        "order_items": line(*((str(i), "x", 1, 10, "s1" if i < 6 else None) for i in range(1, 7)), more="seller_id"),
        "shipments": sheet("shipment_id order_id shipped_at", ("1", "3", "2026-01-03 12:00")),
        "reviews": sheet("review_id order_id rating reviewed_at", ("1", "1", 5, "2026-01-05 10:30"), ("2", "4", 5, "2026-01-09 10:00")),
        "tickets": sheet("ticket_id order_id category", ("1", "4", "fake"), ("2", "1", "enquiry")),
        "returns": sheet("return_id order_id reason", ("1", "4", "fake"), ("2", "6", "fake"), ("3", "2", "size")),
        "incidents": sheet("incident_id type", ("1", "fake_goods")),
    }
)  # fmt: skip
BASKET = Small(
    {
        "orders": sold(
            "channel_id group_id order_type",
            ("1", "a", "2026-04-01", 30, "stage", None, "custom"), ("2", "b", "2026-04-01", 10, "web", None, "normal"),
            ("3", "b", "2026-04-01", 50, "web", "g", "auction"), ("4", "b", "2026-04-01", 10, "web", None, None),
        ),
        "order_items": line(
            ("1", "x", 5, 30, None, 10, 20), ("2", "y", 1, 10, "s1", 30, 5),
            ("3", "z", 1, 50, None, 20, None), ("4", "w", 1, 10, "s2", 20, None), more="seller_id list_price cost_amount",
        ),
        "products": sheet(
            "sku_id category_l1 kind supplier_id launched_at",
            ("x", "c1", "goods", "f", "2026-01-01"), ("y", "c1", "goods", "d", "2026-01-02"),
            ("z", "c2", "digital", None, "2025-01-01"), ("w", "c2", "handmade", None, None),
        ),
        "sellers": sheet("seller_id kind mode", ("s1", "merchant", "third_party"), ("s2", "merchant", "joint")),
        "suppliers": sheet("supplier_id kind", ("f", "factory"), ("d", "distributor")),
        "customers": sheet("customer_id buyer_type", ("a", "company"), ("b", "person")),
        "channels": sheet("channel_id kind", ("stage", "live"), ("web", "web")),
        "referrals": sheet("referral_id order_id", ("1", "4"), ("2", None)),
        "rival_prices": sheet("date sku_id rival price", ("2026-04-01", "x", "r", 5), ("2026-04-01", "x", "q", 7), ("2026-04-01", "z", "r", 40)),
    }
)  # fmt: skip
ACCOUNTS = Small(
    {
        "orders": [
            {**row, "created_at": created}
            for created, row in zip(
                ("2023-07-08", "2024-07-28", "2025-06-24", "2023-07-24", "2025-06-30", "2025-06-30", "2025-06-29"),
                sold(
                    "",
                    ("1", "a", "2023-07-10", 100), ("2", "a", "2024-08-01", 200), ("3", "a", "2025-06-30", 300),
                    ("4", "c", "2023-08-01", 400), ("5", "b", "2025-06-30", 50), ("6", "d", "2025-06-30", 50),
                    ("7", "d", "2025-06-29", 60),
                ),
                strict=True,
            )
        ],
        "order_items": line(*((str(i), "x", 1, paid) for i, paid in enumerate((100, 200, 300, 400), 1))),
        "customers": sheet("customer_id buyer_type", ("a", "company"), ("c", "company"), ("b", "person"), ("d", "person")),
    }
)  # fmt: skip
SERVED = Small(
    {
        "orders": sold(
            "",
            ("1", "a", "2024-01-02", 10), ("2", "a", "2024-02-01", 11), ("3", "a", "2024-03-01", 50),
            ("4", "a", "2024-04-01", 60), ("5", "a", "2025-06-01", 10), ("6", "a", "2025-12-31", 10),
        ),
        "order_items": line(
            ("1", "x", 1, 10, "user"), ("2", "x", 1, 11, "other"), ("3", "x", 1, 50, "big"),
            ("4", "x", 1, 60, "huge"), ("5", "x", 1, 10, "user"), ("6", "x", 1, 10, "huge"), more="seller_id",
        ),
        "platform_fees": sheet("fee_id seller_id date type amount", ("1", "user", "2024-05-01", "data", 9), ("2", "huge", "2024-05-01", "ad", 9)),
    }
)  # fmt: skip
JOBS = Small(
    {
        "custom_jobs": sheet(
            "job_id order_id requested_at design_confirmed_at production_started_at production_finished_at installed_at "
            "revisions install_error_mm accepted_first_time",
            ("1", "o1", "2026-01-01 00:00", "2026-01-03 00:00", "2026-01-04 00:00", "2026-01-10 00:00", "2026-01-12 00:00", 1, 0.5, True),
            ("2", None, "2026-01-02 00:00", None, None, None, None, 5, None, None),
            ("3", "o3", "2026-04-01 00:00", "2026-04-02 00:00", "2026-04-04 00:00", "2026-04-07 00:00", "2026-04-10 00:00", 3, -1.5, False),
        )
    }
)  # fmt: skip
BATCHES = Small(
    {
        "orders": sold("", ("1", "a", "2026-01-10", 28), ("2", "a", "2026-02-01", 9)),
        "order_items": line(("1", "x", 28, 28), ("2", "x", 999, 9)),
        "purchase_orders": sheet(
            "po_id sku_id ordered_at qty",
            ("1", "x", "2026-01-29", 7), ("2", "x", "2026-01-29", 8), ("3", "never", "2026-01-29", 1),
        ),
    }
)  # fmt: skip
COMMISSIONS = Small(
    {
        "orders": sold("", ("1", "a", "2026-01-01", 100), ("2", "a", "2026-01-02", 200), ("3", "a", "2026-01-03", 300)),
        "order_items": line(("1", "x", 1, 100, "s1"), ("2", "x", 1, 200, "s1"), ("3", "x", 1, 300, "s1"), more="seller_id"),
        "products": sheet("sku_id category_l1", ("x", "c")),
        "platform_fees": sheet(
            "fee_id seller_id date type order_id amount",
            *((str(i), "s1", f"2026-01-0{i}", "commission_base", str(i), fee) for i, fee in ((1, 12), (2, 22), (3, 32))),
        ),
    }
)  # fmt: skip
PANEL = Small(
    {
        "orders": sold("", *((f"{s}{m}", "a", f"2026-0{m}-05", paid) for s, m, paid in
                             (("1", 1, 100), ("2", 1, 100), ("3", 1, 100), ("1", 2, 100), ("2", 2, 200), ("3", 2, 400)))),
        "order_items": line(*((f"{s}{m}", "x", 1, paid, f"s{s}") for s, m, paid in
                              (("1", 1, 100), ("2", 1, 100), ("3", 1, 100), ("1", 2, 100), ("2", 2, 200), ("3", 2, 400))), more="seller_id"),
        "platform_fees": sheet(
            "fee_id seller_id date type amount",
            *((f"{s}{m}", f"s{s}", f"2026-0{m}-05", "listing", fee) for s, m, fee in
              (("1", 1, 10), ("2", 1, 10), ("3", 1, 10), ("1", 2, 30), ("2", 2, 40), ("3", 2, 40))),
        ),
    }
)  # fmt: skip
LEFT = Small(
    {
        "orders": sold("", ("1", "a", "2026-01-05", 100)),
        "order_items": line(("1", "x", 1, 100, 60), more="cost_amount"),
        "returns": sheet("return_id order_id requested_at refunded_at accepted refund_amount", ("1", "1", "2026-01-06 10:00", "2026-01-06 10:00", True, 10)),
        "shipments": sheet("shipment_id order_id shipped_at freight_cost", ("1", "1", "2026-01-05 12:00", 5)),
        "ad_spend": sheet("date campaign_id seller_id spend", ("2026-01-05", "c", None, 3), ("2026-01-05", "d", "s1", 77)),
        "platform_fees": sheet(
            "fee_id seller_id date type order_id amount",
            ("1", None, "2026-01-05", "membership", None, 8), ("2", None, "2026-01-05", "commission_base", "1", 2),
        ),
    }
)  # fmt: skip
ADVERTS = Small(
    {
        "ad_spend": sheet(
            "date campaign_id seller_id billing placement impressions spend",
            ("2026-01-01", "1", "s1", "bid_cpc", "home", 1000, 40), ("2026-01-02", "2", "s1", "fixed", "search", 3000, 60),
            ("2026-01-02", "3", None, "fixed", "home", 3000, 99),
        )
    }
)  # fmt: skip
PLACES = Small(
    {
        "capacity_daily": sheet(
            "date asset_id type capacity used no_show",
            ("2026-01-01", "r1", "room", 10, 5, 1), ("2026-01-02", "r1", "room", 10, 8, 2),
        ),
        "auctions": sheet(
            "auction_id order_id ended_at reference_price bidders final_price",
            ("1", "o1", "2026-01-01 10:00", 100, 1, 80), ("2", "o2", "2026-01-02 10:00", 100, 4, 120), ("3", None, "2026-01-03 10:00", 100, 1, None),
        ),
    }
)  # fmt: skip
FILES = Loaded(
    {
        "customers": sheet("customer_id", ("k1",), ("13800138000",)),
        "orders": sold("", ("1", "k1", "2026-01-04", 10), ("2", None, "2026-01-03", 10)),
        "order_items": line(("1", "x", 1, 10), ("9", "x", 1, 10)),
    }
)

CASES = [
    ("active_sellers", None, MARKET, 2),  # s2 and s3 in June
    ("active_seller_growth", None, GROWING, 2 / 1 - 1),
    ("individual_seller_share", None, MARKET, 200 / 1100),
    ("seller_first_sale_days", None, MARKET, 20),  # 10, 20, 211, and s4 waiting since 10 days
    ("seller_entry_cost", None, MARKET, 30 / 3),  # s1 30, s2 and s3 nothing in time, s4 too young
    ("seller_retention_90d", None, MARKET, 1 / 3),  # s1 sold on day 73
    ("seller_top10_share", None, MARKET, 600 / 800),
    ("verified_seller_share", None, MARKET, 200 / 800),
    ("seller_violation_rate", None, MARKET, 2 / 3),
    ("suspected_brushing_share", None, TRUST, 2 / 4),  # 1: unsent and praised at once; 2: unsent and often
    ("fake_goods_rate", None, TRUST, 1000 * 2 / 6),
    ("escrow_share", None, TRUST, 1 / 2),
    ("price_dispersion", None, BASKET, (40 * 10 / 20 + 60 * 0) / 100),
    ("long_tail_share", None, BASKET, 70 / 100),  # x sells most units
    ("niche_kind_share", None, BASKET, 10 / 100),
    ("third_party_variety_gain", None, BASKET, 1 / 4),
    ("b2b_gmv_share", None, BASKET, 30 / 100),
    ("b2b_aov_ratio", None, ACCOUNTS, 250 / 50),
    ("b2b_frequency_ratio", None, ACCOUNTS, 2 / 1.5),
    ("account_retention", None, ACCOUNTS, 1 / 2),
    ("repeat_pair_gmv_share", None, ACCOUNTS, 600 / 1000),
    ("decision_days", None, ACCOUNTS, (4 + 6) / 2),  # 2, 4, 6, 8 days
    ("decision_days", "everybody", ACCOUNTS, 2),
    ("vas_attach_rate", None, MARKET, 1 / 3),
    ("vas_retention_gap", None, SERVED, 1 - 0),  # the lowest band: one user who stays, one other who leaves
    ("custom_order_share", None, BASKET, 30 / 100),
    ("custom_conversion_rate", None, JOBS, 1 / 2),
    ("production_cycle_days", None, JOBS, 4.5),
    ("production_cycle_days", "p90", JOBS, 6),
    ("production_cycle_change", None, JOBS, 3 / 6 - 1),
    ("request_to_install_days", None, JOBS, 10),
    ("request_to_install_days", "design", JOBS, 1.5),
    ("request_to_install_days", "queue", JOBS, 1.5),
    ("request_to_install_days", "production", JOBS, 4.5),
    ("request_to_install_days", "installation", JOBS, 2.5),
    ("design_revisions", None, JOBS, 2),
    ("install_within_1mm_rate", None, JOBS, 1 / 2),
    ("first_accept_rate", None, JOBS, 1 / 2),
    ("small_batch_share", None, BATCHES, 1 / 2),
    ("factory_gmv_share", None, BASKET, 30 / 100),
    ("price_gap_vs_rival", None, BASKET, (30 * 0 + 50 * (50 / 40 - 1)) / 80),
    ("new_sku_gmv_share", None, BASKET, 40 / 100),  # x 90 days old, y 89
    ("gross_margin_rate", None, BASKET, (40 - 25) / 40),
    ("category_entropy", None, BASKET, -(0.4 * log(0.4) + 0.6 * log(0.6)) / log(20)),
    ("category_hhi", None, BASKET, 0.4**2 + 0.6**2),
    ("top_category_share", None, BASKET, 0.6),
    ("self_operated_gmv_share", None, BASKET, 80 / 100),
    ("third_party_gmv_share", None, BASKET, 10 / 100),
    ("joint_gmv_share", None, BASKET, 10 / 100),
    ("social_gmv_share", None, BASKET, 90 / 100),
    ("take_rate", None, MARKET, 179 / 800),  # the commission of the own order 6 is no revenue
    ("commission_rate_effective", None, MARKET, 20 / 800),
    ("extra_commission_share", None, MARKET, 15 / 20),
    ("commission_fixedness", None, COMMISSIONS, 3 * 2 / 66),  # 2 + 10 %
    ("trade_activity_index", None, GROWING, (3 / 1 * 2 / 1) ** 0.5),
    ("ad_revenue_share", None, MARKET, 10 / 179),
    ("ad_monetisation_rate", None, MARKET, 10 / 1100),
    ("ad_billing_mix", None, ADVERTS, 0.4),
    ("ad_placement_yield", None, ADVERTS, 1000 * 100 / 4000),
    ("vas_revenue_share", None, MARKET, 20 / 179),
    ("vas_revenue_by_type", None, MARKET, 20),
    ("data_revenue_share", None, MARKET, 20 / 179),
    ("revenue_hhi", None, LEFT, (40**2 + 8**2) / 48**2),
    ("seller_fee_burden", None, MARKET, round((55 / 200 + 124 / 600) / 2, 6)),
    ("seller_fee_burden", "p90", MARKET, 55 / 200),
    ("fee_elasticity", None, PANEL, -log(2) / 0.1),
    ("contribution_margin_rate", None, LEFT, (40 - 10 + 8 - 5 - 3 - 2) / 100),
    ("service_gmv_share", None, BASKET, 50 / 100),
    ("utilisation_rate", None, PLACES, 13 / 20),
    ("no_show_rate", None, PLACES, 3 / 16),
    ("auction_gmv_share", None, BASKET, 50 / 100),
    ("bidders_per_lot", None, PLACES, 2),
    ("auction_sold_rate", None, PLACES, 2 / 3),
    ("auction_price_ratio", None, PLACES, 1.0),
    ("single_bidder_share", None, PLACES, 1 / 2),
    ("pii_unmasked_share", None, FILES, 1 / 4),
    ("data_freshness_days", None, FILES, 6),
    ("data_completeness", None, FILES, (1 + 1 + 1 + 1 + 1 / 2 + 1 / 2 + 1) / 7),
]
SHOPS = {name: here for name, _, here, _ in reversed(CASES)}


@pytest.mark.parametrize(
    ("name", "definition", "here", "expected"), CASES, ids=lambda one: one if isinstance(one, str) else ""
)
def test_by_hand(name: str, definition: str | None, here: Small, expected: float) -> None:
    [estimate] = ask(here, BY_ID[name], definition)
    assert (estimate.value, estimate.status) == (pytest.approx(expected, abs=1e-6), Status.OK)
    assert estimate.low is None or estimate.low <= expected + 1e-6 <= (estimate.high or 0) + 2e-6


def test_every_indicator_and_reading_here_is_worked_out_by_hand() -> None:
    wanted = {(m.id, None if one is m.default else one.id) for m in BUSINESS for one in m.definitions}
    assert {(name, definition) for name, definition, *_ in CASES} == wanted


@pytest.mark.parametrize(("name", "table"), [(m.id, t) for m in BUSINESS for t, _ in m.requires])
def test_without_a_table_it_needs_an_indicator_is_missing_and_names_it(name: str, table: str) -> None:
    [estimate] = ask(SHOPS[name].without(table), BY_ID[name])
    assert (estimate.value, estimate.status) == (None, Status.MISSING)
    assert estimate.reason is not None
    assert TABLES[table].label.zh in estimate.reason.zh


ROWED = [(m.id, one.id) for m in BUSINESS for one in m.definitions if isinstance(one.how, Measured | OfWindow)]


@pytest.mark.parametrize(("name", "definition"), ROWED)
def test_the_rows_behind_add_up_to_the_number_and_name_their_line(name: str, definition: str) -> None:
    metric, here = BY_ID[name], SHOPS[name]
    chosen = next(one for one in metric.definitions if one.id == definition)
    rows = shown(of_cases(here, metric, chosen, Query()))
    assert rows.select("load_id", "row_no").null_count().row(0) == (0, 0)
    [estimate] = ask(here, metric, definition)
    per = 1000 if name == "fake_goods_rate" else 1
    found = recount(rows, chosen.how)
    assert found is not None
    assert found in (pytest.approx(estimate.value), pytest.approx(estimate.value / per))  # type: ignore[operator]


METHODS = [m.id for m in BUSINESS if isinstance(m.default.how, Analysed)]


@pytest.mark.parametrize("name", METHODS)
def test_a_method_shows_the_rows_it_read(name: str) -> None:
    rows = shown(of_cases(SHOPS[name], BY_ID[name], BY_ID[name].default, Query()))
    assert rows.height > 0
    assert rows["row_no"].null_count() == 0


@pytest.mark.parametrize("metric", BUSINESS, ids=lambda one: one.id)
def test_everything_an_indicator_can_be_split_by_is_a_dimension(metric: object) -> None:
    for one in metric.definitions:  # type: ignore[attr-defined]
        if isinstance(one.how, Measured):
            names = one.how.rows(Reading(source=SHOPS[metric.id])).collect_schema().names()  # type: ignore[attr-defined]
            assert {name.removeprefix("by_") for name in names if name.startswith("by_")} <= set(DIMENSIONS)
        if isinstance(one.how, Analysed):
            assert set(one.how.groups) <= set(DIMENSIONS)


def by(name: str, dimension: str, here: Small | None = None) -> dict[str, float | None]:
    return {one.by[dimension]: one.value for one in ask(here or SHOPS[name], BY_ID[name], by=dimension)}


def test_splits() -> None:
    assert by("take_rate", "seller") == {"s1": 55 / 200, "s2": pytest.approx(124 / 600)}
    assert by("ad_billing_mix", "billing") == {"bid_cpc": 0.4, "fixed": 0.6}
    assert by("ad_placement_yield", "placement") == {"home": 40, "search": 20}
    assert by("decision_days", "buyer_type") == {"company": 5}
    assert by("price_dispersion", "category") == {"c1": 0.5, "c2": 0}
    assert by("vas_revenue_by_type", "fee_type") == {"data": 20}
    assert by("active_sellers", "month") == {"2025-01": 2, "2025-03": 1, "2025-06": 2}
    assert by("data_freshness_days", "table") == {"orders": 6}


def test_what_no_row_says_is_missing_and_no_share_of_zero() -> None:
    silent = Small({**BASKET.rows, "customers": sheet("customer_id", ("a",), ("b",))})
    [estimate] = ask(silent, BY_ID["b2b_gmv_share"])
    assert (estimate.value, estimate.status) == (None, Status.MISSING)


def test_a_comparison_with_a_year_the_data_do_not_reach_is_immature() -> None:
    young = Small(
        {**GROWING.rows, "orders": GROWING.rows["orders"][2:], "order_items": GROWING.rows["order_items"][2:]}
    )
    [estimate] = ask(young, BY_ID["active_seller_growth"])
    assert estimate.status is Status.IMMATURE
    [early] = ask(Small({**SERVED.rows, "orders": SERVED.rows["orders"][1:]}), BY_ID["vas_retention_gap"])
    assert early.status is Status.IMMATURE


def test_what_cannot_be_told_says_why() -> None:
    one = Small({**COMMISSIONS.rows, "orders": COMMISSIONS.rows["orders"][:1]})
    flat = Small({**PANEL.rows, "platform_fees": PANEL.rows["platform_fees"][:3]})
    other = Small({**SERVED.rows, "platform_fees": SERVED.rows["platform_fees"][1:]})
    for name, here in (("commission_fixedness", one), ("fee_elasticity", flat), ("vas_retention_gap", other)):
        [estimate] = ask(here, BY_ID[name])
        assert estimate.status is Status.NOT_APPLICABLE
        assert estimate.reason is not None
    single = Small({"custom_jobs": JOBS.rows["custom_jobs"][:2]})
    [estimate] = ask(single, BY_ID["production_cycle_change"])
    assert estimate.status is Status.IMMATURE


def test_costs_of_some_goods_stand_for_all_and_it_is_said() -> None:
    half = Small({**LEFT.rows, "orders": [*LEFT.rows["orders"], *sold("", ("2", "b", "2026-01-05", 100))],
                  "order_items": [*LEFT.rows["order_items"], *line(("2", "y", 1, 100))]})  # fmt: skip
    metric = BY_ID["contribution_margin_rate"]
    [estimate] = method_answer(half, metric, metric.default, Query())
    assert estimate.value == pytest.approx((80 - 10 + 8 - 5 - 3 - 2) / 200)
    assert [warning.code for warning in estimate.warnings] == ["cost_coverage"]


REASONS = {"vas_retention_gap": Status.NOT_APPLICABLE}
"""What the sample shop cannot answer: it has too few sellers for a size band with both kinds."""


def test_the_sample_shop_answers_every_indicator(sample_shop: Path) -> None:
    with Session.open(sample_shop, create=False, read_only=True) as session:
        found = compute(session.source, [m.id for m in BUSINESS], Query())
    answered = {one.metric: one.status for one in found if one.status not in {Status.OK, Status.TOO_FEW}}
    assert answered == REASONS
