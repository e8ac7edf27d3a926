"""The committed sample shop: as it was imagined, and as the importer brought it in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ecodash.sample import COMMITTED
from ecodash.sample.plan import Plan
from ecodash.sample.shop import Shop, imagine
from ecodash.session import Session

FOLDER = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="package")
def imagined() -> Shop:
    """The shop before any file was written."""
    return imagine(Plan(**COMMITTED))


@pytest.fixture(scope="package")
def session(sample_shop: Path) -> Iterator[Session]:
    """The shop after every file went through the importer."""
    with Session.open(sample_shop, create=False, read_only=True) as opened:
        yield opened
