"""``KEY=VALUE`` arguments."""

from collections.abc import Sequence

from ecodash.core.errors import MappingError
from ecodash.core.text import Text


def assignments(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs in the order given. Raises MappingError for an argument without ``=`` or with nothing before it."""
    pairs = []
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign or not key.strip():
            raise MappingError(Text(f"“{text}”不是 键=值 的写法。", f"“{text}” is not written as KEY=VALUE."))
        pairs.append((key.strip(), value.strip()))
    return pairs
