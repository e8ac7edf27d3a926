"""The second sheet of a workbook: what its numbers mean, how they were filtered, and which files they rest on."""

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from ecodash import __version__
from ecodash.export.book import Book
from ecodash.export.table import Table
from ecodash.i18n import Reader, moment_text, period_text, ratio, t, unit_text


def write(book: Book, sheet: Worksheet, table: Table, reader: Reader, *, most_rows: int) -> None:
    """Fills ``sheet``: what the table is, the definitions of its metrics, the units of its columns, the files."""
    start = 0
    for block in (
        [[label, text] for label, text in _lines(table, reader, most_rows)],
        _metrics(table, reader),
        _columns(table, reader),
        _files(table, reader),
    ):
        titled = start > 0
        for row, cells in enumerate(block, start):
            for place, text in enumerate(cells):
                book.text(
                    sheet,
                    (row, place),
                    text,
                    "head" if (titled and row == start) or (start, place) == (0, 0) else "wrap",
                )
        start += len(block) + 1 if block else 0
    for place, width in enumerate((26, 56, 56, 28)):
        sheet.set_column(place, place, width)


def _lines(table: Table, reader: Reader, most_rows: int) -> Iterator[tuple[str, str]]:
    notes, language = table.notes, reader.language
    yield t("export.name", language), table.title
    if notes.window is not None:
        yield t("export.window", language), period_text(notes.window)
    yield t("export.filters", language), "\n".join(notes.filters) or t("export.no_filters", language)
    if notes.as_of:
        yield t("export.as_of", language), notes.as_of
    if notes.coverage is not None:
        yield t("export.coverage", language), ratio(notes.coverage, language)
    if table.frame.height > most_rows:
        yield t("export.rows", language), t("export.cut", language, kept=most_rows, all=table.frame.height)
    for remark in notes.remarks:
        yield t("export.remark", language), remark
    if notes.load_hash:
        yield t("export.load_hash", language), notes.load_hash
    if notes.made is not None:
        yield t("export.made", language), moment_text(notes.made)
    yield t("export.program", language), f"ecodash {__version__}"


def _metrics(table: Table, reader: Reader) -> list[Sequence[str]]:
    head = [t(f"export.{name}", reader.language) for name in ("metric", "meaning", "formula", "identifier")]
    items = [(item.name, item.meaning, item.formula, item.identifier) for item in table.notes.definitions]
    return [head, *items] if items else []


def _columns(table: Table, reader: Reader) -> list[Sequence[str]]:
    units = [
        (one.heading, "" if one.unit is None else unit_text(one.unit, reader.language, reader.currency))
        for one in table.columns
    ]
    return [[t("export.column", reader.language), t("export.unit", reader.language)], *units]


def _files(table: Table, reader: Reader) -> list[Sequence[str]]:
    head = [
        t("export.loads", reader.language),
        t("export.sha256", reader.language),
        t("export.loaded", reader.language),
    ]
    loads = [(load.file, load.sha256, moment_text(load.loaded) if load.loaded else "") for load in table.notes.loads]
    return [head, *loads] if loads else []
