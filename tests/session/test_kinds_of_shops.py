"""A wholesaler and a market of many sellers, written by the generator and loaded as files: told apart by their data."""

from datetime import date
from pathlib import Path

import pytest

from ecodash.framework.catalogue import of_kind
from ecodash.framework.classifier import KINDS, Resemblance, resemblances
from ecodash.sample import write_sample
from ecodash.session import Session
from ecodash.session.indicators import measure
from ecodash.session.several import load_all


def alike(folder: Path, shape: str) -> dict[str, Resemblance]:
    files = write_sample(folder / "files", orders=300, seed=7, end=date(2026, 6, 30), shape=shape)
    names = {c.indicator for kind in KINDS for entry in of_kind(kind) if entry.rule for c in entry.rule.conditions}
    with Session.open(folder / "w") as session:
        load_all(session, [card for path in files if path.suffix == ".csv" for card in session.inspect(path)])
        found = measure(session, only=names)
    numbers = {name: one.estimate for name, one in found.items() if one.estimate is not None}
    return {one.entry.id: one for one in resemblances(numbers, {})}


@pytest.mark.parametrize(("shape", "is_", "is_not"), [("b2b", "b2b", "c2c"), ("c2c", "c2c", "b2b")])
def test_a_generated_shop_is_known_by_its_data(tmp_path: Path, shape: str, is_: str, is_not: str) -> None:
    found = alike(tmp_path, shape)
    assert found[is_].resembles is True
    assert found[is_not].resembles is not True
