"""Every figure in both languages, as it was last looked at. ``ECODASH_SNAPSHOTS=write`` writes them anew for review."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import pytest

from ecodash.i18n import Reader
from tests.charts.figures import EN, FIGURES, ZH

SNAPSHOTS = Path(__file__).parent / "snapshots"


def written(figure: go.Figure) -> str:
    content = figure.to_plotly_json()
    content["layout"].pop("template", None)
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@pytest.mark.parametrize("reader", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_figure_is_what_it_was_when_it_was_last_looked_at(name: str, reader: Reader) -> None:
    path = SNAPSHOTS / f"{name}.{reader.language}.json"
    now = written(FIGURES[name](reader))
    if os.environ.get("ECODASH_SNAPSHOTS") == "write":
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


def test_no_snapshot_is_left_behind() -> None:
    assert {path.name.split(".")[0] for path in SNAPSHOTS.glob("*.json")} == set(FIGURES)
