"""What the operator writes down about the framework is kept, checked, and survives a damaged file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ecodash.core.errors import InputError, UnknownName
from ecodash.framework.decision import Decision
from ecodash.framework.entry import Op
from ecodash.session import Session
from ecodash.session.ledger import FILE, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Session.open(tmp_path / "w") as session:
        yield Ledger(session)


def decided(**more: object) -> Decision:
    known = {"hypothesis": "welcome coupon", "indicator": "private_join_rate", "expected": 0.1}
    return Decision(**known | {"made": date(2025, 1, 1), "review": date(2025, 2, 1)} | more)


def test_decisions_are_kept_newest_first_and_can_be_forgotten(ledger: Ledger) -> None:
    first = ledger.decide(decided())
    second = ledger.decide(decided(made=date(2025, 1, 2), low=0.1, high=0.2, value=0.15))
    assert (first.id, second.id) == (1, 2)
    assert ledger.decisions() == [second, first]
    ledger.forget(2)
    assert ledger.decisions() == [first]


@pytest.mark.parametrize(
    "wrong", [{"hypothesis": " "}, {"expected": 0}, {"review": date(2025, 1, 1)}, {"hypothesis": "x" * 501}]
)
def test_a_decision_that_says_nothing_is_refused(ledger: Ledger, wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        ledger.decide(decided(**wrong))
    assert ledger.decisions() == []


def test_a_benchmark_needs_a_source_and_a_definition(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="source"):
        ledger.add_benchmark("aov", 100, op=Op.AT_LEAST, source="", definition="x")
    with pytest.raises(UnknownName):
        ledger.add_benchmark("aovv", 100, op=Op.AT_LEAST, source="x", definition="x")
    ledger.add_benchmark("aov", 100, op=Op.AT_LEAST, source="trade paper", definition="per order")
    figure = ledger.add_benchmark("aov", 120, op=Op.AT_LEAST, source="trade paper", definition="per order")
    assert ledger.benchmarks() == [figure]
    assert (figure.source.doc, figure.targets[0].value) == ("own", 120)
    ledger.drop_benchmark("aov")
    assert ledger.benchmarks() == []


def test_scores_and_thresholds_are_kept_and_taken_back(ledger: Ledger) -> None:
    ledger.score("cm_sec_tech", 0.5)
    ledger.set_thresholds({"b2b/b2b_gmv_share": 0.4})
    assert (ledger.scores(), ledger.thresholds()) == ({"cm_sec_tech": 0.5}, {"b2b/b2b_gmv_share": 0.4})
    ledger.score("cm_sec_tech", None)
    ledger.set_thresholds({"b2b/b2b_gmv_share": None})
    assert (ledger.scores(), ledger.thresholds()) == ({}, {})


@pytest.mark.parametrize("damage", ["", "[1]", '{"decisions": 3, "scores": []}', "{"])
def test_a_damaged_file_is_as_if_nothing_was_written(ledger: Ledger, damage: str) -> None:
    ledger.score("cm_sec_tech", 0.5)
    (ledger._root / FILE).write_text(damage, encoding="utf-8")
    assert (ledger.decisions(), ledger.benchmarks(), ledger.scores()) == ([], [], {})
