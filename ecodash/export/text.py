"""Tables as text: CSV for spreadsheets, JSON for programs."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date

from ecodash.core.unit import Unit
from ecodash.export.cell import Cell, guarded, plain, written
from ecodash.export.table import Column, Table
from ecodash.i18n import Reader, period_text, unit_text


def heading(column: Column, reader: Reader) -> str:
    """A column's heading with its unit, because a text file has no number formats: 复购率（0–1）, Paid amount (CNY)."""
    if column.unit is None:
        return column.heading
    unit = "0–1" if column.unit is Unit.RATIO else unit_text(column.unit, reader.language, reader.currency)
    return f"{column.heading}（{unit}）" if reader.language == "zh" else f"{column.heading} ({unit})"


def rows(table: Table) -> Iterator[list[Cell]]:
    """The cells row by row in the order of the columns; where there is no value, its words."""
    names = [column.name for column in table.columns]
    for index, row in enumerate(table.frame.select(names).iter_rows()):
        yield [
            table.words.get((index, name)) if value is None else value for name, value in zip(names, row, strict=True)
        ]


def csv_bytes(table: Table, reader: Reader) -> bytes:
    """UTF-8 with BOM and CRLF, as Excel wants it; zero rows keep the header; no cell can start a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guarded(heading(column, reader)) for column in table.columns])
    writer.writerows([written(cell) for cell in row] for row in rows(table))
    return buffer.getvalue().encode("utf-8-sig")


def _value(value: Cell) -> str | int | float | bool | None:
    value = plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _notes(table: Table) -> dict[str, object]:
    notes = table.notes
    return {
        "definitions": [
            {"id": item.identifier, "name": item.name, "meaning": item.meaning, "formula": item.formula}
            for item in notes.definitions
        ],
        "filters": list(notes.filters),
        "window": None if notes.window is None else period_text(notes.window).split(" → "),
        "coverage": notes.coverage,
        "as_of": notes.as_of or None,
        "loads": [
            {
                "file": load.file,
                "sha256": load.sha256,
                "loaded": None if load.loaded is None else load.loaded.isoformat(),
            }
            for load in notes.loads
        ],
        "load_hash": notes.load_hash or None,
        "made": None if notes.made is None else notes.made.isoformat(),
        "remarks": list(notes.remarks),
    }


def json_bytes(table: Table, reader: Reader) -> bytes:
    """``{"title", "language", "currency", "columns", "rows", "notes"}``; full precision, null where there is no value.

    ``words`` lists the cells that say in words why they have none, and ``starred`` those resting on too few cases.
    """
    names = [column.name for column in table.columns]
    content = {
        "title": table.title,
        "language": reader.language,
        "currency": reader.currency,
        "columns": [
            {"name": c.name, "heading": c.heading, "unit": None if c.unit is None else c.unit.value}
            for c in table.columns
        ],
        "rows": [
            {name: _value(cell) for name, cell in zip(names, row, strict=True)}
            for row in table.frame.select(names).iter_rows()
        ],
        "words": [{"row": row, "column": name, "words": said} for (row, name), said in sorted(table.words.items())],
        "starred": [{"row": row, "column": name} for row, name in sorted(table.starred)],
        "notes": _notes(table),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
