"""Interface words: two catalogues with the same keys, whole sentences, named placeholders."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ecodash.core.errors import UnknownName
from ecodash.core.text import Language, Text

FILES: dict[Language, str] = {"zh": "zh_CN.toml", "en": "en.toml"}
KIND = Text("界面文字", "interface text")


def _flatten(tree: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in tree.items():
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = str(value)
    return flat


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Every interface sentence in ``language`` by its key, such as ``chart.cohort.title``; read once, not changeable.

    A room may keep its words in a file of its own beside the common one: ``pages.en.toml`` beside ``en.toml``.
    """
    sentences: dict[str, str] = {}
    for part in sorted(files("ecodash.i18n").iterdir(), key=lambda part: part.name):
        if part.name == FILES[language] or part.name.endswith(f".{FILES[language]}"):
            sentences |= _flatten(tomllib.loads(part.read_text(encoding="utf-8")))
    return MappingProxyType(sentences)


def t(key: str, language: Language, **values: object) -> str:
    """The sentence ``key`` in ``language`` with its ``{placeholders}`` filled; a ``Text`` value is put in ``language``.

    Raises UnknownName when there is no such key, and KeyError when a placeholder gets no value.
    """
    sentences = catalogue(language)
    if key not in sentences:
        raise UnknownName(KIND, key, list(sentences))
    filled = {name: value.to(language) if isinstance(value, Text) else value for name, value in values.items()}
    return sentences[key].format(**filled)
