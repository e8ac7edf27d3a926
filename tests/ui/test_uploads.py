import io
import os
import time
from pathlib import Path

import pytest
from starlette.applications import Starlette

from ecodash.ui import server, uploads
from tests.ui import asgi

APP = Starlette(routes=server.ROUTES, middleware=server.MIDDLEWARE)


def put(token: str, content: bytes = b"a,b\n", **headers: str) -> tuple[int, dict[str, object]]:
    said = {"content-length": str(len(content)), **headers}
    answer = asgi.put(APP, f"/api/upload/{token}", [content], said)
    return answer.status, answer.body


def test_a_token_lets_one_file_in_once(tmp_path: Path) -> None:
    [token] = uploads.grant(tmp_path / "in", 1)
    assert put(token) == (200, {"ok": True, "bytes": 4})
    assert put(token) == (403, {"error": "token"})
    received = uploads.claim(token, "C:\\fake\\订单.csv")
    assert received is not None
    assert (received.name, received.bytes, received.path.read_bytes()) == ("订单.csv", 4, b"a,b\n")
    assert uploads.claim(token, "x") is None


def test_no_token_no_file(tmp_path: Path) -> None:
    assert put("guess") == (403, {"error": "token"})
    assert list(tmp_path.iterdir()) == []


def test_another_site_cannot_upload_through_the_visitor(tmp_path: Path) -> None:
    [token] = uploads.grant(tmp_path, 1)
    assert put(token, origin="http://evil.example") == (403, {"error": "origin"})
    assert put(token, origin="http://testserver")[0] == 200


def test_a_file_beyond_the_limit_is_refused_and_nothing_of_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECODASH_MAX_UPLOAD_MB", "1")
    [announced, streamed] = uploads.grant(tmp_path / "in", 2)
    assert put(announced, b"x" * (2 << 20)) == (413, {"error": "too_large"})
    answer = asgi.put(APP, f"/api/upload/{streamed}", [b"x" * (1 << 20), b"y"])
    assert (answer.status, answer.body) == (413, {"error": "too_large"})
    assert list((tmp_path / "in").iterdir()) == []
    assert put(streamed)[0] == 200


def test_a_full_disk_is_said_before_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "KEEP_FREE", 1 << 60)
    [token] = uploads.grant(tmp_path / "not" / "there" / "yet", 1)
    assert put(token) == (507, {"error": "disk"})


def test_an_expired_token_lets_nothing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "TOKEN_SECONDS", -1)
    [token] = uploads.grant(tmp_path, 1)
    assert put(token) == (403, {"error": "token"})
    assert uploads.open_tokens([token]) == []


def test_an_upload_broken_off_leaves_nothing_and_can_be_tried_again(tmp_path: Path) -> None:
    [token] = uploads.grant(tmp_path / "in", 1)
    broken = asgi.put(APP, f"/api/upload/{token}", [b"half", b"never"][:1], {}, breaks=True)
    assert broken.status == 499
    assert list((tmp_path / "in").iterdir()) == []
    assert put(token)[0] == 200


def test_the_name_on_the_disk_is_random_and_the_folder_private(tmp_path: Path) -> None:
    [token] = uploads.grant(tmp_path / "in", 1)
    put(token)
    [path] = (tmp_path / "in").iterdir()
    assert path.suffix == ".upload"
    assert len(path.stem) == 24
    assert (tmp_path / "in").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.csv", "agpj.csv"),
        ("a\nb.csv", "ab.csv"),
        ("", "file"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_a_name_is_only_shown_and_harmless(given: str, shown: str) -> None:
    assert uploads.clean_name(given) == shown


def test_a_file_in_memory_is_copied_to_disk(tmp_path: Path) -> None:
    received = uploads.save(io.BytesIO(b"abc"), tmp_path / "in", "a.csv")
    assert (received.name, received.bytes, received.path.read_bytes()) == ("a.csv", 3, b"abc")


def test_what_was_never_confirmed_goes_after_a_day(tmp_path: Path) -> None:
    old, new, foreign = tmp_path / "a.upload", tmp_path / "b.upload", tmp_path / "c.csv"
    for path in (old, new, foreign):
        path.write_bytes(b"")
    long_ago = time.time() - 2 * uploads.STALE_SECONDS
    os.utime(old, (long_ago, long_ago))
    os.utime(foreign, (long_ago, long_ago))
    uploads.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.upload", "c.csv"]


def test_every_answer_carries_the_security_headers() -> None:
    headers = asgi.put(APP, "/api/upload/none", []).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
