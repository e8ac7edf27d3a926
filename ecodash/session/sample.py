"""The sample shop, opened in a workspace of its own: the shipped raw exports through the real importer."""

from pathlib import Path

from ecodash.sample import load_options, sample_files
from ecodash.session.places import sample_directory
from ecodash.session.session import Session
from ecodash.session.wishes import Wishes


def open_sample(directory: Path) -> Session:
    """The sample shop in the workspace at ``directory``; whatever of it is not loaded yet is loaded first.

    Safe to be interrupted: a file that is there already is not loaded again. Raises WorkspaceError.
    """
    session = Session.open(directory, create=True)
    files = sample_files(sample_directory())
    if session.loads()["file"].str.split(" › ").list.first().n_unique() >= len(files):
        return session
    for path in files:
        options = tuple(f"{name}={value}" for name, value in load_options(path).items())
        for card in session.inspect(path, wishes=Wishes(options=options)):
            if card.ready and card.already_loaded is None:
                session.load(card)
    return session
