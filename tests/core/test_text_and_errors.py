"""Words in two languages, and problems said in both."""

import pytest

from ecodash.core.errors import EcodashError, InputError, MappingError, MissingData, Place, UnknownName, UnreadableFile
from ecodash.core.text import LANGUAGES, Text


def test_each_language_gets_its_own_words() -> None:
    text = Text("复购率", "repurchase rate")
    assert [text.to(language) for language in LANGUAGES] == ["复购率", "repurchase rate"]


def test_placeholders_are_filled_in_both_languages_and_words_translated() -> None:
    text = Text("{count} 个{thing}", "{count} {thing}").format(count=3, thing=Text("文件", "files"))
    assert text == Text("3 个文件", "3 files")


def test_a_missing_placeholder_is_an_error_and_not_an_empty_word() -> None:
    with pytest.raises(KeyError):
        Text("{count}", "{number}").format(count=3)


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = UnreadableFile(
        Text("无法打开", "cannot be opened."),
        advice=Text("请重新导出。", "Export it again."),
        place=Place(file="a.csv", row=7, column="金额"),
    )
    assert problem.message.en == "a.csv, row 7, column “金额”: cannot be opened. Export it again."
    assert problem.message.zh == "a.csv，第 7 行，列“金额”：无法打开 请重新导出。"
    assert str(problem) == problem.message.en


def test_a_place_without_parts_says_nothing_of_them() -> None:
    assert InputError(Text("坏", "bad"), place=Place(file="a.csv")).message.en == "a.csv: bad"
    assert InputError(Text("坏", "bad")).message.en == "bad"


def test_an_unknown_name_suggests_the_nearest() -> None:
    problem = UnknownName(Text("指标", "metric"), "repurchase_9d", ["gmv", "repurchase_90d"])
    assert problem.nearest == "repurchase_90d"
    assert "repurchase_90d" in problem.message.zh
    assert "repurchase_90d" in problem.message.en


def test_an_unknown_name_far_from_all_suggests_nothing() -> None:
    problem = UnknownName(Text("指标", "metric"), "xyz", ["gmv", "repurchase_90d"])
    assert problem.nearest is None
    assert problem.message.en == "There is no metric called “xyz”."


@pytest.mark.parametrize("kind", [InputError, MappingError, MissingData, UnreadableFile])
def test_every_problem_can_be_caught_as_one_family(kind: type[EcodashError]) -> None:
    with pytest.raises(EcodashError):
        raise kind(Text("坏", "bad"))
