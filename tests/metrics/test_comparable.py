"""Customers with and without a status: readings counted by hand, the adjusted one on simulated programmes."""

from collections.abc import Iterable

import polars as pl
import pytest

from ecodash.analysis.fair_comparison import Comparison
from ecodash.analysis.refused import Refused
from ecodash.core.estimate import Status
from ecodash.core.period import Period, day_number
from ecodash.core.settings import Settings
from ecodash.metrics.comparable import holdout, identity, readings, waits
from ecodash.metrics.comparable.adjusted import Plan, adjusted, effect_of, over_landmarks, over_windows
from ecodash.metrics.comparable.contrast import Contrast
from ecodash.metrics.comparable.exposure import CONTACT, EXPOSURES, MEMBERSHIP, OWN_CHANNEL, Exposure
from ecodash.metrics.comparable.readings import Kind
from ecodash.metrics.comparable.watched import watched
from ecodash.metrics.query import Query
from ecodash.metrics.scope import scope
from tests.analysis.programme import LAST_DAY, programme
from tests.metrics.shop import Shop, day, shop

Bought = tuple[str | None, int] | tuple[str | None, int, str]
PUBLIC, PRIVATE = "taobao", "youzan"


def orders(bought: Iterable[Bought]) -> list[dict[str, object]]:
    """(customer, day offset[, platform]); 10 each."""
    return [
        {
            "order_id": f"o{i:05}",
            "customer_id": one[0],
            "created_at": f"{day(one[1])}T10:00:00",
            "paid_at": f"{day(one[1])}T10:00:00",
            "status": "completed",
            "paid_amount": 10,
            "order_amount": 10,
            "platform": one[2] if len(one) > 2 else PUBLIC,
            "channel_id": one[2] if len(one) > 2 else PUBLIC,
        }
        for i, one in enumerate(bought)
    ]


def people(**since: tuple[int | None, int | None, int | None]) -> list[dict[str, object]]:
    """Member since, contact since, contact until: day offsets."""
    names = ("member_since", "private_joined_at", "private_left_at")
    return [
        {"customer_id": name, **{key: None if n is None else day(n) for key, n in zip(names, days, strict=True)}}
        for name, days in since.items()
    ]


CHANNELS = [
    {"channel_id": PUBLIC, "kind": "marketplace", "domain": "public", "platform": PUBLIC},
    {"channel_id": PRIVATE, "kind": "mini_program", "domain": "private", "platform": PRIVATE},
]
# ann: member at once, back on day 40. bob: joined at his second order on day 40. cat: never joined, back on day 200.
# dan: never, not back. eve: member at once, first seen 50 days before the end. fay: said to be a member, nobody knows since when.
BOUGHT: list[Bought] = [("ann", 0), ("ann", 40), ("bob", 0), ("bob", 40), ("cat", 0), ("cat", 200), ("dan", 5), ("eve", 350), ("fay", 0)]  # fmt: skip
MEMBERS = [
    *people(ann=(0, None, None), bob=(40, None, None), cat=(None,) * 3, dan=(None,) * 3, eve=(350, None, None)),
    {"customer_id": "fay", "is_member": True},
]


def small(*, minimum: int = 1, **more: list[dict[str, object]]) -> Shop:
    tables = {"orders": orders(BOUGHT), "customers": MEMBERS, "channels": CHANNELS} | more
    return shop(tables, end=day(400), settings=Settings(minimum_sample=minimum))


def contrast(here: Shop, exposure: Exposure = MEMBERSHIP, **question: object) -> Contrast:
    span = here.data_end()
    assert span is not None
    return Contrast(scope=scope(here, Query(**question), span), exposure=exposure)  # type: ignore[arg-type]


def counts(found: Iterable[readings.Reading]) -> dict[tuple[str, int], tuple[int | None, int, int | None, int]]:
    return {
        (one.kind.value, one.days): (one.lift.having.successes, one.lift.having.n, one.lift.without.successes, one.lift.without.n)
        for one in found
    }  # fmt: skip


def test_the_status_of_today_credits_joining_for_coming_back_and_the_status_at_the_start_does_not() -> None:
    """Within 90 days of the first order: ann and bob are members today, only ann was one at the start."""
    found = counts(readings.readings(contrast(small()), (90,)))
    assert found == {("today", 90): (2, 2, 0, 2), ("start", 90): (1, 1, 1, 3)}


def test_customers_not_watched_long_enough_are_in_no_reading() -> None:
    """eve first bought 50 days before the end: she counts for 30 days only."""
    found = counts(readings.readings(contrast(small()), (30, 60, 365)))
    assert found["start", 30] == (0, 2, 0, 3)
    assert found["start", 60][1] == 1
    assert found["start", 365] == (1, 1, 2, 3)


def test_a_difference_in_points_and_as_a_lift_by_hand() -> None:
    [start] = [one for one in readings.readings(contrast(small()), (365,)) if one.kind is Kind.START]
    assert start.lift.points.value == pytest.approx(1 - 2 / 3)
    assert start.lift.relative.value == pytest.approx(0.5)
    assert start.lift.points.low is not None
    assert start.lift.points.low < 1 / 3 < (start.lift.points.high or 0)


def test_buyers_of_a_window_by_the_status_of_today() -> None:
    """In all the data: ann and bob of ann, bob, eve bought on two days; cat of cat, dan. From day 30 on bob bought once."""
    found = readings.in_window(contrast(small()))
    assert counts([found]) == {("window", 401): (2, 3, 1, 2)}
    late = readings.in_window(contrast(small(), window=Period(day(30), day(45))))
    assert counts([late]) == {("window", 16): (0, 2, 0, 0)}


def test_a_group_below_the_minimum_is_a_hint_and_an_empty_one_says_so() -> None:
    [start] = [one for one in readings.readings(contrast(small(minimum=30)), (90,)) if one.kind is Kind.START]
    assert start.lift.points.status is Status.TOO_FEW
    nobody = contrast(small(customers=people(ann=(None,) * 3)))
    [today, _] = readings.readings(nobody, (90,))
    assert (today.lift.points.status, today.lift.points.value) == (Status.EMPTY, None)
    [later, _] = readings.readings(contrast(small()), (4000,))
    assert later.lift.points.status is Status.IMMATURE


def test_who_left_the_private_domain_by_the_landmark_is_outside_and_orders_count_after_it() -> None:
    """Day 7: ann inside; bob joined on day 3 and left on day 6; cat joined on day 9. Only orders from day 8 on count."""
    listed = people(ann=(None, 2, None), bob=(None, 3, 6), cat=(None, 9, None), dan=(None,) * 3)
    bought: list[Bought] = [
        ("ann", 0),
        ("ann", 5),
        ("bob", 0),
        ("bob", 50),
        ("cat", 0),
        ("cat", 97),
        ("dan", 0),
        ("dan", 98),
    ]
    here = small(orders=orders(bought), customers=listed)
    found = counts(readings.readings(contrast(here, CONTACT), (90,)))
    assert found["start", 90] == (0, 1, 2, 3)
    assert found["today", 90] == (1, 2, 1, 2)


def test_an_own_channel_is_a_status_of_customers_won_in_public_ones() -> None:
    bought: list[Bought] = [("ann", 0), ("ann", 3, PRIVATE), ("ann", 60), ("bob", 0), ("cat", 0, PRIVATE), ("cat", 9)]
    found = counts(readings.readings(contrast(small(orders=orders(bought), customers=[]), OWN_CHANNEL), (90,)))
    assert found["start", 90] == (1, 1, 0, 1)


@pytest.mark.parametrize("name", sorted(EXPOSURES))
def test_a_shop_without_the_status_says_what_to_upload(name: str) -> None:
    here = small(customers=[], channels=[])
    assert not EXPOSURES[name].known(contrast(here, EXPOSURES[name]).scope)
    assert EXPOSURES[name].upload.zh
    assert contrast(here).exposure.known(contrast(small()).scope)


def test_curves_begin_at_the_landmark_and_the_test_is_made_within_months() -> None:
    found = waits.waits(contrast(small()), landmark=0)
    assert found.having.customers == 2
    assert found.without.customers == 3
    assert found.test is not None
    assert found.test.observed == {"0": 2.0, "1": 1.0}


# ------------------------------------------------------------------------------------------------- identity


def test_orders_without_a_buyer_lower_the_coverage_of_the_other_group_only_and_warn() -> None:
    """Members: 3 orders, all known; the others 3 known and 3 anonymous orders; bob's two are members' too."""
    here = small(orders=orders([*BOUGHT, (None, 1), (None, 2), (None, 3), (None, 4)]))
    found = identity.arms(contrast(here))
    assert (found.having, found.without, found.anonymous) == (1.0, pytest.approx(4 / 8), 4)
    warning = found.warning()
    assert warning is not None
    assert "50%" in warning.text.zh
    assert identity.arms(contrast(small())).warning() is None


# ------------------------------------------------------------------------------------------------- a lot decided


def test_in_a_randomised_holdout_the_difference_of_the_means_is_the_effect() -> None:
    """Two of three treated and one of three held out bought within 30 days of the draw; before the draw does not count."""
    drawn = [
        {
            "experiment_id": "x",
            "customer_id": f"c{n}",
            "arm": "treated" if n < 3 else "held_out",
            "assigned_at": day(10),
        }
        for n in range(6)
    ]
    bought: list[Bought] = [("c0", 12), ("c1", 40), ("c2", 5), ("c3", 20), ("c4", 41), ("c5", 9)]
    [effect] = holdout.effects(contrast(small(orders=orders(bought), experiments=drawn)).scope, days=30)
    assert (effect.treated, effect.held_out) == (3, 3)
    assert effect.share is not None
    assert effect.share.value == pytest.approx(2 / 3 - 1 / 3)
    assert effect.spend is not None
    assert effect.spend.value == pytest.approx(10 / 3)
    assert holdout.effects(contrast(small()).scope, days=30) == ()


# ------------------------------------------------------------------------------------------------- adjusted


class Simulated(Shop):
    """A simulated programme as facts: what the comparison reads and nothing else."""

    def __init__(self, *, effect: float, n: int = 3000, seed: int = 5) -> None:
        made = programme(n, effect=effect, seed=seed)
        super().__init__(tables=small().tables, end=day(LAST_DAY))
        name = pl.col("customer").cast(pl.String).str.zfill(6)
        bought = made.purchases.sort("customer", "day").with_columns(seq=pl.int_range(1, pl.len() + 1).over("customer"))
        shift = day_number(day(0))
        firsts = made.customers.select("customer", "first_day", "channel")
        self.facts = dict(self.facts)
        self.facts["orders"] = bought.join(firsts, on="customer").select(
            customer_id=name, day=pl.col("day") + shift, first_day=pl.col("first_day") + shift, seq="seq",
            is_sale=pl.lit(True), paid=(pl.col("value") * 1e4).cast(pl.Int64), discount=pl.lit(0, dtype=pl.Int64),
            channel_id="channel", domain=pl.lit("public"), opens_day=pl.lit(True),
        )  # fmt: skip
        second = bought.filter(pl.col("seq") == 2).select("customer", second="day")
        self.facts["customers"] = made.customers.join(second, on="customer", how="left").select(
            customer_id=name, bucket=(pl.col("customer") % 64).cast(pl.Int32), first_day=pl.col("first_day") + shift,
            second_day=pl.col("second") + shift, member_day=pl.col("status_day") + shift, first_channel="channel",
            first_category="category", first_month=pl.col("month") + 24_000, first_province=pl.lit("浙江"),
            first_paid=(pl.col("first_value").exp() * 1e4).cast(pl.Int64), first_domain=pl.lit("public"),
        )  # fmt: skip

    def loaded_tables(self, *, as_of: int | None = None) -> set[str]:
        assert as_of is None
        return {"orders"}


@pytest.fixture(scope="module")
def nothing() -> Contrast:
    return contrast(Simulated(effect=0.0))


def test_a_programme_that_does_nothing_looks_strong_and_is_nothing_among_comparable_customers(
    nothing: Contrast,
) -> None:
    [today] = [one for one in readings.readings(nothing, (90,)) if one.kind is Kind.TODAY]
    assert (today.lift.points.value or 0) > 0.2
    found = adjusted(nothing, Plan(money=True))
    assert isinstance(found.share, Comparison)
    assert found.points.low is not None
    assert found.points.low < 0 < (found.points.high or 0)
    assert found.value is not None
    assert found.value.status is Status.OK
    assert {caveat.code for caveat in found.points.warnings} >= {"comparable"}


def test_five_points_planted_are_found_again() -> None:
    found = adjusted(contrast(Simulated(effect=0.05, n=6000)), Plan())
    assert found.points.low is not None
    assert found.points.low < 0.05 < (found.points.high or 0)


def test_the_comparison_over_windows_and_landmarks_tells_its_progress(nothing: Contrast) -> None:
    heard: list[float] = []
    windows = over_windows(nothing, Plan(), (60, 90), progress=heard.append)
    assert [one.plan.window for one in windows] == [60, 90]
    assert heard[-1] == pytest.approx(1.0)
    assert heard == sorted(heard)
    curve = over_landmarks(nothing, Plan(), (14, 30))
    assert [one.landmark for one in curve] == [14, 30]
    assert all(effect_of(one.found) for one in curve)


def test_the_same_question_gives_the_same_number(nothing: Contrast) -> None:
    assert adjusted(nothing, Plan()).points == adjusted(nothing, Plan()).points


def test_channels_in_which_nobody_can_have_the_status_are_left_out_and_named(nothing: Contrast) -> None:
    here = Simulated(effect=0.0, n=2000, seed=6)
    jd = pl.col("first_channel") == "jd"
    member = pl.when(jd).then(None).otherwise(pl.col("member_day"))
    here.facts["customers"] = here.facts["customers"].with_columns(member_day=member)
    found = watched(contrast(here), landmark=30, window=90)
    assert found.channels == ("jd",)
    assert found.left_out > 0
    assert "jd" not in found.watch.customers["first_channel"].to_list()
    assert watched(nothing, landmark=30, window=90).channels == ()


def test_too_few_customers_are_refused_in_words() -> None:
    found = adjusted(contrast(small()), Plan())
    assert isinstance(found.share, Refused)
    assert found.points.value is None
    assert found.points.reason is not None
    assert found.points.reason.zh


def test_ids_hashed_anew_in_another_workspace_change_nothing(nothing: Contrast) -> None:
    here = Simulated(effect=0.0)
    turned = (99_999_999 - pl.col("customer_id").cast(pl.Int64)).cast(pl.String)
    here.facts = {
        name: frame.with_columns(customer_id=turned) if name in {"orders", "customers"} else frame
        for name, frame in here.facts.items()
    }
    assert adjusted(contrast(here), Plan()).points.value == pytest.approx(adjusted(nothing, Plan()).points.value)
