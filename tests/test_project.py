"""The habits of the project, checked: size of files and functions, names, words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.tree import ROOT, lines_of, sources, text_of, tracked

TEXT_SUFFIXES = frozenset(
    {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".ps1", ".css", ".js", ".html", ".svg", ".cfg", ".json", ""}
)
THIS = Path(__file__).relative_to(ROOT)

# Words that belong to somebody's workplace or index and not to the project; written so that this file is clean.
FORBIDDEN = tuple(
    "".join(parts)
    for parts in (
        ("session ", "transcript"),
        ("LLM", "-generated"),
        ("language ", "model"),
        ("chat", "bot"),
        ("Cl", "aude"),
        ("Chat", "GPT"),
        ("Co-", "Authored-By"),
        ("/wo", "rk/"),
        ("/tm", "p/w"),
        ("/opt/", "pypi"),
        ("py", "pi.org"),
        ("python", "hosted"),
        ("registry", ".npmjs"),
        ("find", "-links"),
    )
)
ASSISTANT = re.compile(r"\b(ai )?assist" + r"ants?\b", re.IGNORECASE)


def test_no_source_file_is_longer_than_250_lines() -> None:
    assert not {str(path): n for path in sources("ecodash") if (n := len(lines_of(path))) > 250}


def test_no_page_is_longer_than_40_lines() -> None:
    assert not {str(path): n for path in sources("pages") if (n := len(lines_of(path))) > 40}


def test_rooms_have_names_of_the_field() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "service", "misc"}
    assert not [str(path) for path in sources("ecodash", "pages") if vague & {*path.parts[:-1], path.stem}]


def _functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """Name, statements' lines without docstring, and parameters of every function of a file."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            has_words = ast.get_docstring(node) is not None
            body = node.body[1:] if has_words else node.body
            # A literal table (columns of an export, options of a component) is one thing however many lines it takes.
            tables = sum(
                (part.end_lineno or 0) - part.lineno for part in ast.walk(node) if isinstance(part, ast.Dict | ast.List)
            )
            length = (body[-1].end_lineno or 0) - body[0].lineno + 1 - tables if body else 0
            yield f"{path}:{node.lineno} {node.name}", length, len(node.args.args) + len(node.args.kwonlyargs)


def test_no_function_is_longer_than_30_lines() -> None:
    assert not {name: n for path in sources("ecodash", "pages") for name, n, _ in _functions(path) if n > 30}


def test_signatures_do_not_say_any() -> None:
    found = []
    for path in sources("ecodash", "pages"):
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                said = [a.annotation for a in (*node.args.args, *node.args.kwonlyargs)] + [node.returns]
                if any(isinstance(part, ast.Name) and part.id == "Any" for s in said if s for part in ast.walk(s)):
                    found.append(f"{path}:{node.lineno}")
    assert not found


def test_files_speak_of_the_project_only() -> None:
    found = []
    for path in tracked():
        if path == THIS or path.suffix not in TEXT_SUFFIXES or path.parts[0] == "sample_data":
            continue
        text = text_of(path)
        found += [f"{path}: {word}" for word in FORBIDDEN if word.lower() in text.lower()]
        found += [f"{path}: {match.group()}" for match in ASSISTANT.finditer(text)]
    assert not found


def test_no_file_names_the_folder_of_a_machine() -> None:
    home = re.compile(r"(?<![\w/])/(home|root|Users)/\w+")
    texts = ((path, text_of(path)) for path in tracked() if path.suffix in TEXT_SUFFIXES and path != THIS)
    assert not [str(path) for path, text in texts if home.search(text)]


def test_packaged_yaml_can_be_read() -> None:
    for path in tracked():
        if path.suffix in {".yaml", ".yml"}:
            assert yaml.safe_load(text_of(path)) is not None, path
