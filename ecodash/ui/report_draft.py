"""The report of a page while the page is being drawn."""

from dataclasses import dataclass, field

from ecodash.export.report import Report, Section


@dataclass(kw_only=True)
class Draft:
    """What the page has drawn so far, by key and in order; a block drawn again takes its old place.

    ``report`` is what became of it when the page was finished.
    """

    name: str
    sections: dict[str, Section] = field(default_factory=dict)
    report: Report | None = None
