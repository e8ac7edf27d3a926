"""A process killed in the middle of a load."""

import os

import pytest

from tests.store import kill_load


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_killed_load_leaves_all_or_nothing() -> None:
    outcomes = kill_load.tries(4, seed=1)
    assert sum(outcomes.values()) == 4
