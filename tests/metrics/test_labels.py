"""One concept, one label, in either language; and nothing but published sources and our own documents is cited."""

import re
from pathlib import Path

import pytest

from ecodash.core.text import LANGUAGES, Language
from ecodash.i18n import catalogue
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.citations import CONVENTION
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.metrics.readings import readings
from ecodash.metrics.registry import METRICS

ROOT = Path(__file__).parents[2]
PRIVATE = re.compile(r"\.yaml|TRUTHS|product\.md|methods\.md|\bT\d+\b|\b[A-Z]{2,3}-[A-Z]{2,}|\bM\d+\b")
# Words of the pages that name a concept of a registry: the key, and the concept it names.
SAME = {
    "filter.channel": "channel", "filter.domain": "domain", "filter.member": "member", "filter.category": "category",
    "filter.country": "country", "filter.store": "store", "filter.province": "province", "overview.channel": "channel",
    "step.day": "day", "step.week": "week", "step.month": "month", "row.platform": "platform", "row.channel_id": "channel",
    "row.sku_id": "sku", "row.product_name": "product", "row.day": "day",
}  # fmt: skip


def concepts(language: Language) -> dict[str, str]:
    """Label by concept: metrics, their readings in full, dimensions."""
    found = {f"metric {one.id}": one.name.to(language) for one in METRICS.values()}
    found |= {f"dimension {one.id}": one.name.to(language) for one in DIMENSIONS.values()}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_concepts_share_a_label_across_the_registries(language: Language) -> None:
    seen: dict[str, str] = {}
    for concept, label in concepts(language).items():
        assert seen.setdefault(label.casefold(), concept) == concept, f"{label}: {concept} and {seen[label.casefold()]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_readings_of_a_metric_share_a_name_and_none_is_called_like_a_metric(language: Language) -> None:
    metrics = {one.name.to(language).casefold() for one in METRICS.values()}
    for metric in METRICS.values():
        names = [one.name.to(language).casefold() for one in metric.definitions]
        assert len(set(names)) == len(names), metric.id
        assert not set(names) & metrics, metric.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reading_of_the_same_name_in_two_metrics_is_the_same_reading(language: Language) -> None:
    named: dict[str, str] = {}
    for metric in METRICS.values():
        for one in metric.definitions:
            known = named.setdefault(one.name.to(language), one.id)
            alike = known == one.id or "standard" in {known, one.id} or {known, one.id} <= {"policy", "cohort"}
            assert alike, f"{one.name.to(language)}: {known} and {one.id} of {metric.id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_amounts_and_no_two_listed_readings_share_a_label(language: Language) -> None:
    for names in (
        [one.name.to(language) for one in AMOUNTS.values()],
        [one.by.to(language) for one in readings(90) if one.listed],
    ):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_of_the_pages_that_is_the_label_of_a_concept_names_that_concept(language: Language) -> None:
    by_label = {label.casefold(): concept.split(" ")[1] for concept, label in concepts(language).items()}
    words = catalogue(language)
    for key, concept in SAME.items():
        if key in words and words[key].casefold() in by_label:
            assert by_label[words[key].casefold()] == concept, key
    named = re.compile(r"(filter|row|column|step)\.\w+")
    for key, said in words.items():
        if named.fullmatch(key) and key not in SAME and said.casefold() in by_label:
            assert by_label[said.casefold()] in key or key.split(".")[1] in by_label[said.casefold()], (key, said)


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda one: one.id)
def test_sources_are_published_or_documents_of_the_project(metric: object) -> None:
    sources = [metric.source, *(one.source for one in metric.definitions)]  # type: ignore[attr-defined]
    for source in sources:
        assert not PRIVATE.search(source), source
        for named in re.findall(r"docs/[\w./-]+", source):
            assert (ROOT / named).is_file(), named


def test_our_own_conventions_are_written_down() -> None:
    assert "docs/definitions.md" in CONVENTION
    text = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    for who in (
        "Shopify",
        "Peel",
        "Tresl",
        "By the Numbers",
        "Triple Whale",
        "Fairview",
        "SourceMedium",
        "复购率",
        "回购率",
    ):
        assert who in text
