"""A domain word in both languages, kept beside the thing it names."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Text:
    """The same words in zh-CN and English. Both are equals: neither is a fallback for the other."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """The words in ``language``."""
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> "Text":
        """The same text with ``{placeholders}`` filled in both languages; a ``Text`` value is filled per language."""
        return Text(
            zh=self.zh.format(**{k: v.zh if isinstance(v, Text) else v for k, v in values.items()}),
            en=self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )

    def __add__(self, other: "Text") -> "Text":
        return Text(zh=self.zh + other.zh, en=self.en + other.en)
