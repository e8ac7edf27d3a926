"""Every control total of every sample export comes out as the people who made the samples say."""

import re
from pathlib import Path

import pytest
import yaml

from ecodash.core.settings import Settings
from ecodash.ingest.conform import Conformed, conform
from ecodash.ingest.read import read
from ecodash.ingest.recognise import recognise
from ecodash.ingest.totals import COUNTS
from tests.ingest.making import hashed
from tests.shared import SHARED, needs_shared

SAMPLES = SHARED / "export_samples"
# What recognition answers for, not the totals.
RECOGNISED = {"format", "encoding", "delimiter", "header_row", "note", "total_rows", "sections", "skip_row"}

PERSONAL = r"@example\.com|(?<!\d)10000000001(?!\d)|138\*{4}|demo_buyer|Sample Person|示例客|示例买家|张\*\*|Persona de Prueba|示例贸易|7210000000001"


def expected() -> dict[str, dict[str, float]]:
    path = SAMPLES / "expected.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["files"] if path.is_file() else {}


def conformed(path: Path) -> Conformed:
    raw = read(path)[0]
    return conform(raw, recognise(raw), settings=Settings(), hash_id=hashed)


TOTALS = [(file, name) for file, totals in expected().items() for name in totals if name not in RECOGNISED]


@needs_shared
def test_there_are_42_samples() -> None:
    assert len(expected()) == 42


@needs_shared
@pytest.mark.parametrize("file", sorted(expected()))
def test_all_totals_of_a_sample(file: str) -> None:
    done = conformed(SAMPLES / file)
    wanted = {name: value for name, value in expected()[file].items() if name not in RECOGNISED}
    got = {name: done.totals.get(name) for name in wanted}
    assert got == {name: value if name in COUNTS else round(value * 10_000) for name, value in wanted.items()}


@needs_shared
@pytest.mark.parametrize("file", sorted(expected()))
def test_no_sample_has_a_rejected_cell_and_none_lets_a_person_through(file: str) -> None:
    done = conformed(SAMPLES / file)
    assert done.rejects.is_empty()
    told = "\n".join(
        str(cell) for row in done.frame.drop("product_id", "line_key", strict=False).rows() for cell in row
    )
    assert re.findall(PERSONAL, told) == []
