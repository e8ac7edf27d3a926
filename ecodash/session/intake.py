"""From a file to cards: read, recognise, conform. Nothing is kept yet."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import polars as pl

from ecodash.core.errors import EcodashError, UnreadableFile
from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.ingest.conform import conform
from ecodash.ingest.parts import can_be_cut
from ecodash.ingest.raw import RawTable
from ecodash.ingest.read import read
from ecodash.ingest.recipe import Recipe
from ecodash.ingest.sniff import HEAD_BYTES, Kind, sniff
from ecodash.session.card import FileCard
from ecodash.session.large import HEAD_ROWS, LARGE_BYTES
from ecodash.session.wishes import NOTHING, Wishes, understand
from ecodash.store import fingerprint

HashIds = Callable[[pl.Series], pl.Series]


def passing_hash() -> HashIds:
    """Hashes for a look at a file that is not kept: keyed with a secret that is forgotten at once."""
    secret = os.urandom(32)
    return lambda values: values.map_elements(
        lambda value: blake2b(value.encode(), key=secret, digest_size=16).hexdigest(), return_dtype=pl.String
    )


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the reading of a file depends on besides the file."""

    settings: Settings
    hash_ids: HashIds
    recipes: Sequence[Recipe] = ()


def inspect_file(
    path: Path, *, wishes: Wishes = NOTHING, around: Surroundings | None = None, name: str | None = None
) -> list[FileCard]:
    """A card per sheet or archive member of a file; trouble with the file is said on a card, never raised."""
    around = around or Surroundings(settings=Settings(), hash_ids=passing_hash())
    file = name or path.name
    if not path.is_file():
        missing = UnreadableFile(Text(f"找不到文件“{path}”。", f"There is no file “{path}”."))
        return [FileCard(path=path, file=file, sha256="", size=0, trouble=missing)]
    blank = FileCard(path=path, file=file, sha256=fingerprint(path), size=path.stat().st_size)
    try:
        raws = _tables(blank, wishes)
    except EcodashError as error:
        return [replace(blank, trouble=error)]
    return [_card(replace(blank, file=raw.file, raw=raw), raw, wishes, around) for raw in raws]


def _tables(blank: FileCard, wishes: Wishes) -> list[RawTable]:
    """The tables of a file; of a large text only its beginning."""
    limit = HEAD_ROWS if blank.size > LARGE_BYTES and _is_text(blank.path) else None
    return read(blank.path, name=blank.file, options=wishes.load_options(), limit=limit)


def _is_text(path: Path) -> bool:
    with path.open("rb") as stream:
        return sniff(stream.read(HEAD_BYTES)) is Kind.TEXT


def _card(blank: FileCard, raw: RawTable, wishes: Wishes, around: Surroundings) -> FileCard:
    try:
        recognition = understand(raw, wishes, around.recipes)
        card = replace(blank, recognition=recognition)
    except EcodashError as error:
        return replace(blank, trouble=error)
    if not recognition.confirmed:
        return card
    try:
        if not raw.complete:
            if can_be_cut(raw, recognition):
                return replace(card, large=True)
            raw = read(card.path, name=blank.file, options=recognition.mapping.options)[0]
            card = replace(card, raw=raw)
        conformed = conform(raw, recognition, settings=around.settings, hash_id=around.hash_ids)
    except EcodashError as error:
        return replace(card, trouble=error)
    return replace(card, conformed=conformed)
