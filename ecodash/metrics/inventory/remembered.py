"""The newest answers of a workspace, kept until its data change: tiles, plan and page ask for the same stocktaking."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Protocol, TypeVar, cast, runtime_checkable
from weakref import WeakKeyDictionary

from ecodash.metrics.reading import Reading
from ecodash.metrics.shared import Shared

KEPT = 4
Answer = TypeVar("Answer")


@runtime_checkable
class Editioned(Protocol):
    """A source that says when its data change."""

    @property
    def edition(self) -> int:
        """Grows with every change of the data."""


_lock = Lock()
_kept: WeakKeyDictionary[Editioned, dict[tuple[str, int, Hashable], object]] = WeakKeyDictionary()


def remembered(reading: Reading, what: str, key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to ``what`` for ``key``: one of the last ``KEPT`` while the data are the same, else asked for."""
    source = reading.source.original if isinstance(reading.source, Shared) else reading.source
    if not isinstance(source, Editioned):
        return ask()
    place = (what, source.edition, (reading.as_of, key))
    with _lock:
        if place in _kept.get(source, {}):
            return cast("Answer", _kept[source][place])
    answer = ask()
    with _lock:
        same = {one: held for one, held in _kept.get(source, {}).items() if one[1] == place[1]}
        others = [one for one in same if one[0] == what]
        for old in others[: max(len(others) - KEPT + 1, 0)]:
            del same[old]
        _kept[source] = same | {place: answer}
    return answer
