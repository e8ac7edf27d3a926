"""For all tests: UTC clock, one hypothesis profile, and tests in Chromium marked by where they lie."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ecodash.session.sample import open_sample

os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()

# The two cores are shared: a slow example is no failure, and the same examples are tried in every run.
settings.register_profile(
    "ecodash", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("ecodash")

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(BROWSER):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def sample_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop as a workspace, to be looked at only: loaded once for all workers of a run."""
    place = tmp_path_factory.getbasetemp()
    place = place.parent if "PYTEST_XDIST_WORKER" in os.environ else place
    mark, folder = place / "sample.claimed", place / "sample"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return _when_done(folder)
    open_sample(folder).close()
    (folder / "done").touch()
    return _when_done(folder)


def _when_done(folder: Path) -> Path:
    for _ in range(1200):
        if (folder / "done").exists():
            return next(folder.glob("sample-*"))
        time.sleep(0.25)
    raise TimeoutError(folder)
