"""Everything that can go wrong for a reason the user can act on.

::

    EcodashError                 anything below; ``text`` in both languages, ``advice`` says what to do
    ├── InputError               a file or a value in it (file, row, column, found, expected)
    │   ├── UnreadableFile       no reader can open it: damaged, encrypted, hostile
    │   └── UnknownFormat        read, but not recognised; ``nearest`` names the closest known format
    ├── MappingError             a mapping names a field or header that does not exist, or lacks a required one
    ├── WorkspaceError           the folder: locked by another process, read-only, disk full, not a workspace
    ├── UnknownName              no such metric, dimension, load, setting …; ``nearest`` is a suggestion
    └── MissingData              the question is fine, the data for it were never loaded
"""

from dataclasses import dataclass
from difflib import get_close_matches

from ecodash.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the input: each part is None when it does not apply. Rows count from 1 as in the file."""

    file: str | None = None
    row: int | None = None
    column: str | None = None


class EcodashError(Exception):
    """A problem said in both languages, with what to do about it."""

    def __init__(self, text: Text, *, advice: Text | None = None, place: Place | None = None) -> None:
        self.text, self.advice, self.place = text, advice, place
        super().__init__(self.message.en)

    @property
    def message(self) -> Text:
        """Place, problem and advice in one sentence each."""
        where = Text("", "")
        if self.place is not None:
            parts_zh = [
                self.place.file or "",
                f"第 {self.place.row} 行" if self.place.row else "",
                f"列“{self.place.column}”" if self.place.column else "",
            ]
            parts_en = [
                self.place.file or "",
                f"row {self.place.row}" if self.place.row else "",
                f"column “{self.place.column}”" if self.place.column else "",
            ]
            where = Text("，".join(p for p in parts_zh if p) + "：", ", ".join(p for p in parts_en if p) + ": ")
        advice = Text(" " + self.advice.zh, " " + self.advice.en) if self.advice else Text("", "")
        return where + self.text + advice


class InputError(EcodashError):
    """A file, or a value in it, is not what it should be."""


class UnreadableFile(InputError):
    """No reader can open the file."""


class UnknownFormat(InputError):
    """The file was read but its headers match no known export; nothing is guessed."""

    def __init__(
        self, text: Text, *, nearest: str | None = None, advice: Text | None = None, place: Place | None = None
    ) -> None:
        self.nearest = nearest
        super().__init__(text, advice=advice, place=place)


class MappingError(EcodashError):
    """A mapping or a setting of a load cannot be used."""


class WorkspaceError(EcodashError):
    """The workspace folder cannot be used: locked, read-only, full, or not a workspace."""


class MissingData(EcodashError):
    """The data for this question were never loaded; the advice says which export brings them."""


class UnknownName(EcodashError):
    """There is no such thing; names the nearest one there is."""

    def __init__(self, kind: Text, name: str, known: list[str]) -> None:
        close = get_close_matches(name, known, n=1)
        self.nearest = close[0] if close else None
        hint = Text(f"你是不是要找“{self.nearest}”？", f"Did you mean “{self.nearest}”?") if self.nearest else None
        super().__init__(Text(f"没有名为“{name}”的{kind.zh}。", f"There is no {kind.en} called “{name}”."), advice=hint)
