"""The settings of a workspace as text in its ``meta`` table."""

import json
from dataclasses import asdict, fields, replace
from typing import TypeVar

import duckdb

from ecodash.core.settings import SalesPolicy, Settings
from ecodash.store.answers import first_row

Kind = TypeVar("Kind", Settings, SalesPolicy)


def write(cursor: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Keep one named value, replacing an earlier one."""
    cursor.execute("DELETE FROM meta WHERE name = ?", [name])
    cursor.execute("INSERT INTO meta VALUES (?, ?)", [name, value])


def read(cursor: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """A named value; None when it was never written."""
    row = first_row(cursor, "SELECT value FROM meta WHERE name = ?", [name])
    return str(row[0]) if row else None


def to_text(settings: Settings) -> str:
    """The settings as JSON."""
    return json.dumps(asdict(settings), ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> Settings:
    """The settings in ``text``: what is missing takes its default, what this version does not know is left out."""
    stored = json.loads(text)
    policy = _filled(SalesPolicy(), stored.pop("policy", {}))
    return replace(_filled(Settings(), stored), policy=policy)


def _filled(defaults: Kind, stored: dict[str, object]) -> Kind:
    names = {field.name for field in fields(defaults)}
    known = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items() if k in names}
    return replace(defaults, **known)  # type: ignore[arg-type]
