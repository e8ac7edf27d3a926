"""Documents that are written once and never changed: one file each, with the hash of its content beside it.

A number is given out by linking a finished file into place, so a document is there whole or not at all, two writers
never get the same number, and nothing is ever written over. A file changed by hand no longer matches its hash.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from ecodash.core.errors import UnknownName, WorkspaceError
from ecodash.core.text import Text
from ecodash.store import problems

Document = Mapping[str, object]
TRIES = 1000


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One document. ``intact`` is False when the file was changed after it was written."""

    number: int
    document: Document
    intact: bool


class Archive:
    """The documents in ``folder``, by number from 1. Writing raises WorkspaceError when it cannot be done."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, document: Document) -> Kept:
        """Keep a document under the next number."""
        text = _written(document)
        content = json.dumps({"sha256": _hash(text), "document": document}, ensure_ascii=False, sort_keys=True)
        with problems.explained(self._folder.parent):
            self._folder.mkdir(exist_ok=True)
            with NamedTemporaryFile("w", dir=self._folder, suffix=".part", encoding="utf-8", delete=False) as part:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
            try:
                number = self._place(Path(part.name))
            finally:
                Path(part.name).unlink(missing_ok=True)
        return Kept(number=number, document=document, intact=True)

    def all(self) -> list[Kept]:
        """Every document, by number; files that are no documents are left out."""
        found = (self._read(path) for path in sorted(self._folder.glob("[0-9]*.json")))
        return [one for one in found if one is not None]

    def get(self, number: int) -> Kept:
        """One document. Raises UnknownName when there is none, WorkspaceError when its file was changed."""
        kept = {one.number: one for one in self.all()}
        if number not in kept:
            raise UnknownName(Text("存档", "archived document"), str(number), [str(one) for one in kept])
        if not kept[number].intact:
            raise WorkspaceError(
                Text(
                    f"存档 {number} 的文件在写入后被改动过，不能再采信。",
                    f"The file of archived document {number} was changed after it was written; it cannot be trusted.",
                )
            )
        return kept[number]

    def _place(self, part: Path) -> int:
        last = max((int(path.stem) for path in self._folder.glob("[0-9]*.json") if path.stem.isdigit()), default=0)
        for number in range(last + 1, last + TRIES):
            target = self._folder / f"{number:05}.json"
            try:
                os.link(part, target)
            except FileExistsError:
                continue
            target.chmod(0o444)
            return number
        raise FileExistsError(self._folder)

    @staticmethod
    def _read(path: Path) -> Kept | None:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            document, said = content["document"], content["sha256"]
            return Kept(number=int(path.stem), document=document, intact=_hash(_written(document)) == said)
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _written(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
