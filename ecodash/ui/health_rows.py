"""The rows behind a finding or a part of a reconciliation, as a table with headings people understand."""

import polars as pl

from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import catalogue
from ecodash.session.health import SCALED
from ecodash.ui.labels import label
from ecodash.ui.words import language

PLAIN = frozenset({"qty", "on_hand_qty", "available", "original"})
LABELLED = {"channel_id": "channel"}
KINDS = ("kind", "status")


def table(rows: pl.DataFrame, *, title: str) -> Table:
    """Rows with the headings of the catalogue; channels and kinds of documents by their names, empty columns left out."""
    words = catalogue(language())
    shown = rows.with_columns(
        *(_named(rows, column, dimension) for column, dimension in LABELLED.items() if column in rows.columns),
        *(_worded(column, words) for column in KINDS if column in rows.columns),
    )
    columns = [
        Column(name=name, heading=words.get(f"rowcolumn.{name}", name), unit=_unit(name))
        for name in shown.columns
        if shown[name].null_count() < shown.height or shown.is_empty()
    ]
    return Table(title=title, frame=shown, columns=columns)


def _named(rows: pl.DataFrame, column: str, dimension: str) -> pl.Expr:
    names = {code: label(dimension, code) for code in rows[column].drop_nulls().unique()}
    return pl.col(column).replace(names)


def _worded(column: str, words: object) -> pl.Expr:
    known = dict(words) if isinstance(words, dict) else {}
    names = {key.partition(".")[2]: said for key, said in known.items() if key.startswith("document.")}
    return pl.col(column).replace(names)


def _unit(name: str) -> Unit | None:
    return Unit.MONEY if name in SCALED and name not in PLAIN else None
