"""Why did it change: the parts add up to the change, agree with tables worked by hand, and wrong splits are refused."""

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.decimals import SCALE
from ecodash.core.period import Period
from ecodash.core.settings import SalesPolicy, Settings
from ecodash.core.unit import Unit
from ecodash.metrics.contributions import by_dimension, by_factors, volume_mix_rate
from ecodash.metrics.decomposed import Decomposition, NotApplicable, PartKind
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from tests.facts.real import uci
from tests.metrics.shop import Shop, day, purchases, shop
from tests.shared import needs_shared

BEFORE, NOW = Period(day(0), day(30)), Period(day(31), day(58))
QUERY = Query(window=NOW)
Answer = Decomposition | NotApplicable


def sold(rows: list[tuple[object, ...]], *, engine: str = "polars", dating: str = "order") -> Shop:
    """(customer, day, channel, province, refund, [(sku, category, qty, paid) …]) per order."""
    orders, items = [], []
    for i, (customer, offset, channel, province, refund, lines) in enumerate(rows):
        paid = sum(line[3] for line in lines)  # type: ignore[attr-defined]
        at = f"{day(offset)}T{i % 24:02}:00:{i // 24 % 60:02}"  # type: ignore[arg-type]
        orders.append(
            {"order_id": f"o{i:04}", "customer_id": customer, "created_at": at, "paid_at": at, "status": "completed",
             "paid_amount": paid, "order_amount": paid, "refund_amount": min(refund, paid),  # type: ignore[type-var]
             "refunded_at": f"{day(offset + 3)}T09:00:00", "platform": channel, "channel_id": channel, "ship_province": province}
        )  # fmt: skip
        items += [
            {"order_id": f"o{i:04}", "line_key": str(k), "sku_id": sku, "category_l1": category, "qty": qty,
             "paid_amount": amount}
            for k, (sku, category, qty, amount) in enumerate(lines)  # type: ignore[arg-type, var-annotated]
        ]  # fmt: skip
    policy = SalesPolicy(refund_dating=dating)
    return shop(
        {"orders": orders, "order_items": items}, engine=engine, settings=Settings(minimum_sample=1, policy=policy)
    )


def parts(found: Answer) -> dict[str, float]:
    assert isinstance(found, Decomposition), found
    assert_adds_up(found)
    return {part.id: part.value for part in found.parts}


def assert_adds_up(found: Decomposition) -> None:
    assert sum(part.exact for part in found.parts) == found.exact
    assert abs(found.total - (found.now - found.was)) <= 0.5 / found.scale + 1e-9 * max(1, abs(found.now))


# ---------------------------------------------------------------------------------------------------- by hand

FOUR = [("a", 0, 10), ("a", 3, 20), ("b", 5, 30), (None, 6, 7)]
FIVE = [("a", 33, 12), ("b", 35, 9), ("c", 36, 50), ("c", 38, 5), (None, 39, 3)]


@pytest.fixture
def small() -> Shop:
    return purchases([*FOUR, *FIVE], end=200)


def test_net_sales_by_new_and_returning_worked_by_hand(small: Shop) -> None:
    # 67 → 79. New: a and b (10 + 30) → c (50); returning: 20 → 12 + 9 + 5; anonymous 7 → 3.
    found = parts(by_dimension(small, "net_sales", QUERY, BEFORE, "new_returning"))
    assert found == {"new": 10, "returning": 6, "anonymous": -4}


def test_average_order_value_by_mix_and_rate_worked_by_hand(small: Shop) -> None:
    # 67/4 = 16.75 → 79/5 = 15.80; the middle is 16.275. Anonymous: share 1/4 → 1/5, 7 → 3 each.
    found = parts(by_dimension(small, "aov", QUERY, BEFORE, "new_returning"))
    assert found["anonymous:rate"] == pytest.approx(-4 * 0.225, abs=1e-4)
    assert found["anonymous:mix"] == pytest.approx(-0.05 * (5 - 16.275), abs=1e-4)
    assert sum(found.values()) == pytest.approx(-0.95)


def test_net_sales_as_buyers_times_orders_times_value_worked_by_hand(small: Shop) -> None:
    # Known buyers: 2 × 1.5 × 20 = 60 → 3 × 4/3 × 19 = 76; anonymous 7 → 3.
    found = by_factors(small, "net_sales", QUERY, BEFORE, "buyers")
    values = parts(found)
    b, f, v, m, g, w = (Fraction(x) for x in (2, "1.5", 20, 3, "4/3", 19))
    by_buyers = (m - b) * (2 * f * v + f * w + g * v + 2 * g * w) / 6
    assert values["buyers"] == pytest.approx(float(by_buyers), abs=1e-4)
    assert values["anonymous"] == -4
    assert sum(values.values()) == pytest.approx(12)
    assert isinstance(found, Decomposition)
    assert [(p.was, p.now) for p in found.parts[:3]] == [(2, 3), (1.5, pytest.approx(4 / 3)), (20, 19)]


def test_orders_and_spend_per_buyer_are_products_too(small: Shop) -> None:
    assert parts(by_factors(small, "orders", QUERY, BEFORE)) == pytest.approx(
        {"buyers": 1.4167, "orders_per_buyers": -0.4167, "anonymous": 0}
    )
    assert sum(parts(by_factors(small, "spend_per_buyer", QUERY, BEFORE)).values()) == pytest.approx(
        76 / 3 - 30, abs=1e-4
    )


def test_buyers_by_channel_are_refused_and_by_first_purchase_add_up(small: Shop) -> None:
    refused = by_dimension(small, "active_buyers", QUERY, BEFORE, "channel")
    assert isinstance(refused, NotApplicable)
    assert "首购" in refused.reason.zh
    assert parts(by_dimension(small, "active_buyers", QUERY, BEFORE, "first_channel")) == {"taobao": 1}


def test_buyers_by_new_and_returning_are_those_of_the_window(small: Shop) -> None:
    # Before: a and b are new (a's second order does not make him two people); now c is new, a and b are old.
    assert parts(by_dimension(small, "active_buyers", QUERY, BEFORE, "new_returning")) == {"new": -1, "returning": 2}


def test_a_group_that_appears_or_goes_is_called_so() -> None:
    line = [("s", "x", 1, 10)]
    here = sold([("a", 1, "own", "p", 0, line), ("b", 2, "jd", "p", 0, line), ("a", 33, "jd", "p", 0, line),
                 ("c", 34, "new", "p", 0, line)])  # fmt: skip
    found = by_dimension(here, "paid_amount", QUERY, BEFORE, "channel")
    assert isinstance(found, Decomposition)
    assert {part.group: (part.kind, part.value) for part in found.parts} == {
        "own": (PartKind.GONE, -10),
        "new": (PartKind.NEW, 10),
        "jd": (PartKind.CHANGED, 0),
    }


def test_shipping_belongs_to_no_product_and_is_a_part_of_its_own() -> None:
    here = shop(
        {
            "orders": [
                {"order_id": str(i), "customer_id": "a", "created_at": f"{day(at)}T10:00:00",
                 "paid_at": f"{day(at)}T10:00:00", "status": "completed", "paid_amount": paid, "order_amount": paid,
                 "shipping_amount": 5}
                for i, (at, paid) in enumerate(((1, 25), (40, 45)))
            ],
            "order_items": [
                {"order_id": "0", "line_key": "1", "sku_id": "s", "category_l1": "x", "qty": 1, "paid_amount": 20},
                {"order_id": "1", "line_key": "1", "sku_id": "s", "category_l1": "x", "qty": 1, "paid_amount": 38},
            ],
        }
    )  # fmt: skip
    found = by_dimension(here, "paid_amount", QUERY, BEFORE, "category")
    values = parts(found)
    assert sum(values.values()) == 20
    assert values["x"] != 20
    assert "rest" in values


def test_the_total_against_every_segment_is_flagged() -> None:
    cheap, dear = [("c", "cheap", 1, 10)], [("d", "dear", 1, 100)]
    cheaper, dearer = [("c", "cheap", 1, 11)], [("d", "dear", 1, 110)]
    before = [("a", i, "cheap", "p", 0, cheap) for i in range(5)] + [("b", i, "dear", "p", 0, dear) for i in range(5)]
    now = [("a", 32 + i, "cheap", "p", 0, cheaper) for i in range(9)] + [("b", 40, "dear", "p", 0, dearer)]
    here = sold([*before, *now])
    found = by_dimension(here, "aov", QUERY, BEFORE, "channel")
    assert isinstance(found, Decomposition)
    assert found.total < 0
    assert found.against_every_segment
    assert all(part.value > 0 for part in found.parts if part.kind is PartKind.RATE)
    volume = volume_mix_rate(here, "net_sales", QUERY, BEFORE, "channel")
    assert isinstance(volume, Decomposition)
    assert volume.against_every_segment


@pytest.mark.parametrize("by", ["day", "month"])
def test_two_windows_have_no_days_to_split_by(small: Shop, by: str) -> None:
    assert isinstance(by_dimension(small, "net_sales", QUERY, BEFORE, by), NotApplicable)


@pytest.mark.parametrize(
    ("metric", "split"),
    [("repurchase_90d", by_factors), ("repurchase_rate", by_factors), ("active_buyers", by_factors)],
)
def test_what_is_no_product_is_not_split_into_factors(small: Shop, metric: str, split: object) -> None:
    assert isinstance(split(small, metric, QUERY, BEFORE), NotApplicable)  # type: ignore[operator]


def test_a_repurchase_rate_splits_by_first_purchase() -> None:
    rows = [
        ("a", 1, "x"),
        ("a", 20, "x"),
        ("b", 2, "y"),
        ("c", 32, "x"),
        ("d", 33, "y"),
        ("d", 50, "y"),
        ("e", 34, "y"),
    ]
    line = [("s", "c", 1, 10)]
    here = sold([(who, at, channel, "p", 0, line) for who, at, channel in rows] + [("z", 300, "x", "p", 0, line)])
    # 30 days: before 1 of 2 (x 1/1, y 0/1), now 1 of 3 (x 0/1, y 1/2).
    found = parts(by_dimension(here, "repurchase_30d", QUERY, BEFORE, "first_channel"))
    assert sum(found.values()) == pytest.approx(1 / 3 - 1 / 2, abs=1e-6)
    assert found["y:rate"] == pytest.approx((1 / 2 + 2 / 3) / 2 * 1 / 2, abs=1e-6)


def test_a_window_the_data_do_not_hold_gives_a_reason(small: Shop) -> None:
    empty = Query(window=NOW, where=(("channel", ("nowhere",)),))
    refused = by_dimension(small, "aov", empty, BEFORE, "channel")
    assert isinstance(refused, NotApplicable)
    assert refused.reason.en


def test_gathered_parts_still_add_up(small: Shop) -> None:
    found = by_dimension(small, "aov", QUERY, BEFORE, "new_returning")
    assert isinstance(found, Decomposition)
    assert {part.unit for part in found.parts} == {Unit.RATIO, Unit.MONEY_PER_ORDER}
    short = found.gathered(2)
    assert len(short.parts) == 3
    assert sum(part.exact for part in short.parts) == found.exact


def test_what_is_written_in_cents_adds_up_to_what_is_written(small: Shop) -> None:
    found = by_factors(small, "net_sales", QUERY, BEFORE, "buyers")
    assert isinstance(found, Decomposition)
    assert [part.unit for part in found.parts[:3]] == [Unit.BUYERS, Unit.ORDERS_PER_BUYER, Unit.MONEY_PER_ORDER]
    cents = found.at(100)
    assert sum(part.exact for part in cents.parts) == cents.exact == 1200
    assert all(abs(a.value - b.value) < 0.01 for a, b in zip(cents.parts, found.parts, strict=True))


# ------------------------------------------------------------------------------------------------- properties

line = st.tuples(
    st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(["x", "y"]), st.integers(1, 3), st.decimals(0, 90, places=2)
)
order = st.tuples(
    st.sampled_from(["a", "b", "c", "d", None]),
    st.integers(0, 58),
    st.sampled_from(["own", "jd", "tmall"]),
    st.sampled_from(["p", "q", None]),
    st.sampled_from([0, 0, 0, 5]),
    st.lists(line, min_size=1, max_size=3),
)
ADDITIVE = ("net_sales", "paid_amount", "orders", "units", "refund_amount", "new_buyers", "gmv")
RATIOS = ("aov", "refund_rate_amount", "refund_rate_orders", "items_per_order", "price_per_item", "identity_coverage")
DIMENSIONS = ("channel", "province", "new_returning", "weekday", "hour", "category", "sku", "first_channel")
wheres = st.sampled_from(
    [
        (),
        (("channel", ("own", "jd")),),
        (("province", ("p",)),),
        (("weekday", ("1", "2", "3")),),
        (("category", ("x",)),),
    ]
)


@given(
    st.lists(order, min_size=1, max_size=25),
    st.sampled_from((*ADDITIVE, *RATIOS)),
    st.sampled_from(DIMENSIONS),
    wheres,
    st.sampled_from(["order", "refund"]),
)
@settings(max_examples=30, deadline=None)
def test_on_random_slices_the_parts_add_up_to_the_change(
    rows: list[tuple[object, ...]], metric: str, by: str, where: tuple[tuple[str, tuple[str, ...]], ...], dating: str
) -> None:
    here, query = sold(rows, dating=dating), Query(window=NOW, where=where)
    was, now = (here.value(metric, window=window, where=where) for window in (BEFORE, NOW))
    for found in (
        by_dimension(here, metric, query, BEFORE, by),
        volume_mix_rate(here, metric, query, BEFORE, by),
        by_factors(here, metric, query, BEFORE),
        by_factors(here, metric, query, BEFORE, "items"),
    ):
        if isinstance(found, Decomposition):
            assert_adds_up(found)
            assert found.was == pytest.approx(was or 0)
            assert found.now == pytest.approx(now or 0)
            if metric in ADDITIVE:
                assert found.exact == round((now or 0) * SCALE) - round((was or 0) * SCALE)
        else:
            assert found.reason.zh
            assert found.reason.en


def test_both_engines_take_a_change_apart_alike() -> None:
    rows = [("a", 1, "own", "p", 5, [("s1", "x", 1, 10)]), (None, 40, "jd", "q", 0, [("s2", "y", 2, 33)])]
    first, second = (
        parts(by_dimension(sold(rows, engine=engine), "net_sales", QUERY, BEFORE, "category"))
        for engine in ("polars", "duckdb")
    )
    assert first == second


def test_every_metric_is_taken_apart_or_says_why_not() -> None:
    lines = [("s1", "x", 1, 10), ("s2", "y", 2, 7)]
    rows = [(who, at, channel, "浙江", 1, lines) for who, at, channel in
            (("a", 1, "own"), ("b", 2, "jd"), ("a", 9, "jd"), ("a", 32, "own"), ("c", 40, "jd"), (None, 44, "own"))]  # fmt: skip
    here = sold(rows)
    done = set()
    for metric in METRICS:
        answers = [by_dimension(here, metric, QUERY, BEFORE, by) for by in ("channel", "category", "first_channel")]
        answers += [by_factors(here, metric, QUERY, BEFORE), volume_mix_rate(here, metric, QUERY, BEFORE, "region")]
        for found in answers:
            if isinstance(found, NotApplicable):
                assert found.reason.zh
                assert found.reason.en
            else:
                assert_adds_up(found)
                done.add(metric)
    assert {"net_sales", "aov", "active_buyers", "spend_per_buyer", "orders_per_buyer", "repurchase_rate"} <= done


# -------------------------------------------------------------------------------------------------- real data


@cache
def retail() -> Shop:
    return Shop(tables=uci(), engine="duckdb")


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("month", [2, 7, 11])
def test_on_a_real_shop_the_parts_add_up_to_the_cent(month: int) -> None:
    now, before = Period.month(2011, month), Period.month(2011, month - 1)
    query = Query(window=now)
    for metric, by in (("net_sales", "country"), ("net_sales", "sku"), ("aov", "country"), ("units", "weekday"),
                       ("repurchase_rate", "first_country"), ("refund_rate_amount", "country")):  # fmt: skip
        found = by_dimension(retail(), metric, query, before, by)
        assert isinstance(found, Decomposition), (metric, by, found)
        assert_adds_up(found)
        assert len(found.parts) > 3
    for chain in ("buyers", "orders", "items"):
        found = by_factors(retail(), "net_sales", query, before, chain)
        assert isinstance(found, Decomposition)
        assert_adds_up(found)


@needs_shared
@pytest.mark.slow
def test_a_real_november_has_the_buyers_counted_straight_from_the_file() -> None:
    found = by_factors(retail(), "net_sales", Query(window=Period.month(2011, 11)), Period.month(2011, 10))
    assert isinstance(found, Decomposition)
    assert_adds_up(found)
    people = found.parts[0]
    assert (people.id, people.was, people.now) == ("buyers", 1364, 1664)
    assert found.total == pytest.approx(1_461_756.25 - 1_070_704.67)
