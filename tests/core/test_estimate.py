"""An estimate keeps six answers apart."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from ecodash.core.estimate import Caveat, Estimate, Status
from ecodash.core.period import Period
from ecodash.core.settings import SalesPolicy, Settings
from ecodash.core.text import Text
from ecodash.core.unit import Unit

RATE = Estimate(
    metric="repurchase_90d",
    definition="repurchase_90d",
    unit=Unit.RATIO,
    status=Status.OK,
    value=0.0,
    low=0.0,
    high=0.06,
    n=60,
    successes=0,
    window=Period(date(2026, 1, 1), date(2026, 1, 31)),
    by={"channel": "jd"},
    coverage=0.5,
    warnings=(Caveat("coverage", Text("半数订单没有买家", "half the orders have no buyer")),),
)


def test_a_true_zero_is_a_value() -> None:
    assert RATE.has_value


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.OK, Status.TOO_FEW)])
def test_other_answers_have_no_value(status: Status) -> None:
    assert not Estimate(metric="gmv", definition="gmv", unit=Unit.MONEY, status=status).has_value


def test_the_json_form_has_the_documented_keys_and_survives_a_round_trip() -> None:
    found = json.loads(json.dumps(RATE.to_json()))
    documented = "metric definition value unit low high level n status by window coverage warnings"
    assert set(documented.split()) <= set(found)
    assert found["window"] == ["2026-01-01", "2026-01-31"]
    assert found["warnings"] == [{"code": "coverage", "zh": "半数订单没有买家", "en": "half the orders have no buyer"}]
    assert (found["value"], found["status"], found["reason"]) == (0.0, "ok", None)


def test_every_unit_has_a_label_in_both_languages() -> None:
    assert all(unit.label.zh and unit.label.en for unit in Unit)


def test_the_default_policy_leaves_out_what_is_no_merchandise() -> None:
    policy = Settings().policy
    assert policy == SalesPolicy()
    included = {name for name, value in asdict(policy).items() if name.startswith("include_") and value}
    assert not included
