"""Documents that people read: twins, links, decision records."""

import re

from tests.tree import ROOT, lines_of, text_of, tracked


def _outline(name: str) -> list[int]:
    """Levels of the headings of a Markdown file, code blocks left out."""
    text = re.sub(r"```.*?```", "", text_of(name), flags=re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]


def test_the_two_readmes_have_the_same_outline() -> None:
    assert _outline("README.md") == _outline("README.en.md")
    assert len(_outline("README.md")) >= 6


def test_the_two_readmes_show_the_same_commands() -> None:
    commands = [re.findall(r"```(?:\w*)\n(.*?)```", text_of(name), re.DOTALL) for name in ("README.md", "README.en.md")]
    stripped = [[re.sub(r"\s*#.*", "", block) for block in blocks] for blocks in commands]
    assert stripped[0] == stripped[1]


def test_every_local_link_of_a_document_leads_somewhere() -> None:
    broken = []
    for path in tracked():
        if path.suffix == ".md" and path.parts[0] != "sample_data":
            for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text_of(path)):
                there = ((ROOT / path).parent / target).exists()
                broken += [] if there else [f"{path} → {target}"]
    assert not broken


def test_every_decision_record_has_context_decision_and_consequences() -> None:
    records = [path for path in tracked() if path.parts[:2] == ("docs", "adr")]
    assert len(records) >= 5
    for number, path in enumerate(sorted(records), start=1):
        assert path.name.startswith(f"{number:04d}-")
        headings = re.findall(r"^## (.+)", text_of(path), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], path
        assert len(lines_of(path)) <= 60, path
