"""From the blocks of a data file to frozen dataclasses, by the types the dataclass declares."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


def built(kind: type[Made], block: object) -> Made:
    """A ``kind`` filled from a block. Raises ValueError for a key too many or too few, TypeError for a value of another type."""
    if not isinstance(block, Mapping) or not is_dataclass(kind):
        raise ValueError(f"{kind.__name__} cannot be made of {block!r}")
    known = {field.name: field for field in fields(kind)}
    unknown = set(block) - set(known)
    absent = {
        name
        for name, field in known.items()
        if field.default is MISSING and field.default_factory is MISSING and name not in block
    }
    if unknown or absent:
        raise ValueError(f"{kind.__name__} {block.get('id', '')}: unknown {sorted(unknown)}, missing {sorted(absent)}")
    types = _types(kind)
    return kind(**{name: _value(types[name], value) for name, value in block.items()})


@cache
def _types(kind: type) -> dict[str, object]:
    return dict(get_type_hints(kind))


def _value(kind: object, value: object) -> object:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return None if value is None else _value(next(one for one in inner if one is not NoneType), value)
    if origin is tuple:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise ValueError(f"a list is expected, not {value!r}")
        return tuple(_value(inner[0], item) for item in value)
    if isinstance(kind, type):
        return _plain(kind, value)
    raise ValueError(f"{kind!r} cannot stand in a data file")


def _plain(kind: type, value: object) -> object:
    if is_dataclass(kind):
        return built(kind, value)
    if issubclass(kind, Enum):
        return kind(value)
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} is expected, not {value!r}")
    return value
