"""On the sample shop every indicator of these families has a number, or the reason why not is known here."""

from collections import defaultdict
from pathlib import Path

from ecodash.core.estimate import Estimate, Status
from ecodash.metrics.query import Query
from ecodash.session import Session
from tests.metrics.indicators.test_rows_behind import METRICS

KNOWN = {
    "region_preference_index": Status.NOT_APPLICABLE,  # the brand sells nothing to South-East Asia
    "pickup_share": Status.TOO_FEW,  # few orders say how they reach the buyer
    "voucher_redemption_rate": Status.TOO_FEW,
    "mttd_hours": Status.TOO_FEW,  # eleven incidents in three years
    "mttr_hours": Status.TOO_FEW,
    "privacy_overdue_share": Status.TOO_FEW,
    "control_maturity": Status.OK,
}


def test_every_indicator_has_a_number_on_the_sample_shop(sample_shop: Path) -> None:
    with Session.open(sample_shop, read_only=True) as session:
        found = defaultdict[str, list[Estimate]](list)
        for estimate in session.compute([metric.id for metric in METRICS], Query()):
            found[estimate.metric].append(estimate)
    other = {
        name: [one.status for one in estimates]
        for name, estimates in found.items()
        if any(one.status is not KNOWN.get(name, Status.OK) for one in estimates)
    }
    assert not other
    assert set(found) == {metric.id for metric in METRICS}
