"""The catalogue: every format is itself, and nothing else; a damaged one is refused by name."""

import dataclasses
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import yaml

from ecodash.ingest.catalogue import CANONICAL_FIELDS, FIELD_ORDER, FORMATS, SYNONYMS
from ecodash.ingest.headers import header_key
from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise
from ecodash.ingest.switches import Switches
from tests.ingest.written import own_file, own_rows, raw
from tests.shared import SHARED, needs_shared

IDS = sorted(FORMATS)


@pytest.mark.parametrize("format_id", IDS)
def test_a_file_with_the_headers_of_a_format_is_that_format(format_id: str, tmp_path: Path) -> None:
    export = FORMATS[format_id]
    (table,) = read(own_file(tmp_path, format_id))
    found = recognise(table)
    assert (found.format, found.entity, found.confirmed) == (format_id, export.entity, True)
    assert found.header_row == export.layout.preamble_rows + 1
    assert found.rows == 1
    assert set(found.mapping.columns) == {field for field, headers in export.columns.items() if _has(export, headers)}


def _has(export: object, headers: tuple[str, ...]) -> bool:
    return any(header in export.headers for header in headers)  # type: ignore[attr-defined]


@pytest.mark.parametrize("format_id", IDS)
def test_a_format_with_any_one_signature_header_damaged_is_refused_and_named(format_id: str) -> None:
    export = FORMATS[format_id]
    for damaged in export.signature:
        headers = [f"{header[:1]}?{header[1:]}" if header == damaged else header for header in export.headers]
        found = recognise(raw(*own_rows(export, headers)))
        assert (found.format, found.confirmed) == (None, False), damaged
        assert (found.nearest, found.missing) == (format_id, (damaged,))
        said = next(problem.text for problem in found.problems if problem.code == "near_miss")
        assert damaged in said.zh
        assert damaged in said.en


@pytest.mark.parametrize("format_id", IDS)
def test_a_format_without_any_one_signature_header_is_refused_and_named(format_id: str) -> None:
    export = FORMATS[format_id]
    for lost in export.signature:
        found = recognise(raw(*own_rows(export, [header for header in export.headers if header != lost])))
        assert (found.format, found.nearest, found.missing) == (None, format_id, (lost,))


@pytest.mark.parametrize("format_id", IDS)
def test_headers_may_be_padded_widened_and_shuffled(format_id: str) -> None:
    export = FORMATS[format_id]
    wide = str.maketrans({"(": "\uff08", ")": "\uff09", "-": "\u2013"})
    headers = [f"\ufeff {header.upper().translate(wide)}\t" for header in reversed(export.headers)]
    assert recognise(raw(*own_rows(export, headers))).format == format_id


@pytest.mark.parametrize("format_id", IDS)
def test_every_mapped_header_and_switch_speaks_of_headers_the_format_has(format_id: str) -> None:
    export = FORMATS[format_id]
    known = {header_key(header) for header in (*export.headers, *export.alt_headers)}
    named = [header for headers in export.columns.values() for header in headers]
    named += [*export.signature, *export.personal, *export.id_columns, *export.switches.drop_headers]
    named += [header for header in (export.statuses.column, export.statuses.refund_column) if header]
    assert {header for header in named if header_key(header) not in known} == set()
    assert set(export.columns) | set(export.order_level_repeated) <= set(CANONICAL_FIELDS)


def test_every_field_has_words_in_both_languages() -> None:
    assert {name for name, text in CANONICAL_FIELDS.items() if not text.zh or not text.en} == set()
    chinese = [any("CJK" in unicodedata.name(letter, "") for letter in text.zh) for text in CANONICAL_FIELDS.values()]
    assert all(chinese)
    assert set(SYNONYMS) <= set(CANONICAL_FIELDS)
    assert {field for fields in FIELD_ORDER.values() for field in fields} <= set(SYNONYMS)


def test_every_switch_is_described_and_used_by_a_format() -> None:
    default = Switches()
    for field in dataclasses.fields(Switches):
        assert f"``{field.name}``" in (Switches.__doc__ or ""), field.name
        used = [
            export.id
            for export in FORMATS.values()
            if getattr(export.switches, field.name) != getattr(default, field.name)
        ]
        assert used, field.name


def test_reading_and_recognising_is_imported_without_reading_the_catalogue() -> None:
    program = (
        "import ecodash.ingest.recognise, ecodash.ingest.read, ecodash.ingest.catalogue as c;"
        "assert not c.FORMATS._fill.cache_info().currsize; assert len(c.FORMATS) == 84"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@needs_shared
def test_the_catalogue_says_what_the_shared_list_says() -> None:
    document = yaml.load((SHARED / "export_formats.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    blocks = {block["id"]: block for block in document["formats"]}
    assert set(blocks) == set(FORMATS)
    for format_id, block in blocks.items():
        export = FORMATS[format_id]
        assert list(export.headers) == block["headers"]
        assert list(export.signature) == block["signature"]
        assert list(export.alt_headers) == block.get("alt_headers", [])
        assert list(export.date_formats) == block["date_formats"]
        assert export.currency == block.get("currency")
        for words in ("valid", "cancelled", "refunded"):
            assert list(getattr(export.statuses, words)) == block["statuses"][words], format_id
        for field, headers in block["columns"].items():
            assert list(export.columns[field])[: len(headers)] or headers == [], (format_id, field)
