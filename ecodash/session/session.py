"""One workspace, everything that can be done with it: what the command line and the pages both call."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import narwhals as nw
import polars as pl

from ecodash.core.estimate import Estimate
from ecodash.core.period import Period
from ecodash.core.settings import Settings
from ecodash.facts import FACTS, Frame
from ecodash.ingest.recipe import list_recipes, recipe_for, save_recipe
from ecodash.ingest.shape import shape
from ecodash.metrics import engine
from ecodash.metrics.explanation import Explanation
from ecodash.metrics.query import Query
from ecodash.session.card import FileCard, unconfirmed
from ecodash.session.checks import Ground
from ecodash.session.finding import Finding
from ecodash.session.health import findings, ground_of
from ecodash.session.intake import Surroundings, inspect_file
from ecodash.session.large import Large
from ecodash.session.notebook import Notebook
from ecodash.session.settings import changed
from ecodash.session.source import WorkspaceSource
from ecodash.session.watching import Watching
from ecodash.session.wishes import NOTHING, Wishes
from ecodash.store import LoadResult, LoadSource, Workspace


class Session:
    """An open workspace. Use ``with`` or ``close``. Everything may be called from any thread.

    ``moment`` is None for now; a session made by ``as_known`` answers every question as after that load.
    """

    def __init__(self, workspace: Workspace, *, moment: int | None = None) -> None:
        self.workspace, self.moment = workspace, moment
        self.source, self.notebook = WorkspaceSource(workspace, moment=moment), Notebook(workspace)
        self.watching = Watching(workspace)

    def as_known(self, load_id: int) -> Self:
        """The same workspace as it was known after a load: later loads change none of its numbers.

        Raises UnknownName when there is no such load.
        """
        self.workspace.get_load(load_id)
        return type(self)(self.workspace, moment=load_id)

    @classmethod
    def open(
        cls, path: Path, *, create: bool = True, read_only: bool = False, settings: Settings | None = None
    ) -> Self:
        """The workspace at ``path``; a new one when there is none and ``create``. Raises WorkspaceError otherwise."""
        exists = (path / "ecodash.duckdb").is_file()
        if not exists and create:
            return cls(Workspace.create(path, settings, facts=FACTS))
        return cls(Workspace.open(path, read_only=read_only, facts=FACTS))

    def close(self) -> None:
        """Let go of the workspace."""
        self.workspace.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------------------------------------ settings

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.workspace.settings

    def change_settings(self, pairs: dict[str, str]) -> None:
        """Change settings by name (``base_currency``, ``policy.include_tax`` …); raises UnknownName, MappingError."""
        self.workspace.change_settings(changed(self.settings, pairs))

    def settings_as_pairs(self) -> dict[str, str]:
        """Every setting by name; those of the sales policy begin with ``policy.``."""
        plain = asdict(self.settings)
        policy = plain.pop("policy")
        return {name: str(value) for name, value in {**plain, **{f"policy.{k}": v for k, v in policy.items()}}.items()}

    # ------------------------------------------------------------------------------------------------ files

    def inspect(self, path: Path, *, name: str | None = None, wishes: Wishes = NOTHING) -> list[FileCard]:
        """A card per table of a file; nothing is kept. Trouble with the file is said on its card."""
        recipes = list_recipes(self.workspace.folder.recipes)
        around = Surroundings(settings=self.settings, hash_ids=self.workspace.hash_id, recipes=recipes)
        cards = inspect_file(path, wishes=wishes, around=around, name=name)
        return [self._compared(card) for card in cards]

    def load(self, card: FileCard) -> LoadResult:
        """Keep what is on a card, in one transaction; a mapping made by hand is remembered for its headers.

        Raises the card's own trouble, UnknownFormat while it needs a mapping, InputError and WorkspaceError.
        """
        if card.trouble is not None:
            raise card.trouble
        if not card.ready or card.recognition is None:
            raise unconfirmed(card)
        mapping = card.recognition.mapping
        result = self._load_large(card) if card.large else self._load_whole(card)
        if mapping.format is None:
            save_recipe(recipe_for(card.recognition.names, mapping, name=card.file), self.workspace.folder.recipes)
        return result

    def _load_whole(self, card: FileCard) -> LoadResult:
        rejects = card.conformed.rejects if card.conformed else None
        return self.workspace.load(_source(card), self.tables_of(card), rejects)

    def _load_large(self, card: FileCard) -> LoadResult:
        if card.raw is None or card.recognition is None:
            raise unconfirmed(card)
        large = Large(
            card=card,
            raw=card.raw,
            recognition=card.recognition,
            settings=self.settings,
            hash_ids=self.workspace.hash_id,
        )
        return large.load(self.workspace, _source(card))

    def tables_of(self, card: FileCard) -> dict[str, Frame]:
        """The canonical rows a card stands for; empty while it is not ready."""
        if card.conformed is None or card.recognition is None:
            return {}
        frame: Frame = nw.from_native(card.conformed.frame.lazy())
        return shape(
            frame,
            entity=card.conformed.entity,
            platform=card.platform,
            options=card.recognition.mapping.options,
        )

    def _compared(self, card: FileCard) -> FileCard:
        if not card.ready:
            return card
        known = self.workspace.find_load(card.sha256, _source(card).options_key)
        already = known.load_id if known is not None and known.active else None
        main = dict(list(self.tables_of(card).items())[:1])  # what the file is about comes first
        overlap = sum(self.workspace.overlap(main).values())
        return replace(card, already_loaded=already, overlap=overlap)

    def loads(self) -> pl.DataFrame:
        """One row per load, those taken back included; none that came after ``moment``."""
        found = self.workspace.loads()
        return found if self.moment is None else found.filter(pl.col("load_id") <= self.moment)

    def undo(self, load_id: int) -> None:
        """Take a load back."""
        self.workspace.undo(load_id)

    def redo(self, load_id: int) -> None:
        """Bring a load back."""
        self.workspace.redo(load_id)

    def rejects(self, load_id: int | None = None) -> pl.DataFrame:
        """What one load refused, or all active loads."""
        if load_id is not None:
            return self.workspace.rejects(load_id)
        loads = self.loads().filter("active")["load_id"].to_list()
        frames = [self.workspace.rejects(number) for number in loads]
        return pl.concat(frames) if frames else pl.DataFrame()

    def check(self) -> list[Finding]:
        """Data health: the findings with rows, graver ones first, then by money."""
        return findings(self.ground())

    def ground(self) -> Ground:
        """What the checks of data health look at, today."""
        return ground_of(self.source, self.loads(), self.rejects)

    # ------------------------------------------------------------------------------------------------ numbers

    def data_window(self, *, as_of: int | None = None) -> Period | None:
        """First and last day of the loaded orders; None without orders."""
        return self.source.data_end(as_of=as_of)

    def tables_loaded(self) -> set[str]:
        """Names of the canonical tables that hold rows."""
        return self.source.loaded_tables()

    def compute(self, ids: Sequence[str], query: Query) -> list[Estimate]:
        """One estimate per metric and group. Raises UnknownName."""
        return engine.compute(self.source, ids, query)

    def rows(self, metric: str, query: Query, *, limit: int | None = None) -> pl.DataFrame:
        """The very rows behind a number, at most ``limit``, with the file and row each came from."""
        rows = engine.rows(self.source, metric, query, limit=limit)
        if "load_id" not in rows.columns:
            return rows
        origin = self.workspace.origin(rows["load_id"].drop_nulls().unique().to_list())
        return rows.join(origin.select("load_id", "file"), on="load_id", how="left", maintain_order="left")

    def explain(self, metric: str, query: Query) -> Explanation:
        """The number explained, with the names and times of the files its rows came from."""
        found = engine.explain(self.source, metric, query)
        files = {row["load_id"]: row for row in self.workspace.origin([load for load, _ in found.loads]).to_dicts()}
        origins = tuple(
            replace(origin, file=files[origin.load_id]["file"], loaded_at=files[origin.load_id]["loaded_at"])
            for origin in found.origins
        )
        return replace(found, origins=origins, as_of=query.as_of or self.moment)


def _source(card: FileCard) -> LoadSource:
    recognition = card.recognition
    if recognition is None or not card.ready:
        raise ValueError("the card is not ready")
    mapping = recognition.mapping
    chosen = {name: value for name, value in asdict(mapping.options).items() if value not in (None, (), False)}
    columns = {field: list(names) for field, names in mapping.columns.items()} if mapping.format is None else {}
    return LoadSource(
        file=card.file,
        sha256=card.sha256,
        bytes=card.size,
        entity=mapping.entity,
        format=recognition.format,
        settings={"part": card.file.partition(" › ")[2], "columns": columns, **chosen},
        read=0 if card.large else recognition.rows,
        kept=card.kept,
        rejected=card.rejected,
        period=None if card.large else card.period,
        encoding=recognition.encoding,
        currency=card.currency,
        zone=card.zone,
    )
