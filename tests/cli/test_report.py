"""``ecodash report``: pages without a screen."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.terminal import answer, call, load
from tests.ui.shops import SMALL, sample_directory


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "workspace"
    load(folder, [sample_directory() / name for name in SMALL])
    return folder


def test_several_pages_make_one_file_with_the_filters_asked_for(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    (written,) = answer(
        *("report", "--workspace", workspace, "--pages", "overview,repurchase", "--out", out, "--lang", "en"),
        *("--from", "2026-01-01", "--where", "channel=jd", "--set", "days=60"),
    )
    assert written == {"file": str(out), "pages": ["overview", "repurchase"]}
    text = out.read_text(encoding="utf-8")
    assert text.count("plotly.js v") == 1
    assert "2026-01-01 → 2026-06-30 (181 days)" in text
    assert "days=60" in text
    assert "60-day repurchase rate" in text
    assert "jd_orders.csv" in text


def test_a_folder_gets_a_file_per_page(workspace: Path, tmp_path: Path) -> None:
    code, said, _ = call(
        "report", "--workspace", workspace, "--pages", "overview,definitions", "--out", tmp_path / "all"
    )
    assert code == 0
    assert said.split() == [str(tmp_path / "all" / f"{name}.html") for name in ("overview", "definitions")]
    assert all(Path(name).stat().st_size > 10**6 for name in said.split())


@pytest.mark.parametrize(
    ("arguments", "nearest"), [(("--pages", "overveiw"), "overview"), (("--where", "chanel=jd"), "channel")]
)
def test_a_misspelled_name_is_answered_with_the_nearest(
    workspace: Path, tmp_path: Path, arguments: tuple[str, ...], nearest: str
) -> None:
    code, said, complaint = call(
        "report", "--workspace", workspace, "--out", tmp_path, *arguments, "--json", "--lang", "en"
    )
    assert code == 1
    assert nearest in complaint
    assert set(json.loads(said)["error"]) == {"zh", "en"}


def test_a_folder_that_is_no_workspace_is_said_to_be_none_and_nothing_is_made_there(tmp_path: Path) -> None:
    code, _, complaint = call(
        "report", "--workspace", tmp_path / "nothing", "--out", tmp_path / "x.html", "--lang", "en"
    )
    assert code == 1
    assert "no ecodash workspace" in complaint
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - the shortest way to say that it is empty


def test_no_period_and_no_filter_leave_the_address_alone(workspace: Path, tmp_path: Path) -> None:
    answer("report", "--workspace", workspace, "--pages", "overview", "--out", tmp_path / "o.html", "--lang", "zh")
    text = (tmp_path / "o.html").read_text(encoding="utf-8")
    assert "无，全部数据" in text
    assert "2026-04-02 → 2026-06-30" in text
