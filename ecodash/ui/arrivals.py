"""New files: from the upload field or from a folder of this machine, looked at and waiting to be confirmed."""

import os
from pathlib import Path

import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.session import FileCard, Session
from ecodash.ui import state, uploader, uploads
from ecodash.ui.words import language, md, say, size, t

LONGEST_LIST = 500


def folder(shop: Session) -> Path:
    """Where uploaded files lie until they are confirmed or discarded."""
    return shop.workspace.folder.uploads


def take(shop: Session) -> None:
    """Draws the ways in and adds what arrived to the waiting files."""
    place = folder(shop)
    if state.turn("sweep") == 0:
        state.turn("sweep", step=True)
        uploads.sweep(place)
    for received in uploader.files(place):
        with st.spinner(say("intake.reading", file=received.name)):
            look_at(shop, received.path, received.name, ours=True)
    st.caption(say("data.privacy"))
    _from_folder(shop)


def look_at(shop: Session, path: Path, name: str, *, ours: bool) -> None:
    """Adds the cards of one file; ``ours`` files lie in our folder and go when they are done with."""
    try:
        cards = shop.inspect(path, name=name)
    except EcodashError as error:
        st.error(md(error.message.to(language())), icon=":material/error:")
        if ours:
            uploads.discard(path)
        return
    for card in cards:
        state.waiting()[state.new_key()] = card


def drop(key: str, ours: Path) -> None:
    """Forgets a waiting file; its bytes go with the last card that came from it, if they were uploaded."""
    card = state.waiting().pop(key, None)
    if card is not None and card.path.parent == ours and not _still_needed(card):
        uploads.discard(card.path)


def _still_needed(gone: FileCard) -> bool:
    return any(card.path == gone.path for card in state.waiting().values())


def import_folder() -> Path | None:
    """The folder files may be taken from without an upload: ``ECODASH_IMPORT_DIR``; None when not set or not there."""
    named = os.environ.get("ECODASH_IMPORT_DIR")
    found = Path(named).resolve() if named else None
    return found if found is not None and found.is_dir() else None


def files_in(shared: Path) -> dict[str, Path]:
    """What can be taken from the folder: name relative to it → file; links that lead out of it are left out."""
    found = {}
    for path in sorted(shared.rglob("*"))[:LONGEST_LIST]:
        inside = path.resolve().is_relative_to(shared)
        if inside and path.is_file() and path.suffix.lower().lstrip(".") in uploader.ENDINGS:
            found[str(path.relative_to(shared))] = path
    return found


def _from_folder(shop: Session) -> None:
    shared = import_folder()
    if shared is None:
        return
    with st.expander(say("intake.folder"), icon=":material/folder_open:"):
        files = files_in(shared)
        if not files:
            st.caption(say("intake.folder_empty"))
            return
        chosen = st.multiselect(
            t("intake.folder_pick"),
            list(files),
            key=f"folder.{state.turn('folder')}",
            placeholder=t("filter.any"),
            format_func=lambda name: f"{name} · {size(files[name].stat().st_size)}",
        )
        if st.button(say("intake.folder_take", n=len(chosen)), disabled=not chosen, key="folder.take"):
            for name in chosen:
                look_at(shop, files[name], name, ours=False)
            state.turn("folder", step=True)
            st.rerun()
