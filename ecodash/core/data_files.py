"""Data files beside the code: how they are read, and dictionaries that read them when they are first looked into."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Generic, TypeVar

import yaml

Item = TypeVar("Item")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Lazy(Mapping[str, Item], Generic[Item]):
    """A read-only dictionary that is filled when it is first looked into."""

    def __init__(self, fill: Callable[[], dict[str, Item]]) -> None:
        self._fill = cache(fill)

    def __getitem__(self, key: str) -> Item:
        return self._fill()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fill())

    def __len__(self) -> int:
        return len(self._fill())


def read_yaml(file: Traversable) -> object:
    """What a YAML file of the package holds: plain values, lists and dictionaries."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one
