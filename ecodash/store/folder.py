"""The folder of a workspace: which files lie in it and who may read them."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ecodash.core.errors import WorkspaceError
from ecodash.core.text import Text

_PRIVATE = 0o700


@dataclass(frozen=True, kw_only=True)
class Folder:
    """Where each part of a workspace lies. ``root`` is absolute and without symbolic links."""

    root: Path

    @property
    def database(self) -> Path:
        """The one DuckDB file."""
        return self.root / "ecodash.duckdb"

    @property
    def recipes(self) -> Path:
        """Remembered mappings, one file each; they hold headers, no data, and may be shared."""
        return self.root / "recipes"

    @property
    def uploads(self) -> Path:
        """Files on their way in; they are deleted once loaded, because they name people in clear."""
        return self.root / "uploads"

    @property
    def temporary(self) -> Path:
        """Where DuckDB puts what does not fit into memory."""
        return self.root / "tmp"

    @property
    def salt_file(self) -> Path:
        """The secret that keys customer hashes; readable by the owner only."""
        return self.root / "salt"

    @classmethod
    def at(cls, path: Path) -> "Folder":
        """The folder at ``path``, which need not exist yet."""
        return cls(root=path.expanduser().resolve())

    def make(self) -> None:
        """Create what is missing. Raises OSError where the place is read-only or full."""
        self.root.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        self.recipes.mkdir(exist_ok=True)
        for private in (self.uploads, self.temporary):
            private.mkdir(mode=_PRIVATE, exist_ok=True)
        if not self.salt_file.exists():
            self._write_salt()

    def _write_salt(self) -> None:
        """A new 32-byte secret, written whole or not at all."""
        draft = self.salt_file.with_suffix(".part")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.salt_file)

    def salt(self) -> str:
        """The secret as 64 hex digits. Raises WorkspaceError when it is gone: new hashes would match no old ones."""
        try:
            return self.salt_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise WorkspaceError(
                Text(f"工作区 {self.root} 缺少 salt 文件。", f"The workspace {self.root} has lost its salt file."),
                advice=Text(
                    "没有它，新导入的客户无法与已有客户对上；请从备份中恢复该文件。",
                    "Without it new customers cannot be matched with known ones; restore the file from a backup.",
                ),
            ) from None

    @contextmanager
    def borrowed(self, path: Path) -> Iterator[Path]:
        """The file under a name inside the workspace, where DuckDB may read it; a copy only where a link cannot be."""
        inside = self.uploads / f"{secrets.token_hex(8)}.csv"
        try:
            try:
                inside.hardlink_to(path)
            except OSError:
                shutil.copyfile(path, inside)
            yield inside
        finally:
            inside.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """Free space on the disk the workspace lies on, in bytes."""
        return shutil.disk_usage(self.root).free
