"""Pages → one HTML file that opens without a network, and its PDF where a Chromium is found."""

from ecodash.export.report.document import Chart, Drawing, Look, Page, Report, Scope, Section, Theme, Tile, Tone
from ecodash.export.report.pdf import chromium, pdf_bytes
from ecodash.export.report.writing import html_bytes

__all__ = [
    "Chart",
    "Drawing",
    "Look",
    "Page",
    "Report",
    "Scope",
    "Section",
    "Theme",
    "Tile",
    "Tone",
    "chromium",
    "html_bytes",
    "pdf_bytes",
]
