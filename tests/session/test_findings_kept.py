"""Pages keep findings between runs, which works only for what can be copied."""

import pickle

import pytest

from ecodash.session.checks import CHECKS, Check


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_can_be_kept(check: Check) -> None:
    assert pickle.loads(pickle.dumps(check)).code == check.code  # noqa: S301 - our own bytes
