"""The risk index is made of indicators that are computed along with it and not shown."""

from pathlib import Path

from ecodash.session import Session
from ecodash.session.indicators import measure


def test_the_index_needs_no_other_indicator_to_be_asked_for(sample_shop: Path) -> None:
    with Session.open(sample_shop, create=False, read_only=True) as session:
        found = measure(session, only=["risk_index"])
    assert set(found) == {"risk_index"}
    estimate = found["risk_index"].estimate
    assert estimate is not None
    assert estimate.value is not None
    assert estimate.n == 8
    assert 0 < estimate.value < 1


def test_an_empty_workspace_has_none_and_names_the_log_of_incidents(tmp_path: Path) -> None:
    with Session.open(tmp_path / "empty") as session:
        found = measure(session, only=["risk_index"])["risk_index"]
    assert (found.status, found.missing) == ("missing", ("incidents",))
