"""Where in the documents something stands."""

from dataclasses import dataclass

OWN = "own"
"""The document of what the operator brings along, in place of A or B."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """``ref`` is a section (A2.2, B6.1), ``at`` the heading inside it. ``at`` alone, with ref ``own``, is the user's."""

    ref: str
    at: str = ""

    @property
    def doc(self) -> str:
        """A, B, or ``own``."""
        return OWN if self.ref == OWN else self.ref[0]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of a document; not ``present`` when only the table of contents names it."""

    id: str
    heading: str
    en: str
    present: bool
