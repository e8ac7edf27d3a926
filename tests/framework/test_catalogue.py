"""The catalogue of the documents: complete, and every reference leads somewhere."""

from collections import Counter
from collections.abc import Iterator

import pytest

from ecodash.core.schema import TABLES
from ecodash.framework.built import built
from ecodash.framework.catalogue import (
    CLAIMS,
    ENTRIES,
    FIGURES,
    GAPS,
    INDICATORS,
    LIMITS,
    PASSAGES,
    SECTIONS,
    SIMULATORS,
    about,
    appears_in,
    of_kind,
)
from ecodash.framework.entry import Kind, Op, Part
from ecodash.framework.figure import Figure, FigureKind
from ecodash.framework.source import Source


def test_everything_of_the_documents_is_there() -> None:
    assert [len(of_kind(kind)) for kind in Kind] == [3, 10, 11, 6, 4, 4, 10, 8, 18]
    assert (len(FIGURES), len(CLAIMS), len(LIMITS), len(INDICATORS), len(SIMULATORS)) == (27, 48, 19, 243, 11)
    assert Counter(claim.source.doc for claim in CLAIMS.values()) == {"A": 23, "B": 25}
    assert Counter(one.priority for one in INDICATORS.values())[3] == 76
    assert len(GAPS) == 8
    assert not SECTIONS["B8"].present


def _sources() -> Iterator[Source]:
    for entry in ENTRIES.values():
        yield from (entry.source, *entry.also, *(part.source for group in entry.groups.values() for part in group))
        yield from (case.source for case in entry.cases)
    for things in (FIGURES, CLAIMS, LIMITS, GAPS, PASSAGES, SIMULATORS, INDICATORS):
        yield from (thing.source for thing in things.values())
    yield about().risk_management.source


def test_every_source_is_a_heading_of_a_document() -> None:
    assert {source.ref for source in _sources()} <= set(SECTIONS)


def test_every_indicator_named_anywhere_exists() -> None:
    named = {name for entry in ENTRIES.values() for name in entry.all_indicators}
    named |= {c.indicator for e in ENTRIES.values() if e.rule for c in e.rule.conditions}
    named |= {alarm.indicator for entry in ENTRIES.values() for alarm in entry.alarms}
    named |= {target.indicator for figure in FIGURES.values() for target in figure.targets}
    named |= {name for things in (CLAIMS, SIMULATORS, PASSAGES) for one in things.values() for name in one.indicators}
    named |= {test.indicator for claim in CLAIMS.values() for test in claim.tests}
    assert named <= set(INDICATORS)


def test_every_indicator_is_used_by_an_entry_or_a_claim_and_has_a_dimension() -> None:
    used = {name for entry in ENTRIES.values() for name in entry.all_indicators}
    used |= {name for things in (CLAIMS, SIMULATORS) for one in things.values() for name in one.indicators}
    assert set(INDICATORS) - used <= {name for item in about().risk_management.items for name in item.indicators}
    dimensions = {one.id for one in of_kind(Kind.DIMENSION)}
    assert all(set(one.dimensions) <= dimensions and one.dimensions for one in INDICATORS.values())


def test_names_of_figures_simulators_and_dimensions_lead_somewhere() -> None:
    assert {name for entry in ENTRIES.values() for name in entry.figures} == set(FIGURES)
    assert {name for entry in ENTRIES.values() for name in entry.simulators} <= set(SIMULATORS)
    assert {one.figure for one in INDICATORS.values() if one.figure} <= set(FIGURES)
    leanings = [entry.emphasis for entry in ENTRIES.values() if entry.emphasis]
    assert {name for one in leanings for name in (one.primary, *one.secondary)} <= set(ENTRIES)


def test_the_columns_an_indicator_needs_are_columns_of_the_tables() -> None:
    for one in INDICATORS.values():
        for table, columns in one.requires:
            assert set(columns) <= {column.name for column in TABLES[table].columns}, one.id


def test_a_target_points_where_its_indicator_is_better() -> None:
    """A figure that asks for more stands at an indicator where more is not worse, and the other way round."""
    wrong = {Op.AT_LEAST: "lower", Op.AT_MOST: "higher"}
    for figure in FIGURES.values():
        for target in figure.targets:
            if target.op in wrong and figure.kind is not FigureKind.ANECDOTE:
                assert INDICATORS[target.indicator].better != wrong[target.op], (figure.id, target.indicator)


def test_an_alarm_turns_amber_before_it_turns_red() -> None:
    for risk in of_kind(Kind.RISK):
        for alarm in risk.alarms:
            step = alarm.red.value - alarm.amber.value
            assert step < 0 if alarm.red.op is Op.AT_MOST else step > 0, (risk.id, alarm.indicator)


def test_every_word_is_there_in_both_languages() -> None:
    words = [text for e in ENTRIES.values() for text in (e.name, e.summary)]
    words += [part.name for e in ENTRIES.values() for group in e.groups.values() for part in group]
    words += [text for f in FIGURES.values() for text in (f.name, f.ambiguity, f.test, f.comparison)]
    assert all(text.zh.strip() and text.en.strip() for text in words)


def test_an_indicator_knows_the_entries_that_use_it() -> None:
    assert set(appears_in("private_join_rate")) == {"connection", "private_domain"}


def test_a_block_with_a_key_too_many_or_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown \\['nmae'\\], missing \\['name', 'source'\\]"):
        built(Part, {"id": "x", "nmae": {}})
    with pytest.raises(TypeError, match="str is expected"):
        built(Source, {"ref": 3})
    with pytest.raises(ValueError, match="cannot be made of"):
        built(Figure, [])
