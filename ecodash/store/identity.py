"""Customers as keyed hashes: the first 128 bits of SHA-256 over the secret of the workspace and the value.

The same value has the same hash within one workspace and another one in every other workspace; without the salt file
nobody can find the phone number behind a hash by trying all numbers.
"""

import hashlib

import duckdb
import polars as pl

_DIGITS = 32


def hash_sql(expression: str, salt: str) -> str:
    """SQL for the keyed hash of the text ``expression``; null stays null."""
    return f"substr(sha256('{_key(salt)}' || {expression}), 1, {_DIGITS})"


def _key(salt: str) -> str:
    """128 bits of the salt as hex: short enough that key and value fit into one block of SHA-256."""
    return hashlib.sha256(f"key:{salt}".encode()).hexdigest()[:_DIGITS]


def hash_values(cursor: duckdb.DuckDBPyConnection, values: pl.Series, salt: str) -> pl.Series:
    """One 32-digit hex hash per value, in the order of ``values``; null stays null."""
    distinct = values.cast(pl.String).drop_nulls().unique()
    if distinct.is_empty():
        return pl.Series(values.name, [None] * len(values), dtype=pl.String)
    texts = cursor.from_arrow(pl.DataFrame({"value": distinct}).to_arrow(compat_level=pl.CompatLevel.newest()))
    hashed = texts.project(f"value, {hash_sql('value', salt)} AS hash").pl()
    return (
        values.cast(pl.String)
        .replace_strict(hashed["value"], hashed["hash"], default=None, return_dtype=pl.String)
        .rename(values.name)
    )


def salt_print(salt: str) -> str:
    """A print that tells whether two salts are the same without revealing either."""
    return hashlib.sha256(f"salt:{salt}".encode()).hexdigest()[:16]
