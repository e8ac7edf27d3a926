"""What is decided once for a file and then holds for all of its parts: separators, day order, signs."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Choices:
    """Decisions about one file, each made the first time it is asked for. Pass the same one to every part."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], object] = {}

    def once(self, what: str, which: str, decide: Callable[[], Value]) -> Value:
        """The decision ``what`` about ``which`` column, made by ``decide`` when it is new."""
        key = (what, which)
        if key not in self._made:
            self._made[key] = decide()
        return self._made[key]  # type: ignore[return-value]

    def made(self, what: str) -> list[object]:
        """All decisions of one kind, whichever column they are about."""
        return [decision for (kind, _), decision in self._made.items() if kind == what]
