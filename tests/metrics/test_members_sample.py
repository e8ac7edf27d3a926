"""The two programmes planted in the sample shop, found again by the product's own way from files to numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ecodash.core.estimate import Estimate
from ecodash.metrics.comparable.adjusted import Plan, adjusted
from ecodash.metrics.comparable.contrast import Contrast
from ecodash.metrics.comparable.exposure import CONTACT
from ecodash.metrics.query import Query
from ecodash.metrics.scope import scope
from ecodash.sample.plan import CONTACT_EFFECT
from ecodash.session import Session


@pytest.fixture(scope="module")
def session(sample_shop: Path) -> Iterator[Session]:
    with Session.open(sample_shop, create=False, read_only=True) as opened:
        yield opened


def holds(estimate: Estimate, value: float) -> bool:
    return estimate.low is not None and estimate.high is not None and estimate.low < value < estimate.high


def test_the_loyalty_programme_seems_to_double_repurchase_and_does_nothing(session: Session) -> None:
    plain, start, fair = session.compute(
        ["member_repurchase_lift_pts:today_90d", "member_repurchase_lift_pts", "member_repurchase_lift_adj"], Query()
    )
    assert (plain.value or 0) > 0.4 > (start.value or 0)
    assert holds(fair, 0.0)
    assert {"comparable", "identity_apart"} <= {caveat.code for caveat in fair.warnings}


def test_a_contact_brings_the_points_that_were_planted(session: Session) -> None:
    span = session.data_window()
    assert span is not None
    mini = Query(where=(("first_platform", ("youzan",)),))
    found = adjusted(Contrast(scope=scope(session.source, mini, span), exposure=CONTACT), Plan(money=True))
    assert holds(found.points, CONTACT_EFFECT)
    assert (found.points.low or 0) > 0
    assert found.value is not None
    assert (found.value.low or 0) > 0


def test_every_indicator_of_both_families_is_measured_on_the_sample(session: Session) -> None:
    names = [
        "member_gmv_share",
        "member_penetration",
        "member_level_gradient",
        "private_buyer_share",
        "private_gmv_share",
    ]
    names += [
        "private_join_rate",
        "private_leave_rate",
        "private_cost_per_order",
        "purchase_frequency",
        "churn_rate_90d",
    ]
    found = session.compute([*names, "ltv_12m", "private_repurchase_lift_rel"], Query())
    assert [one.metric for one in found if one.value is None] == []
    [_, *months] = session.compute(["member_gmv_share"], Query(by="month"))
    assert len(months) == 35
