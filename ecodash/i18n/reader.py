"""Who reads the numbers: what every formatter needs to know, passed along as one value."""

from dataclasses import dataclass

from ecodash.core.text import Language


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A reader's ``language`` and the ``currency`` (ISO 4217) amounts are kept in."""

    language: Language = "zh"
    currency: str = "CNY"
