"""A reader written in Rust that stops at an impossible place in a damaged file says so as a panic, not as an error."""

from collections.abc import Iterator
from contextlib import contextmanager

from ecodash.ingest import unreadable


@contextmanager
def panics_as_damage(file: str, kind: str) -> Iterator[None]:
    """Turn a panic inside the block into UnreadableFile; everything else passes."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable.damaged(file, kind, str(error).splitlines()[0][:120]) from error
