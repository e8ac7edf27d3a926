"""What a page asks ahead is what its blocks ask afterwards: no question in vain, and none asked twice."""

import threading
from collections.abc import Sequence

import pytest

from ecodash.core.estimate import Estimate
from ecodash.metrics.query import Query
from ecodash.session import Session
from ecodash.ui import cache
from tests.ui.conftest import Open


@pytest.mark.parametrize("page", ["overview", "repurchase"])
def test_every_question_asked_ahead_is_one_that_a_block_asks(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    ahead, drawn = set[tuple[tuple[str, ...], Query]](), set[tuple[tuple[str, ...], Query]]()
    answer = cache.estimates

    def heard(shop: Session, ids: Sequence[str], query: Query) -> list[Estimate]:
        pooled = threading.current_thread().name.startswith("question")
        (ahead if pooled else drawn).add((tuple(ids), query))
        return answer(shop, ids, query)

    monkeypatch.setattr(cache, "estimates", heard)
    assert not open_app("small", page).exception
    assert ahead
    assert ahead <= drawn
