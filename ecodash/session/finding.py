"""One finding of data health."""

from dataclasses import dataclass

from ecodash.core.text import Language, Text
from ecodash.session.checks import BY_CODE, Check, Severity

SEVERITIES: dict[Severity, Text] = {
    Severity.WRONG: Text("影响数字", "affects numbers"),
    Severity.LOOK: Text("请核对", "please check"),
    Severity.NOTE: Text("知道即可", "good to know"),
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check found: ``count`` rows and ``money`` of the base currency at stake (None where money says nothing).

    ``count`` 0 means that the check was made and nothing was found.
    """

    code: str
    count: int
    money: float | None = None

    @property
    def check(self) -> Check:
        """The check that found it."""
        return BY_CODE[self.code]

    @property
    def text(self) -> Text:
        """What was found, as a phrase that follows a number."""
        return self.check.title

    @property
    def why(self) -> Text:
        """Why it matters."""
        return self.check.why

    @property
    def advice(self) -> Text:
        """What to do."""
        return self.check.advice

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.check.severity

    @property
    def severe(self) -> bool:
        """Whether it makes numbers wrong or incomplete."""
        return self.severity is Severity.WRONG

    def to_json(self) -> dict[str, object]:
        """Plain values, words in both languages."""
        words = {"text": self.text, "why": self.why, "advice": self.advice}
        return {
            "code": self.code,
            "traps": list(self.check.traps),
            "count": self.count,
            "money": self.money,
            "severity": self.severity.value,
            "severe": self.severe,
            **{name: {"zh": text.zh, "en": text.en} for name, text in words.items()},
        }

    def to_line(self, language: Language) -> dict[str, str | int | float | bool | None]:
        """One line of a table."""
        return {
            "code": self.code,
            "severity": SEVERITIES[self.severity].to(language),
            "count": self.count,
            "money": self.money,
            "finding": self.text.to(language),
            "advice": self.advice.to(language),
        }
