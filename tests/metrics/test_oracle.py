"""The engine against plain loops over random shops, and what must hold whatever the shop."""

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.core.estimate import Estimate, Status
from ecodash.core.period import Period
from ecodash.metrics.behind import rows
from ecodash.metrics.metric import Gaps, Next, Ratio, Sequence, Sum, Triangle, Waiting, Within
from ecodash.metrics.query import Query
from ecodash.metrics.recount import recount
from ecodash.metrics.registry import METRICS, resolve
from tests.metrics.shop import START, Shop, day, shop

CHANNELS = ("own", "tmall")
Sale = tuple[str | None, int, int, str]  # customer, day, amount, channel

sale = st.tuples(
    st.sampled_from(["a", "b", "c", "d", "e", None]),
    st.integers(0, 130),
    st.integers(1, 50),
    st.sampled_from(CHANNELS),
)
sales = st.lists(sale, min_size=1, max_size=25)
windows = st.one_of(
    st.none(), st.tuples(st.integers(0, 130), st.integers(0, 130)).map(lambda d: Period(day(min(d)), day(max(d))))
)
few = settings(max_examples=20)


def open_shop(sold: list[Sale], *, end: int = 130, engine: str = "polars") -> Shop:
    kept = sorted((s for s in sold if s[1] <= end), key=lambda s: s[1])
    orders = [
        {
            "order_id": f"{i:03}",
            "customer_id": customer,
            "paid_at": f"{day(offset)}T{i // 60:02}:{i % 60:02}",
            "status": "completed",
            "paid_amount": amount,
            "order_amount": amount,
            "channel_id": channel,
            "platform": channel,
        }
        for i, (customer, offset, amount, channel) in enumerate(kept)
    ]
    items = [
        {
            "order_id": o["order_id"],
            "line_key": "1",
            "sku_id": o["channel_id"],
            "qty": 1,
            "paid_amount": o["paid_amount"],
        }
        for o in orders
    ]
    return shop({"orders": orders, "order_items": items}, end=day(end), engine=engine)


def inside(sold: list[Sale], window: Period | None) -> list[Sale]:
    return [s for s in sold if window is None or window.contains(day(s[1]))]


def days_of(sold: list[Sale]) -> dict[str, list[int]]:
    """All order days of each known customer, in order."""
    found: dict[str, list[int]] = defaultdict(list)
    for customer, offset, *_ in sorted(sold, key=lambda s: s[1]):
        if customer is not None:
            found[customer].append(offset)
    return found


def month(offset: int) -> str:
    return f"{day(offset):%Y-%m}"


def counts(estimates: list[Estimate]) -> list[tuple[dict[str, str], int | None, int]]:
    return [(dict(e.by), e.successes, e.n) for e in estimates]


@few
@given(sales, windows, st.sampled_from([None, *CHANNELS]))
def test_metrics_of_a_window_equal_plain_loops(sold: list[Sale], window: Period | None, channel: str | None) -> None:
    here = inside(sold, window) if channel is None else [s for s in inside(sold, window) if s[3] == channel]
    everything, found = days_of(sold), days_of(here)
    where = () if channel is None else (("channel", (channel,)),)
    names = ["paid_amount", "orders", "active_buyers", "new_buyers", "repurchase_rate", "repurchase_rate:person",
             "repurchase_rate:transaction", "returning_customer_rate", "returning_customer_rate:before_window",
             "aov", "spend_per_buyer", "orders_per_buyer"]  # fmt: skip
    got = {f"{e.metric}:{e.definition}": e for e in open_shop(sold).ask(*names, window=window, where=where)}
    if not here:
        assert {e.status for e in got.values()} <= {Status.EMPTY, Status.NOT_APPLICABLE}
        return
    assert got["paid_amount:standard"].value == sum(s[2] for s in here)
    assert got["orders:standard"].value == len(here)
    assert got["aov:paid"].value == pytest.approx(sum(s[2] for s in here) / len(here))
    if not everything:
        assert got["active_buyers:standard"].status is Status.NOT_APPLICABLE
        return
    buyers = len(found)
    assert got["active_buyers:standard"].value == buyers
    ever: dict[str, Sale] = {}
    for one in sorted(sold, key=lambda s: s[1]):
        ever.setdefault(one[0] or "", one)
    first = [c for c in found if any(ever[c] is one for one in here)]
    assert got["new_buyers:standard"].value == len(first)
    if not buyers:
        assert got["repurchase_rate:person_day"].status is Status.EMPTY
        return
    known = sum(len(days) for days in found.values())
    expected = {
        "repurchase_rate:person_day": (sum(len(set(d)) > 1 for d in found.values()), buyers),
        "repurchase_rate:person": (sum(len(d) > 1 for d in found.values()), buyers),
        "repurchase_rate:transaction": (known - buyers, known),
        "returning_customer_rate:earlier_order": (
            sum(any(d > min(everything[c]) for d in days) for c, days in found.items()),
            buyers,
        ),
        "returning_customer_rate:before_window": (buyers - len(first), buyers),
    }
    for name, (successes, n) in expected.items():
        assert (got[name].successes, got[name].n) == (successes, n), name
    spent = sum(s[2] for s in here if s[0] is not None)
    assert got["spend_per_buyer:standard"].value == pytest.approx(spent / buyers)
    assert got["orders_per_buyer:standard"].value == pytest.approx(known / buyers)


@few
@given(sales)
def test_metrics_by_month_and_by_channel_equal_plain_loops(sold: list[Sale]) -> None:
    store = open_shop(sold)
    for by, key in (("month", lambda s: month(s[1])), ("channel", lambda s: s[3])):
        for e in store.ask("active_buyers", "repurchase_rate", "orders", by=by):
            group = [s for s in sold if key(s) == e.by.get(by)]
            if e.status is Status.NOT_APPLICABLE:
                assert not days_of(sold)
            elif e.metric == "orders":
                assert e.value == len(group)
            elif e.metric == "active_buyers":
                assert e.value == len(days_of(group))
            else:
                assert (e.successes or 0, e.n) == (
                    sum(len(set(d)) > 1 for d in days_of(group).values()),
                    len(days_of(group)),
                )


@few
@given(sales, st.integers(1, 120), windows)
def test_n_day_repurchase_equals_a_plain_loop_in_both_grains(sold: list[Sale], n: int, window: Period | None) -> None:
    [by_day, by_order, ignoring] = open_shop(sold).ask(
        f"repurchase_{n}d", f"repurchase_{n}d:order", f"repurchase_{n}d:unwatched", window=window
    )
    firsts = {c: d for c, d in days_of(sold).items() if window is None or window.contains(day(d[0]))}
    watched = {c: d for c, d in firsts.items() if d[0] + n <= 130}
    if not watched:
        assert by_day.value is None
        return
    later = sum(any(1 <= x - d[0] <= n for x in d) for d in watched.values())
    other = sum(len(d) > 1 and d[1] - d[0] <= n for d in watched.values())
    assert (by_day.successes, by_day.n) == (later, len(watched))
    assert (by_order.successes, by_order.n) == (other, len(watched))
    assert (ignoring.successes, ignoring.n) == (
        sum(any(1 <= x - d[0] <= n for x in d) for d in firsts.values()),
        len(firsts),
    )


@few
@given(sales)
def test_the_cohort_triangle_equals_a_plain_loop(sold: list[Sale]) -> None:
    found = days_of(sold)
    [*cells] = open_shop(sold).ask("cohort_retention_curve")
    if not found:
        return
    for e in cells:
        if e.by["first_month"] == "all":
            continue
        cohort = {c: d for c, d in found.items() if month(d[0]) == e.by["first_month"]}
        start = next(iter(cohort.values()))[0]
        first = day(start).year * 12 + day(start).month + int(e.by["offset"])
        active = sum(any(day(x).year * 12 + day(x).month == first for x in d) for d in cohort.values())
        assert (e.successes, e.n) == (active, len(cohort))


@few
@given(sales)
def test_cross_window_by_month_equals_a_plain_loop(sold: list[Sale]) -> None:
    months: dict[str, set[str]] = defaultdict(set)
    for customer, offset, *_ in sold:
        if customer:
            months[month(offset)].add(customer)
    for e in open_shop(sold).ask("cross_window_rate", by="month"):
        if e.status is Status.NOT_APPLICABLE:
            assert not months
            continue
        this = months[e.by["month"]]
        following = f"{(START.replace(month=int(e.by['month'][5:])) + timedelta(days=32)):%Y-%m}"
        assert e.n == len(this)
        if this:
            assert e.successes == len(this & months[following])


MATURE = ["repurchase_30d", "repurchase_30d:order", "repurchase_7d", "cohort_retention_curve",
          "cohort_retention_curve:elapsed", "cohort_retention_cumulative", "cohort_retention_cumulative:elapsed",
          "cross_window_rate"]  # fmt: skip


@few
@given(sales, st.integers(0, 130))
def test_truncating_the_data_never_changes_a_mature_cell(sold: list[Sale], cut: int) -> None:
    known = [s for s in sold if s[1] <= cut]
    if not known:
        return
    before, after = open_shop(known, end=cut), open_shop(sold)
    for name in MATURE:
        now = {tuple(e.by.items()): e for e in after.ask(name, by="month")}
        for e in before.ask(name, by="month"):
            if e.value is None or e.by.get("first_month") == "all":
                continue
            later = now[tuple(e.by.items())]
            assert (later.value, later.successes, later.n, later.status) == (e.value, e.successes, e.n, e.status), name


HONEST = [
    f"{m.id}:{d.id}"
    for m in METRICS.values()
    for d in m.definitions
    if not d.looks_ahead and isinstance(d.how, Sum | Ratio) and m.id != "refund_amount"
]


@few
@given(sales, st.integers(0, 130))
def test_what_comes_later_never_changes_a_window_that_is_over(sold: list[Sale], cut: int) -> None:
    known = [s for s in sold if s[1] <= cut]
    if not known:
        return
    window = Period(day(0), day(cut))
    before, after = (store.ask(*HONEST, window=window) for store in (open_shop(known, end=cut), open_shop(sold)))
    for early, late in zip(before, after, strict=True):
        if early.status is Status.NOT_APPLICABLE:
            continue
        assert (early.value, early.n, early.low, early.high) == (late.value, late.n, late.low, late.high), early.metric


OF_ORDERS = Sum | Ratio | Within | Next | Waiting | Gaps | Triangle | Sequence
EVERYTHING = [
    f"{m.id}:{d.id}"
    for m in METRICS.values()
    for d in m.definitions
    if isinstance(d.how, OF_ORDERS) and "365" not in m.id and "180" not in m.id
]


COUNTED = [
    name
    for name in EVERYTHING
    if not isinstance(resolve(name)[1].how, Waiting | Gaps | Triangle | Sequence) and not name.endswith(":curve")
]


@pytest.mark.parametrize("name", COUNTED)
@settings(max_examples=4)
@given(sales, windows, st.sampled_from([None, "month", "channel", "first_channel", "week"]))
def test_the_rows_behind_a_number_add_up_to_it_again(
    name: str, sold: list[Sale], window: Period | None, by: str | None
) -> None:
    store, how = open_shop(sold), resolve(name)[1].how
    found = store.ask(name, window=window, by=by)
    if found[0].status is Status.NOT_APPLICABLE:
        return
    behind = rows(store, name, Query(window=window, by=by))
    for e in found:
        value = recount(behind.filter(behind[by] == e.by[by]) if by and e.by else behind, how)
        if e.value is not None:
            assert value == e.value
        elif e.status is Status.IMMATURE and e.n:
            assert value == (e.successes or 0) / e.n
        else:
            assert not value


@few
@given(sales)
def test_rows_behind_cohorts_and_funnels_add_up_again(sold: list[Sale]) -> None:
    store = open_shop(sold)
    if not days_of(sold):
        return
    for name in ("cohort_retention_curve", "cohort_retention_cumulative", "cohort_retention_curve:elapsed"):
        behind = rows(store, name, Query())
        for e in store.ask(name):
            if e.by["first_month"] == "all":
                continue
            cohort = behind.filter(behind["first_month"] == e.by["first_month"])
            offsets = cohort["offset"].cast(int)
            reached = offsets <= int(e.by["offset"]) if "cumulative" in name else offsets == int(e.by["offset"])
            assert cohort["denominator"].sum() == e.n
            assert cohort.filter(reached)["numerator"].sum() == e.successes
    behind = rows(store, "order_sequence", Query(horizon=30))
    for e in store.ask("order_sequence", horizon=30):
        step = behind.filter(behind["step"] == e.by["step"])
        assert (step["denominator"].sum(), step["numerator"].sum()) == (e.n, e.successes or 0)


@settings(max_examples=5)
@given(sales)
def test_parts_add_up_and_shares_lie_between_zero_and_one(sold: list[Sale]) -> None:
    store = open_shop(sold)
    for name in ("paid_amount", "orders", "gmv", "net_sales", "new_buyers"):
        whole = store.value(name)
        for by in ("month", "channel", "week", "new_returning"):
            assert whole is None or sum(v or 0 for v in store.by(name, by).values()) == pytest.approx(whole)
    for by in (None, "month", "channel"):
        estimates = store.ask(*EVERYTHING, by=by)
        for e in estimates:
            if e.unit == "ratio" and e.value is not None:
                assert 0 <= e.value <= 1 or e.metric == "refund_rate_amount"
            if e.low is not None and e.high is not None and e.value is not None:
                assert e.low - 1e-9 <= e.value <= e.high + 1e-9
        shares = {(e.metric, e.definition, tuple(e.by.items())): e.value for e in estimates}
        for key, value in shares.items():
            if key[0] == "new_buyer_share" and value is not None:
                before = shares["returning_customer_rate", "before_window", key[2]]
                assert before is not None
                assert value + before == pytest.approx(1)


@settings(max_examples=3)
@given(sales)
def test_polars_and_duckdb_give_the_same_numbers(sold: list[Sale]) -> None:
    one, two = open_shop(sold), open_shop(sold, engine="duckdb")
    for by in (None, "month", "channel"):
        assert [e.to_json() for e in one.ask(*EVERYTHING, by=by)] == [e.to_json() for e in two.ask(*EVERYTHING, by=by)]
