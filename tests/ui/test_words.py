import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecodash.i18n import catalogue
from ecodash.session.places import bundle_root, package_root
from ecodash.ui.periods import COMPARISONS, PRESETS
from ecodash.ui.words import md

UI = package_root() / "ui"
PAGES = bundle_root() / "pages"
SOURCES = [*UI.glob("*.py"), *PAGES.glob("*.py")]
PLACE = re.compile(r"{(\w+)}")


def asked() -> tuple[set[str], set[str]]:
    """Keys asked for by name, and the beginnings of keys put together where they are asked for."""
    whole, begun = set(), set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"t", "say", "named"}:
                first = node.args[0]
                for one in [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]:
                    if isinstance(one, ast.Constant):
                        (begun if node.func.id == "named" else whole).add(str(one.value))
                    elif isinstance(one, ast.JoinedStr) and isinstance(one.values[0], ast.Constant):
                        begun.add(str(one.values[0].value))
    return whole, begun


def pages_catalogue() -> set[str]:
    """Keys of the catalogue that belong to pages."""
    folder = package_root() / "i18n"
    section, found = "", set()
    for line in (folder / "pages.en.toml").read_text("utf-8").splitlines():
        if match := re.match(r"\[(.+)\]", line):
            section = match[1]
        elif match := re.match(r"(\w+) = ", line):
            found.add(f"{section}.{match[1]}")
    return found


def test_every_sentence_asked_for_exists() -> None:
    whole, begun = asked()
    known = set(catalogue("zh"))
    assert whole - known == set()
    assert {one for one in begun if not any(key.startswith(one) for key in known)} == set()


def test_no_sentence_of_the_pages_is_left_over() -> None:
    whole, begun = asked()
    dynamic = ("platform.", "domain.", "flag.", "buyer.", "entity.", "row.", "cells.", "months.", "nav.", "rejects.")
    heads = {f"{page.stem}.{part}" for page in PAGES.glob("*.py") for part in ("nav", "title", "question")}
    left = {key for key in pages_catalogue() - whole - heads if not key.startswith((*begun, *dynamic))}
    assert left == set()


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert set(zh) == set(en)
    assert {key for key in zh if set(PLACE.findall(zh[key])) != set(PLACE.findall(en[key]))} == set()


@pytest.mark.parametrize(("section", "codes"), [("period", PRESETS), ("compare", COMPARISONS)])
def test_every_code_of_the_address_has_a_name(section: str, codes: tuple[str, ...]) -> None:
    assert {f"{section}.{code}" for code in codes} <= set(catalogue("en"))


@pytest.mark.parametrize(
    "text",
    [
        "*bold*",
        "_sku_",
        "$1$",
        ":red[x]",
        "![x](http://e.example/p.png)",
        "[a](http://e.example)",
        "# h",
        "`c`",
        "<b>",
        "a~b~",
    ],
)
def test_data_are_never_read_as_markdown(text: str) -> None:
    escaped = md(text)
    assert re.search(r"(?<!\\)[*_$\[\]()`#<>~!]", escaped) is None


@given(st.text(max_size=60))
def test_escaping_loses_nothing(text: str) -> None:
    plain = md(text).replace("\u2060", "")
    assert re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~$:&])", r"\1", plain) == text.replace("\u2060", "")


def test_pages_are_thin() -> None:
    for path in PAGES.glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 40, path


def test_only_one_file_touches_state_and_only_one_caches() -> None:
    def users(word: str) -> set[str]:
        return {Path(path).name for path in SOURCES if word in path.read_text("utf-8")}

    assert users("st.session_state") == {"state.py"}
    assert users("st.query_params") == {"state.py"}
    assert users("@st.cache") == {"cache.py"}
