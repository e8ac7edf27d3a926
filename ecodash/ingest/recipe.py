"""A mapping the user has confirmed, remembered for the set of headers it was made for, as a file that can be shared."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from ecodash.core.errors import MappingError, Place
from ecodash.core.text import Text
from ecodash.ingest.headers import header_set
from ecodash.ingest.mapping import LoadOptions, Mapping
from ecodash.ingest.mapping_arguments import checked_options

SUFFIX = ".recipe.toml"
_HEADERS_FOR_A_RECIPE = 2

Plain = str | int | bool | date | list[str]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """``mapping`` for every file whose normalised header set is ``headers`` (sorted keys)."""

    headers: tuple[str, ...]
    mapping: Mapping
    name: str = ""

    @property
    def file_name(self) -> str:
        """The same header set always has the same file name: a second save replaces the first."""
        digest = hashlib.sha256("\n".join(self.headers).encode()).hexdigest()[:12]
        return f"{self.mapping.entity or 'unknown'}-{digest}{SUFFIX}"


def recipe_for(headers: Sequence[str], mapping: Mapping, *, name: str = "") -> Recipe:
    """A recipe for files with these headers (those of the ``Recognition``)."""
    return Recipe(headers=header_set(headers), mapping=mapping, name=name)


def find_recipe(recipes: Sequence[Recipe], headers: Sequence[str]) -> Recipe | None:
    """The recipe for exactly these headers, in any order; None when there is none."""
    wanted = header_set(headers)
    if len(wanted) < _HEADERS_FOR_A_RECIPE:
        return None
    return next((recipe for recipe in recipes if recipe.headers == wanted), None)


def save_recipe(recipe: Recipe, folder: Path) -> Path:
    """Write a recipe into ``folder`` (made when missing); gives the file. The same header set is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.glob(f"*-{recipe.file_name.split('-')[-1]}"):
        other.unlink()
    path = folder / recipe.file_name
    path.write_text(_to_toml(recipe), encoding="utf-8")
    return path


def load_recipe(path: Path) -> Recipe:
    """The recipe in a file; raises MappingError when it is none."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = {field: tuple(names) for field, names in content["columns"].items()}
        options = checked_options(content.get("options", {}))
        mapping = Mapping(entity=content["entity"], columns=columns, format=content.get("format"), options=options)
        return Recipe(headers=tuple(content["headers"]), mapping=mapping, name=content.get("name", ""))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        text = Text(f"不是有效的列映射文件（{error}）。", f"Not a valid recipe file ({error}).")
        raise MappingError(text, place=Place(file=path.name)) from error


def list_recipes(folder: Path) -> list[Recipe]:
    """All recipes of a folder by file name; none when the folder does not exist."""
    return [load_recipe(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]


def _to_toml(recipe: Recipe) -> str:
    mapping = recipe.mapping
    default = LoadOptions()
    changed = {f.name: getattr(mapping.options, f.name) for f in fields(LoadOptions)}
    lines = [f"name = {_value(recipe.name)}", f"entity = {_value(mapping.entity)}"]
    lines += [f"format = {_value(mapping.format)}"] if mapping.format else []
    lines += [f"headers = {_value(list(recipe.headers))}", "", "[columns]"]
    lines += [f"{field} = {_value(list(names))}" for field, names in mapping.columns.items()]
    lines += ["", "[options]"]
    for name, value in changed.items():
        if value != getattr(default, name):
            lines.append(f"{name} = {_value(list(value) if isinstance(value, tuple) else value)}")
    return "\n".join(lines) + "\n"


def _value(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, str):
        escaped = "".join(_ESCAPES.get(letter, letter) for letter in value)
        return f'"{escaped}"'
    return value.isoformat() if isinstance(value, date) else str(value)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"} | {
    chr(code): f"\\u{code:04x}" for code in (*range(9), 11, 12, *range(14, 32), 127)
}
