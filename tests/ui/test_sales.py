"""The sales page and the first screen: every number adds up, every comparison names its days, notes and goals are kept."""

import json
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from ecodash.metrics.dimensions import dimension
from tests.ui.conftest import Open
from tests.ui.test_pages import said

DIMENSIONS = ("channel", "domain", "product", "province", "store", "new_returning", "member", "weekday", "hour")
METRICS = ("net_sales", "orders", "active_buyers", "aov", "refund_rate_amount", "discount_depth")
SPAN = r"\d{4}-\d\d-\d\d → \d{4}-\d\d-\d\d"
Own = Callable[[str, str], AppTest]


def figures(app: AppTest) -> list[dict[str, dict[str, object]]]:
    return [json.loads(one.proto.spec) for one in app.get("plotly_chart")]


def titles(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.header).replace("\\", "")


@pytest.mark.parametrize("by", DIMENSIONS)
def test_the_page_can_be_split_by_anything_there_is(open_app: Open, by: str) -> None:
    app = open_app("small", "sales", by=by, period="12m", compare="previous")
    assert not app.exception
    assert not app.error
    assert t("sales.ranked", "zh", dimension=dimension(by).name, metric="净销售额") in titles(app)


@pytest.mark.parametrize(
    ("by", "missing"),
    [
        ("store", "store"),
        ("member", "member"),
        ("province", "address"),
        ("product", "lines"),
        ("category", "category"),
        ("private", "private"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_data_do_not_say_names_the_upload_that_would(
    open_app: Open, by: str, missing: str, language: str
) -> None:
    app = open_app("no_buyers", "sales", language, by=by, period="all")
    assert t(f"sales.needs_{missing}", language, dimension=dimension(by).name) in said(app)
    assert not app.exception


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_has_its_page_in_both_languages(open_app: Open, metric: str, language: str) -> None:
    app = open_app("small", "sales", language, metric=metric, compare="year_ago")
    assert not app.exception
    assert not app.error
    assert t("sales.why", language) in titles(app)


@pytest.mark.parametrize(
    ("compare", "more"),
    [
        ("previous", {}),
        ("year_ago", {}),
        ("promotion", {}),
        ("custom", {"before_from": "2025-01-01", "before_to": "2025-03-31"}),
    ],
)
def test_both_ranges_of_a_comparison_stand_on_the_page(open_app: Open, compare: str, more: dict[str, str]) -> None:
    for page in ("sales", "overview"):
        app = open_app("small", page, compare=compare, **more)
        line = next(one for one in said(app).split("\n") if "正在看" in one)
        assert len(re.findall(SPAN, line)) == 2, line
        assert not app.exception


def test_a_comparison_that_cannot_be_made_says_why(open_app: Open) -> None:
    assert t("head.not_compared", "zh", reason="")[:5] in said(open_app("small", "sales", period="all"))
    custom = said(open_app("small", "sales", compare="custom"))
    assert "还没有选择要对比的日期" in custom
    assert t("sales.why_off", "zh") in custom


def test_the_drawn_parts_of_a_change_end_at_the_change(open_app: Open) -> None:
    app = open_app("small", "sales", period="12m", by="category")
    bridges = [one for one in figures(app) if one["data"][0].get("mode") == "lines" and one["data"][1].get("base")]
    assert len(bridges) == 2
    for bridge in bridges:
        bar = bridge["data"][1]
        ends = [base + length for base, length in zip(bar["base"], bar["x"], strict=True)]
        assert min(abs(bar["base"][-2] - ends[-1]), abs(ends[-2] - ends[-1])) < 0.01 or bar["base"][-1] < 0


def test_three_sentences_of_the_first_screen_add_up_to_the_cent(open_app: Open) -> None:
    app = open_app("small", compare="year_ago")
    card = next(one.value for one in app.markdown if "变化" in one.value and "\n- " in one.value)
    card = card.replace("\\", "").replace("\u2060", "")
    opening, *sentences = [line for line in card.split("\n") if line]
    values = [float(re.sub(r"[^\d.-]", "", one.rsplit("：", 1)[1])) for one in sentences]
    change = float(re.sub(r"[^\d.-]", "", opening.rsplit("变化", 1)[1].rstrip("。")))
    assert 1 <= len(values) <= 3
    assert round(sum(values), 2) == change


def test_a_goal_is_set_paced_and_taken_off(own_copy: Own) -> None:
    app = own_copy("small", "sales")
    assert t("goals.none", "zh", metric="净销售额", month="2026年6月") in said(app)
    app.number_input[0].set_value(50_000.0)
    app.button(key="FormSubmitter:goal.first-保存").click().run()
    assert not app.exception
    assert "完成目标 ¥5.0万" in titles(app)
    next(one for one in app.button if str(one.key).startswith("goal.off.")).click().run()
    assert "完成目标" not in titles(app)


def test_a_goal_of_nothing_is_refused_in_words(own_copy: Own) -> None:
    app = own_copy("small", "sales")
    app.button(key="FormSubmitter:goal.first-保存").click().run()
    assert "目标要大于 0" in app.error[0].value.replace("\\", "")


def test_a_note_becomes_a_flag_on_every_chart_over_time(own_copy: Own) -> None:
    app = own_copy("small", "sales")
    next(one for one in app.text_input if one.label == t("notes.text", "zh")).set_value("礼盒 <b>降价</b>")
    app.button(key="FormSubmitter:note.new-保存").click().run()
    assert not app.exception
    flagged = [one for one in figures(app) if "降价" in json.dumps(one["layout"].get("meta", {}), ensure_ascii=False)]
    assert len(flagged) == 2  # the course and the shares; the heat map has no time axis
    hints = json.dumps(flagged[0]["layout"]["annotations"], ensure_ascii=False)
    assert "&lt;b&gt;" in hints
    assert "<b>降价" not in hints
    next(one for one in app.button if str(one.key).startswith("note.off.")).click().run()
    assert not any("降价" in json.dumps(one, ensure_ascii=False) for one in figures(app))


def test_a_file_of_notes_is_taken_whole_or_refused_with_its_row(own_copy: Own) -> None:
    app = own_copy("small", "sales")
    bad = "start,text\n2026-06-01,618\n昨天,x\n".encode()
    app.get("file_uploader")[0].upload("notes.csv", bad).run()
    assert "3" in app.error[0].value
    good = "开始日期,内容\n2026-06-01,开门红\n2026-06-18,618 当天\n".encode("gb18030")
    app = app.run()
    app.get("file_uploader")[0].upload("notes.csv", good).run()
    assert not app.exception
    assert "开门红" in said(app)


def test_promotions_are_flags_until_they_are_switched_off(open_app: Open) -> None:
    shown = said(open_app("small", "sales"))
    assert "618" in shown
    assert "618" not in said(open_app("small", "sales", events="off")).replace("618，", "")


def test_a_chosen_step_is_drawn(open_app: Open) -> None:
    assert "每日净销售额" in titles(open_app("small", "sales", step="day"))
    assert "每月净销售额" in titles(open_app("small", "sales", step="month"))
