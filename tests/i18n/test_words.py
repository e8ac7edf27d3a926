"""The two catalogues say the same things, and every sentence is used by the code that asks for it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from ecodash.core.errors import UnknownName
from ecodash.core.text import LANGUAGES, Language, Text
from ecodash.i18n import catalogue, t
from ecodash.i18n.words import FILES, _flatten

ROOT = Path(__file__).parents[2]
ASKING = {"t", "say"}
SOURCES = sorted([*(ROOT / "ecodash").rglob("*.py"), *(ROOT / "pages").glob("*.py"), *ROOT.glob("app.py")])


def placeholders(sentence: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(sentence) if name is not None})


def asked(tree: ast.AST) -> Iterator[str]:
    """Keys asked for, as regular expressions: a literal, or the fixed parts of an f-string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ASKING:
                yield from pattern(node.args[0])


def pattern(key: ast.expr) -> Iterator[str]:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        yield re.escape(key.value)
    elif isinstance(key, ast.JoinedStr):
        yield "".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"[^.]+" for part in key.values)
    elif isinstance(key, ast.IfExp):
        yield from pattern(key.body)
        yield from pattern(key.orelse)


def literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def formed(tree: ast.AST) -> Iterator[str]:
    """Keys put together anywhere (looked up in a catalogue, handed on), as regular expressions with a fixed section."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in node.values):
            (found,) = pattern(node)
            if re.match(r"[a-z_]+\\\.", found):
                yield found


def known_section(key: str, written: set[str]) -> bool:
    """Whether the code names the section of a key by itself ("platform", "cells."), to look a code up in it."""
    section = key.partition(".")[0]
    return f"{section}." in written or section in written


TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
WILD = r"[^.]+[^.]+"  # section and code both come from elsewhere: see ``known_section``
ASKED = sorted({key for tree in TREES for key in asked(tree)} - {WILD})
FORMED = sorted({key for tree in TREES for key in formed(tree)})
CODED = (
    "domain.",
    "region.",
    "months.",
    "buyer.",
    "flag.",
    "weekday.",
    "member.",
    "platform.",
    "cells.",
    "steps.",
    "export.",
    "status.",
    "dimension.",
    "period.",
    "compare.",
    "reject.",
    "kind.",
    "document.",
    "rowcolumn.",
    "exposure.",
    "parcel_stock.",
    "sale_days.",
    "return_reason.",
    "carrier_type.",
)


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("zh")) == set(catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_in_two_files(language: Language) -> None:
    """Merged one after the other, the later file would silently win."""
    parts = [part for part in (ROOT / "ecodash" / "i18n").glob("*.toml") if part.name.endswith(FILES[language])]
    keys = [key for part in parts for key in _flatten(tomllib.loads(part.read_text(encoding="utf-8")))]
    assert len(parts) > 1
    assert [key for key in set(keys) if keys.count(key) > 1] == []


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_both_languages_have_the_same_placeholders(key: str) -> None:
    assert placeholders(catalogue("zh")[key]) == placeholders(catalogue("en")[key])


def test_the_source_files_were_found() -> None:
    assert len(SOURCES) > 20
    assert "chart.nothing" in {key.replace("\\", "") for key in ASKED}


@pytest.mark.parametrize("key", ASKED)
def test_every_sentence_asked_for_exists(key: str) -> None:
    assert any(re.fullmatch(key, known) for known in catalogue("en")), f"no sentence matches {key}"


def test_every_sentence_is_asked_for() -> None:
    written = {text for tree in TREES for text in literals(tree)}
    used = [*ASKED, *FORMED]
    unused = [key for key in catalogue("en") if key not in written and not any(re.fullmatch(one, key) for one in used)]
    assert [key for key in unused if not (key.startswith(CODED) and known_section(key, written))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_padded(language: str) -> None:
    padded = [key for key, said in catalogue(language).items() if not said or said != said.strip(" ")]
    joints = ("separator", ".and", ".or", ".answer_change")  # they join words, or go on after another sentence
    assert [key for key in padded if not key.endswith(joints)] == []


def test_chinese_sentences_are_chinese() -> None:
    """A sentence without a single Chinese sign is a forgotten translation, unless it has no words at all."""
    wordless = re.compile(r"[^A-Za-z\u4e00-\u9fff]*")
    plain = {key: re.sub(r"\{[^}]*\}", "", said) for key, said in catalogue("zh").items()}
    names = {"CSV", "XLSX", "JSON"}
    forgotten = [
        key
        for key, said in plain.items()
        if not wordless.fullmatch(said) and not re.search(r"[\u4e00-\u9fff]", said) and said.strip() not in names
        # Platforms have proper names; the menus of Shopify are English.
        if not key.startswith("platform.") and key != "export.shopify"
    ]
    assert forgotten == []


def test_english_sentences_have_no_chinese_signs() -> None:
    mixed = [
        key for key, said in catalogue("en").items() if re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", said)
    ]
    # Menus of Chinese platforms are quoted as they are written there.
    assert [key for key in mixed if not key.startswith(("language.", "lang.", "export."))] == []


def test_placeholders_are_filled_in_the_language_asked_for() -> None:
    name = Text("支付金额", "Paid amount")
    assert (
        t("chart.trend.finding", "zh", metric=name, period="2024年3月", value="¥1.2万") == "2024年3月 支付金额：¥1.2万"
    )
    assert (
        t("chart.trend.finding", "en", metric=name, period="Mar 2024", value="¥12.3K")
        == "Paid amount, Mar 2024: ¥12.3K"
    )


def test_braces_in_values_are_shown_as_they_are() -> None:
    assert "{oops}" in t("chart.trend.finding", "en", metric="{oops}", period="x", value="y")


def test_a_missing_value_is_an_error_not_a_hole() -> None:
    with pytest.raises(KeyError):
        t("chart.trend.finding", "en", metric="x")


def test_an_unknown_key_names_the_nearest_one() -> None:
    with pytest.raises(UnknownName) as caught:
        t("chart.nothin", "en")
    assert caught.value.nearest == "chart.nothing"


def test_a_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        catalogue("en")["chart.nothing"] = "?"  # type: ignore[index]
