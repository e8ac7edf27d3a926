"""The files of the project, for tests about the project itself."""

import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MADE_BY_TOOLS = frozenset({".git", ".venv", "__pycache__", "build", "dist"})


@cache
def tracked() -> tuple[Path, ...]:
    """Files under version control, relative to the root; where there is no git, all that no tool has made."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if found.returncode == 0 and found.stdout:
        names = found.stdout.decode().split("\0")
        return tuple(Path(name) for name in names if name and (ROOT / name).is_file())
    inside = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return tuple(path for path in inside if not MADE_BY_TOOLS & set(path.parts) and "_cache" not in path.parts[0])


def sources(*folders: str) -> Iterator[Path]:
    """Python files in these folders of the root."""
    for path in tracked():
        if path.suffix == ".py" and path.parts[0] in folders:
            yield path


def text_of(path: Path | str) -> str:
    """The text of a file of the project."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def lines_of(path: Path | str) -> list[str]:
    """Its lines."""
    return text_of(path).splitlines()
