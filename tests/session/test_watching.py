"""Rules of the watch: kept in the workspace, untouched by loads, one per number and filter."""

from pathlib import Path

import pytest

from ecodash.core.errors import InputError, UnknownName
from ecodash.core.watch import WatchRule
from ecodash.metrics.monitoring.watch import RULES
from ecodash.session import Session

TMALL = (("channel", ("tmall",)),)


def test_a_new_shop_watches_what_every_shop_begins_with(tmp_path: Path) -> None:
    with Session.open(tmp_path) as session:
        assert session.watching.rules() == list(RULES)


def test_rules_outlive_the_session_and_replace_one_another(tmp_path: Path) -> None:
    with Session.open(tmp_path) as session:
        session.watching.keep(WatchRule(metric="orders", threshold=4, owner="  Li\nNa "))
        session.watching.keep(WatchRule(metric="orders", threshold=5))
        session.watching.keep(WatchRule(metric="orders", where=TMALL, threshold=3))
        session.watching.keep(WatchRule(metric="units"))
    with Session.open(tmp_path) as session:
        rules = session.watching.rules()
        assert [(one.metric, one.where, one.threshold) for one in rules if one.own] == [
            ("orders", (), 5), ("orders", TMALL, 3), ("units", (), 3.5)]  # fmt: skip
        assert len(rules) == len(RULES) + 2
        session.watching.remove("orders")
        session.watching.remove("orders", TMALL)
        session.watching.remove("units")
        assert session.watching.rules() == list(RULES)


def test_names_of_owners_are_one_line_and_what_is_wrong_is_refused_in_words(tmp_path: Path) -> None:
    with Session.open(tmp_path) as session:
        assert session.watching.keep(WatchRule(metric="orders", owner="  Li\nNa ")).owner == "Li Na"
        for threshold in (0.0, 1.9, 8.1, float("nan"), float("inf")):
            with pytest.raises(InputError):
                session.watching.keep(WatchRule(metric="orders", threshold=threshold))
        for rule in (WatchRule(metric="no_such"), WatchRule(metric="orders", where=(("no_such", ("a",)),))):
            with pytest.raises(UnknownName):
                session.watching.keep(rule)
        with pytest.raises(UnknownName):
            session.watching.remove("units")
