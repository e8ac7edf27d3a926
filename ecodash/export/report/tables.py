"""Tables and definitions of a report as HTML."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape

from ecodash.core.unit import Unit
from ecodash.export.cell import Cell, plain
from ecodash.export.table import Column, Definition, Table
from ecodash.export.text import rows
from ecodash.i18n import Reader, moment_text, t, value_text

MOST_ROWS = 2000
SHORT = 40


def table_html(table: Table, reader: Reader) -> str:
    """The table with every digit, at most 2,000 rows (then it says so); what has no value says why or is a dash."""
    head = "".join(f'<th scope="col"{_side(one)}>{escape(one.heading)}</th>' for one in table.columns)
    body = []
    for index, row in enumerate(rows(table)):
        if index == MOST_ROWS:
            break
        cells = zip(table.columns, row, strict=True)
        body.append(
            "<tr>"
            + "".join(
                f"<td{_side(one)}>{escape(_cell(cell, one, reader))}{'*' * ((index, one.name) in table.starred)}</td>"
                for one, cell in cells
            )
            + "</tr>"
        )
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(table.title)}">'
        f"<table><caption>{escape(_caption(table, reader))}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def folded(table: Table, reader: Reader) -> str:
    """The table behind a chart, closed until it is asked for; a short one is opened for printing."""
    count = t("report.table", reader.language, n=table.frame.height)
    name = "short" if table.frame.height <= SHORT else "long"
    return f'<details class="{name}"><summary>{escape(count)}</summary>{table_html(table, reader)}</details>'


def definitions_html(definitions: Sequence[Definition], reader: Reader) -> str:
    """The definitions as a table, each once."""
    names = ("metric", "meaning", "formula", "identifier")
    head = "".join(f'<th scope="col">{escape(t(f"export.{name}", reader.language))}</th>' for name in names)
    lines = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.meaning)}</td><td>{escape(one.formula)}</td>"
        f"<td><code>{escape(one.identifier)}</code></td></tr>"
        for one in dict.fromkeys(definitions)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _caption(table: Table, reader: Reader) -> str:
    said = [table.title]
    if table.frame.height > MOST_ROWS:
        said.append(t("report.cut", reader.language, kept=MOST_ROWS, all=table.frame.height))
    if table.starred:
        said.append(t("report.starred", reader.language))
    return " · ".join(said)


def _side(column: Column) -> str:
    return ' class="number"' if column.unit is not None else ""


def _cell(value: Cell, column: Column, reader: Reader) -> str:
    if isinstance(value, bool):
        return t("report.yes" if value else "report.no", reader.language)
    shown = plain(value)
    if shown is None:
        return "—"
    if isinstance(shown, datetime):
        return moment_text(shown)
    if isinstance(shown, date):
        return shown.isoformat()
    if isinstance(shown, int | float) and column.unit is not None:
        return value_text(shown, column.unit, reader.language, reader.currency, exact=column.unit is not Unit.DAYS)
    return str(shown)
