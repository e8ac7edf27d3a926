"""What a header says: the canonical fields whose words it is, and how closely."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ecodash.ingest.catalogue import SYNONYMS
from ecodash.ingest.headers import header_key, split_unit, without_number

EXACT, COMPACT, CONTAINED = 0, 1, 2

_SEPARATORS = re.compile(r"[\s_-]+")
_NAMING = re.compile(r"[\s_-](?:id|name|code|no\.?)$")
_LEAST_LATIN, _LEAST_HANZI = 4, 2

Closeness = tuple[int, int]
Places = dict[str, list[tuple[str, int]]]


@lru_cache(maxsize=10_000)
def said(header: str) -> Mapping[str, Closeness]:
    """Field → how closely a header says it, smaller is closer.

    First number: ``EXACT`` the very word, ``COMPACT`` without blanks or a unit, ``CONTAINED`` the header holds the
    word (a Latin one at its end: *Line Item Quantity* is a quantity). Second number: the place among the words of
    the field, or minus the length of the contained word, so that longer words win.
    """
    key = without_number(header_key(header))
    bare = split_unit(key)[0]
    exact, compact = _indexes()
    found: dict[str, Closeness] = {}
    for word in _contained_words(key, bare):
        for field, _ in exact[word]:
            found[field] = min(found.get(field, (CONTAINED, 0)), (CONTAINED, -len(word)))
    for rank, index, options in ((COMPACT, compact, {_compact(key), _compact(bare)}), (EXACT, exact, {key})):
        for field, place in sorted(pair for option in options for pair in index.get(option, ())):
            found[field] = min(found.get(field, (rank, place)), (rank, place))
    return found


def _compact(key: str) -> str:
    return _SEPARATORS.sub("", key)


@cache
def _indexes() -> tuple[Places, Places]:
    """Word → (field, place), as written and without blanks."""
    exact: Places = {}
    compact: Places = {}
    for field, synonyms in SYNONYMS.items():
        for place, word in enumerate(dict.fromkeys(header_key(word) for word in (field, *synonyms))):
            exact.setdefault(word, []).append((field, place))
            compact.setdefault(_compact(word), []).append((field, place))
    return exact, compact


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Latin words and others that are long enough to be looked for inside a header."""
    exact, _ = _indexes()
    latin = tuple(word for word in exact if word.isascii() and len(word) >= _LEAST_LATIN)
    return latin, tuple(word for word in exact if not word.isascii() and len(word) >= _LEAST_HANZI)


def _contained_words(key: str, bare: str) -> list[str]:
    latin, others = _words()
    tail = _NAMING.sub("", bare)
    ends = [word for word in latin if tail.endswith(word) and not tail[: -len(word)][-1:].isalnum()]
    return ends + [word for word in others if word in key]
