"""The cohort matrix as a table: the same rows, columns, gaps and numbers as on the screen."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from ecodash.core.estimate import Status
from ecodash.core.unit import Unit
from ecodash.export.table import Column, Notes, Table
from ecodash.i18n import Reader, status_text, t


def matrix_table(cells: pl.DataFrame, *, unit: Unit, reader: Reader, title: str, notes: Notes | None = None) -> Table:
    """A row per cohort and a column per month; the summary row (null ``cohort``) first, as on the screen.

    ``cells`` has one row per cohort and month with cohort, month, value, n and status. A cell not due says so in words,
    one of too few is starred, a place outside the data stays empty. The second column is the cohort's size.
    """
    language = reader.language
    found = {(row["cohort"], row["month"]): row for row in cells.iter_rows(named=True)}
    cohorts = sorted({cohort for cohort, _ in found if cohort is not None})
    order = ([None] if any(cohort is None for cohort, _ in found) else []) + cohorts
    months = range(max((month for _, month in found), default=-1) + 1)
    data: dict[str, list[object]] = {
        "cohort": [_name(cohort, unit, reader) for cohort in order],
        "size": [found[cohort, 0]["n"] if (cohort, 0) in found else None for cohort in order],
    }
    for month in months:
        data[str(month)] = [found.get((cohort, month), {}).get("value") for cohort in order]
    places = {
        (row, str(month)): found[cohort, month]
        for row, cohort in enumerate(order)
        for month in months
        if (cohort, month) in found
    }
    schema = {"cohort": pl.String, "size": pl.Int64, **{str(month): pl.Float64 for month in months}}
    return Table(
        title=title,
        frame=pl.DataFrame(data, schema=schema),
        columns=(
            Column(name="cohort", heading=t("export.cohort", language)),
            Column(name="size", heading=t("export.size", language), unit=Unit.BUYERS),
            *(Column(name=str(month), heading=str(month), unit=unit) for month in months),
        ),
        notes=notes or Notes(),
        words={place: _reason(cell, reader) for place, cell in places.items() if cell["value"] is None},
        starred=frozenset(place for place, cell in places.items() if cell["status"] == Status.TOO_FEW.value),
    )


def _reason(cell: Mapping[str, object], reader: Reader) -> str:
    return status_text(Status(str(cell["status"])), reader.language)


def _name(cohort: date | None, unit: Unit, reader: Reader) -> str:
    if cohort is None:
        return t("chart.cohort.mean" if unit is Unit.RATIO else "chart.cohort.total", reader.language)
    return f"{cohort:%Y-%m}"
