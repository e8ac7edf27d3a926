"""Locks, dependencies, the wheel, and that the commands agree."""

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.tree import PROJECT, ROOT, text_of, tracked

LOCKS = ("requirements-run.txt", "requirements-dev.txt")
SHIPPED = ("ecodash", "pages", "app.py")

# What a package is called when it is imported, where that is not its own name.
IMPORTED_AS = {"scikit-learn": "sklearn", "pyyaml": "yaml"}
NEVER_IMPORTED = frozenset({"tzdata", "pyarrow"})  # data only; used by polars and DuckDB
DECLARED_AHEAD = frozenset({"sklearn", "statsmodels"})  # the floors name their room; methods that use them follow


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = text_of(name)
    assert not re.search(r"://|--(extra-)?index|--trusted-host|-f ", text)
    pins = re.findall(r"^([a-z0-9][\w.-]*)(?:\[[\w,]+\])?==\S+.*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    named = re.findall(r"^[a-z0-9][^\s=]*==", text, re.MULTILINE)
    assert len(pins) == len(named) > 20


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in requirements}


def test_every_declared_package_is_locked() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    run, dev = (set(re.findall(r"^([a-z0-9][\w.-]*)", text_of(name), re.MULTILINE)) for name in LOCKS)
    assert _names(PROJECT["project"]["dependencies"]) | _names(extras["build"]) <= run
    assert run | _names(extras["dev"]) <= dev


def _imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"ecodash"}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    declared = _names(PROJECT["project"]["dependencies"])
    known = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in declared}
    used = set().union(*(_imports(path) for path in tracked() if path.suffix == ".py" and path.parts[0] in SHIPPED))
    assert used - known == set()
    assert known - used - NEVER_IMPORTED - DECLARED_AHEAD == set()


def test_every_dependency_says_why_it_is_there() -> None:
    text = text_of("pyproject.toml")
    block = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    asked = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert len(asked) > 20
    assert not [line for line in asked if "#" not in line]


def test_the_continuous_run_and_the_makefile_agree() -> None:
    run = ROOT / ".ci" / "run"
    assert run.stat().st_mode & 0o111
    assert run.read_text(encoding="utf-8").rstrip().endswith("make test")
    makefile = text_of("Makefile")
    steps = re.search(r"^test: (.+)$", makefile, re.MULTILINE)
    assert steps is not None
    assert steps.group(1).split() == ["check", "types", "floors", "tests"]


@pytest.mark.slow
def test_the_wheel_carries_the_app_the_pages_the_sample_and_the_theme(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet", "-w", tmp_path, ROOT],
        check=True,
        cwd=tmp_path,
    )
    (wheel,) = tmp_path.glob("ecodash-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    wanted = {
        "ecodash/_bundle/app.py",
        "ecodash/_bundle/.streamlit/config.toml",
        "ecodash/_bundle/sample_data/README.md",
    }
    wanted |= {f"ecodash/_bundle/{path}" for path in tracked() if path.parts[0] in {"pages", "static", "sample_data"}}
    wanted |= {str(path) for path in tracked() if path.parts[0] == "ecodash"}
    assert wanted <= inside
    assert not [name for name in inside if name.startswith("tests/")]
