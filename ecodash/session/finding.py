"""One finding of data health."""

from dataclasses import dataclass

from ecodash.core.text import Language, Text


@dataclass(frozen=True, kw_only=True)
class Finding:
    """``count`` rows are concerned and ``money`` of the base currency is at stake (None where money says nothing).

    ``severe`` findings make numbers wrong or incomplete; the others are worth knowing.
    """

    code: str
    text: Text
    advice: Text
    count: int
    money: float | None = None
    severe: bool = False

    def to_json(self) -> dict[str, object]:
        """Plain values, words in both languages."""
        return {
            "code": self.code,
            "count": self.count,
            "money": self.money,
            "severe": self.severe,
            "text": {"zh": self.text.zh, "en": self.text.en},
            "advice": {"zh": self.advice.zh, "en": self.advice.en},
        }

    def to_line(self, language: Language) -> dict[str, str | int | float | bool | None]:
        """One line of a table."""
        return {
            "code": self.code,
            "count": self.count,
            "money": self.money,
            "finding": self.text.to(language),
            "advice": self.advice.to(language),
        }
