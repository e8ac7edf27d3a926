"""The field that takes files: our own streaming one, or Streamlit's when the upload route is not served."""

import contextlib
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from ecodash.i18n import number
from ecodash.ui import state, uploads
from ecodash.ui.uploads import Received
from ecodash.ui.words import language, t

PARTS = Path(__file__).parent / "uploader_field"
ENDINGS = ("csv", "tsv", "txt", "xlsx", "xlsm", "xls", "zip", "parquet", "html", "htm", "xml", "json", "jsonl", "gz")
GIGABYTE = 1 << 30

_field = st.components.v2.component(
    "ecodash_uploader",
    html=(PARTS / "field.html").read_text("utf-8"),
    css=(PARTS / "field.css").read_text("utf-8"),
    js=(PARTS / "field.js").read_text("utf-8"),
)


def files(folder: Path) -> list[Received]:
    """Draws the field; gives the files that arrived since the last run, on disk in ``folder``."""
    return _streamed(folder) if uploads.streaming() else _in_memory(folder)


def _streamed(folder: Path) -> list[Received]:
    arrived = []
    for entry in state.arrived("uploader"):
        received = uploads.claim(entry.get("token", ""), entry.get("name", ""))
        if received is not None:
            arrived.append(received)
    tokens = state.upload_tokens(uploads.open_tokens, lambda count: uploads.grant(folder, count))
    _field(key="uploader", data={"tokens": tokens, "max": uploads.limit_bytes(), **_words()}, on_done_change=_noted)
    return arrived


def _words() -> dict[str, object]:
    keys = ("browse", "hint", "waiting", "arrived", "too_big", "too_large", "disk", "token", "origin", "network")
    size = number(uploads.limit_bytes() / GIGABYTE, language(), 0)
    return {
        "t": {key: t(f"upload.{key}", size=size) if key in {"hint", "too_big"} else t(f"upload.{key}") for key in keys},
        "accept": ",".join(f".{ending}" for ending in ENDINGS),
    }


def _noted() -> None:
    """The value is read at the next run; Streamlit only wants a callback to be there."""


def _in_memory(folder: Path) -> list[Received]:
    turn = state.turn("uploader")
    held = st.file_uploader(
        t("upload.browse"),
        type=list(ENDINGS),
        accept_multiple_files=True,
        key=f"files.{turn}",
        help=t("upload.fallback"),
    )
    if not held:
        return []
    arrived = [uploads.save(file, folder, file.name) for file in held]
    for file in held:
        _forget(file)
    state.turn("uploader", step=True)
    return arrived


def _forget(file: UploadedFile) -> None:
    """Frees the bytes now; Streamlit would keep them until the session ends. Not a public interface, so it may fail."""
    with contextlib.suppress(AttributeError, KeyError, TypeError):
        context = get_script_run_ctx()
        if context is not None:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)  # type: ignore[attr-defined]
