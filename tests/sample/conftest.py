"""The committed sample shop: as it was imagined, and as the importer brought it in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ecodash.sample import COMMITTED, sample_files
from ecodash.sample.plan import Plan
from ecodash.sample.shop import Shop, imagine
from ecodash.session import Session

FOLDER = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="package")
def imagined() -> Shop:
    """The shop before any file was written."""
    return imagine(Plan(**COMMITTED))


@pytest.fixture(scope="package")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The shop after every file went through the importer."""
    with Session.open(tmp_path_factory.mktemp("workspace") / "shop") as opened:
        for path in sample_files(FOLDER):
            for card in opened.inspect(path):
                opened.load(card)
        yield opened
