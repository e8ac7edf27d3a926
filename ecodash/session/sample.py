"""The sample shop: its raw exports through the real importer, into a workspace of its own."""

import hashlib
import shutil
from pathlib import Path

from ecodash import __version__
from ecodash.core.settings import Settings
from ecodash.sample import load_options, sample_files
from ecodash.session.places import sample_directory
from ecodash.session.session import Session
from ecodash.session.wishes import Wishes
from ecodash.store import Workspace, fingerprint

DONE = "complete"


def open_sample(home: Path) -> Session:
    """The sample shop in a folder of its own under ``home``; loaded on first use, which takes some seconds.

    The folder carries the fingerprint of the exports and of this version: new exports make a new shop, half a shop
    (the machine went down while it was being made) is thrown away.
    """
    files = sample_files(sample_directory())
    workspace = home / f"sample-{_print(files)}"
    if not (workspace / DONE).is_file():
        shutil.rmtree(workspace, ignore_errors=True)
        _fill(workspace, files)
    return Session.open(workspace, create=False)


def _fill(workspace: Path, files: list[Path]) -> None:
    """Load every export without facts, then open the shop once: it builds them in one go instead of per file."""
    with Session(Workspace.create(workspace, Settings())) as session:
        for file in files:
            wishes = Wishes(options=tuple(f"{key}={value}" for key, value in load_options(file).items()))
            for card in session.inspect(file, wishes=wishes):
                session.load(card)
    Session.open(workspace).close()
    (workspace / DONE).touch()


def _print(files: list[Path]) -> str:
    words = [__version__, *(fingerprint(file) for file in files)]
    return hashlib.sha256("".join(words).encode()).hexdigest()[:12]
