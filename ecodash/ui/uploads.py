"""Receives files as a stream, so that a file of any size costs no memory.

A page hands the browser a few tokens; each lets one file in, once, within an hour. The file goes under a random name
into the workspace's ``incoming`` folder; the name the user gave it is only ever shown. ``claim`` gives the page what
arrived. Source of the measurements behind this: ``st.file_uploader`` keeps the whole file in memory.
"""

import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex, token_urlsafe
from threading import Lock
from typing import BinaryIO

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

TOKEN_SECONDS = 3600
STALE_SECONDS = 24 * 3600
MEGABYTE = 1 << 20
KEEP_FREE = 512 * MEGABYTE
CHUNK = 8 * MEGABYTE
NAME_LENGTH = 200
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]|[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, kw_only=True)
class Received:
    """One file on disk under a random name: ``bytes`` long, called ``name`` by its owner."""

    path: Path
    name: str
    bytes: int


@dataclass
class _Grant:
    folder: Path
    expires: float
    path: Path | None = None
    bytes: int = 0
    busy: bool = False


_grants: dict[str, _Grant] = {}
_lock = Lock()
_state = {"enabled": False}


def enable() -> None:
    """Says that the upload route is being served; without it pages fall back to Streamlit's own uploader."""
    _state["enabled"] = True


def streaming() -> bool:
    """Whether the upload route is being served."""
    return _state["enabled"]


def limit_bytes() -> int:
    """The largest file taken, in bytes: ``ECODASH_MAX_UPLOAD_MB``, 2048 when it is not set."""
    return int(os.environ.get("ECODASH_MAX_UPLOAD_MB", "2048")) * MEGABYTE


def grant(folder: Path, count: int) -> list[str]:
    """``count`` new tokens for files into ``folder``; forgets the expired ones that nobody used."""
    now = time.time()
    tokens = [token_urlsafe(24) for _ in range(count)]
    with _lock:
        for token in [token for token, it in _grants.items() if it.expires < now and not it.busy]:
            discard(_grants.pop(token).path)
        for token in tokens:
            _grants[token] = _Grant(folder=folder, expires=now + TOKEN_SECONDS)
    return tokens


def open_tokens(tokens: list[str]) -> list[str]:
    """Those of ``tokens`` that can still take a file."""
    with _lock:
        return [token for token in tokens if token in _grants and not _used(_grants[token])]


def claim(token: str, name: str) -> Received | None:
    """What arrived for ``token``, once; None when nothing did or it was claimed before."""
    with _lock:
        found = _grants.get(token)
        if found is None or found.path is None or found.busy:
            return None
        _grants.pop(token)
    return Received(path=found.path, name=clean_name(name), bytes=found.bytes)


def clean_name(name: str) -> str:
    """The file's own name, safe to show: no folders, no control or direction marks, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _UNPRINTABLE.sub("", last)[-NAME_LENGTH:] or "file"


def new_path(folder: Path) -> Path:
    """A fresh random file name in ``folder``, which is made if need be and readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{token_hex(12)}.upload"


def save(stream: BinaryIO, folder: Path, name: str) -> Received:
    """Copies an in-memory upload to disk in chunks, never as a whole."""
    path = new_path(folder)
    with path.open("xb") as out:
        shutil.copyfileobj(stream, out, CHUNK)
    return Received(path=path, name=clean_name(name), bytes=path.stat().st_size)


def discard(path: Path | None) -> None:
    """Deletes a received file; it is no error when it is gone."""
    if path is not None:
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Deletes what was received more than a day ago and never confirmed."""
    for path in folder.glob("*.upload*"):
        if time.time() - path.stat().st_mtime > STALE_SECONDS:
            discard(path)


async def receive(request: Request) -> JSONResponse:
    """``PUT /api/upload/{token}``: 200 with the size, 403 bad token or foreign origin, 413 too large, 507 disk full."""
    refused = _refuse(request)
    if refused is not None:
        return refused
    token = request.path_params["token"]
    found = _occupy(token)
    if found is None:
        return _answer("token", 403)
    path = new_path(found.folder)
    partial = path.with_suffix(".upload.part")
    try:
        size = await _write(request, partial)
        partial.rename(path)
    except _TooLarge:
        return _answer("too_large", 413)
    except ClientDisconnect:
        return _answer("network", 499)
    except OSError:
        return _answer("disk", 507)
    else:
        found.path, found.bytes = path, size
        return JSONResponse({"ok": True, "bytes": size})
    finally:
        discard(partial)
        found.busy = False


class _TooLarge(Exception):
    """More bytes than the limit; never leaves this file."""


async def _write(request: Request, partial: Path) -> int:
    size = 0
    with partial.open("xb", buffering=MEGABYTE) as out:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit_bytes():
                raise _TooLarge
            out.write(chunk)
    return size


def _refuse(request: Request) -> JSONResponse | None:
    origin, host = request.headers.get("origin"), request.headers.get("host")
    if origin is not None and origin.split("://", 1)[-1] != host:
        return _answer("origin", 403)
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit_bytes():
        return _answer("too_large", 413)
    found = _grants.get(request.path_params["token"])
    if found is not None and announced.isdigit():
        free = shutil.disk_usage(_existing(found.folder)).free
        if int(announced) + KEEP_FREE > free:
            return _answer("disk", 507)
    return None


def _occupy(token: str) -> _Grant | None:
    with _lock:
        found = _grants.get(token)
        if found is None or _used(found):
            return None
        found.busy = True
        return found


def _used(found: _Grant) -> bool:
    return found.busy or found.path is not None or found.expires < time.time()


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _answer(code: str, status: int) -> JSONResponse:
    return JSONResponse({"error": code}, status_code=status)
