"""Customers as keyed hashes."""

import hashlib
import re
from pathlib import Path

import polars as pl

from ecodash.store import Workspace, fingerprint


def test_the_same_value_has_the_same_hash_here_and_another_one_elsewhere(tmp_path: Path) -> None:
    values = pl.Series("buyer", ["phone|13800000000", None, "phone|13800000000", "用户|张三", ""])
    with Workspace.create(tmp_path / "a") as first, Workspace.create(tmp_path / "b") as second:
        hashed, other = first.hash_id(values), second.hash_id(values)
        assert first.hash_id(values[::-1]).to_list() == hashed.to_list()[::-1]
        salt = first.folder.salt()
    assert hashed.name == "buyer"
    assert [h is None for h in hashed] == [False, True, False, False, False]
    assert hashed[0] == hashed[2] != other[0]
    assert all(re.fullmatch(r"[0-9a-f]{32}", h) for h in hashed.drop_nulls())
    key = hashlib.sha256(f"key:{salt}".encode()).hexdigest()[:32]
    assert hashed[3] == hashlib.sha256(f"{key}用户|张三".encode()).hexdigest()[:32]


def test_nothing_to_hash_gives_nothing(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a") as workspace:
        assert workspace.hash_id(pl.Series("x", [], dtype=pl.String)).to_list() == []
        assert workspace.hash_id(pl.Series("x", [None, None])).to_list() == [None, None]


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * (9 << 20))
    assert fingerprint(path) == hashlib.sha256(b"x" * (9 << 20)).hexdigest()
