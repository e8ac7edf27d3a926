"""What is known about one file before anything of it is kept."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ecodash.core.decimals import from_scaled
from ecodash.core.errors import EcodashError, UnknownFormat
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.conform import Conformed
from ecodash.ingest.problem import Problem
from ecodash.ingest.raw import RawTable
from ecodash.ingest.recognition import Recognition
from ecodash.ingest.totals import COUNTS


@dataclass(frozen=True, kw_only=True)
class FileCard:
    """One file, sheet or archive member as the operator sees it before Confirm.

    ``conformed`` is None while the file still needs a mapping, or when ``trouble`` says why it cannot be read.
    ``overlap`` counts rows whose key is in the workspace already, ``already_loaded`` is the load that brought the very
    same bytes the same way. ``large``: only the beginning was read; the rest is when it is loaded.
    """

    path: Path
    file: str
    sha256: str
    size: int
    recognition: Recognition | None = None
    raw: RawTable | None = None
    conformed: Conformed | None = None
    trouble: EcodashError | None = None
    already_loaded: int | None = None
    overlap: int | None = None
    large: bool = False

    @property
    def needs_mapping(self) -> bool:
        """Whether the operator has to say what the columns are."""
        return self.trouble is None and self.recognition is not None and not self.recognition.confirmed

    @property
    def ready(self) -> bool:
        """Whether Confirm can load it."""
        return (self.conformed is not None or self.large) and self.trouble is None

    @property
    def rows(self) -> int:
        """Data rows of the file."""
        return self.recognition.rows if self.recognition else 0

    @property
    def rejects(self) -> pl.DataFrame | None:
        """Cells and rows that will not be kept, with the reason."""
        return self.conformed.rejects if self.conformed else None

    @property
    def rejected(self) -> int:
        """Whole rows that will not be kept."""
        return self.conformed.rejects.filter("whole_row").height if self.conformed else 0

    @property
    def kept(self) -> int:
        """Rows that will be kept."""
        return self.rows - self.rejected if self.conformed else 0

    @property
    def period(self) -> Period | None:
        """First and last day of the file."""
        return self.recognition.period if self.recognition else None

    @property
    def totals(self) -> dict[str, int | float]:
        """Control totals to hold against the platform's own screen; amounts in the file's money."""
        stated = self.conformed.totals if self.conformed else {}
        return {name: value if name in COUNTS else float(from_scaled(value)) for name, value in stated.items()}

    @property
    def platform(self) -> str:
        """Platform of the rows: as set for the load, as the format says, else "file"."""
        if self.recognition is None:
            return "file"
        mapping = self.recognition.mapping
        export = FORMATS.get(mapping.format or "")
        return mapping.options.platform or (export.platform if export else "file")

    @property
    def currency(self) -> str | None:
        """Currency of rows that carry none; None means the base currency of the workspace."""
        return self._stated("currency", "currency")

    @property
    def zone(self) -> str | None:
        """Time zone of naive times; None means the business zone of the workspace."""
        return self._stated("zone", "timezone")

    def _stated(self, option: str, of_format: str) -> str | None:
        if self.recognition is None:
            return None
        mapping = self.recognition.mapping
        export = FORMATS.get(mapping.format or "")
        stated: str | None = getattr(mapping.options, option) or (getattr(export, of_format) if export else None)
        return stated

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything worth knowing, each said once."""
        found = [*(self.recognition.problems if self.recognition else ())]
        found += self.conformed.problems if self.conformed else ()
        return tuple({(p.code, p.text.en): p for p in found}.values())


def unconfirmed(card: FileCard) -> UnknownFormat:
    """Why the card cannot be loaded yet: nobody said what its columns are."""
    nearest = card.recognition.nearest if card.recognition else None
    text = Text("没有认出这是哪种导出文件，未导入任何内容。", "This export is not recognised; nothing was loaded.")
    if nearest and card.recognition:
        headers = card.recognition.missing
        text = text + Text(
            f"最接近的是 {nearest}，缺少表头：{'、'.join(headers)}。",
            f" The nearest is {nearest}; headers missing: {', '.join(headers)}.",
        )
    advice = Text(
        "请指定各列（--map 字段=表头，或在“数据”页里选择），或用 --accept 接受建议的对应关系。",
        "Say what the columns are (--map field=Header, or on the Data page), or take the proposal with --accept.",
    )
    return UnknownFormat(text, nearest=nearest, advice=advice)
