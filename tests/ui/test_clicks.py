import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open


def value(app: AppTest, label: str) -> str:
    """The number on a tile."""
    return next(one.value for one in app.metric if one.label.replace("\\", "") == label).replace("\\", "")


def address(app: AppTest, name: str) -> list[str]:
    """The values of a parameter in the address."""
    found = app.query_params.get(name, [])
    return [found] if isinstance(found, str) else list(found)


def test_another_period_gives_another_number_and_stands_in_the_address(open_app: Open) -> None:
    app = open_app("small")
    before = value(app, "支付订单数")
    app.selectbox(key="w.period.zh").select("all").run()
    assert int(value(app, "支付订单数").replace(",", "")) > int(before.replace(",", ""))
    assert address(app, "period") == ["all"]


def test_a_channel_filter_gives_the_number_of_that_channel(open_app: Open) -> None:
    whole, parts = open_app("small", period="all"), 0
    channels = whole.multiselect(key="w.channel.zh").options
    for code in ("jd", "youzan/网店"):
        app = open_app("small", period="all", channel=code)
        parts += int(value(app, "支付订单数").replace(",", ""))
    assert len(channels) == 2
    assert parts == int(value(whole, "支付订单数").replace(",", ""))


def test_a_chip_takes_its_filter_off(open_app: Open) -> None:
    app = open_app("small", period="all", channel="jd")
    filtered = value(app, "支付订单数")
    app.button(key="chip.channel.jd").click().run()
    assert value(app, "支付订单数") != filtered
    assert "channel" not in app.query_params


def test_reset_gives_the_first_view_again(open_app: Open) -> None:
    first = value(open_app("small"), "净销售额")
    app = open_app("small", period="12m", channel="jd", compare="off")
    assert value(app, "净销售额") != first
    app.button(key="reset").click().run()
    assert value(app, "净销售额") == first
    assert set(app.query_params) <= {"lang", "shop"}


def test_no_comparison_means_no_change_on_any_tile(open_app: Open) -> None:
    app = open_app("small", compare="off")
    assert [one.delta for one in app.metric if one.label.replace("\\", "") != "首购后90天复购率"] == [""] * 5


def test_the_language_changes_words_not_numbers_and_stays_on_other_pages(open_app: Open) -> None:
    app = open_app("small", period="12m")
    orders = value(app, "支付订单数")
    app.get("button_group")[0].set_value(["en"]) if False else app.segmented_control(key="w.lang.zh").set_value(
        "en"
    ).run()
    assert app.title[0].value == "Overview"
    assert value(app, "Orders") == orders
    assert address(app, "lang") == ["en"]
    assert address(app, "period") == ["12m"]


@pytest.mark.parametrize(("days", "metric"), [("30", "30"), ("180", "180"), ("45", "45")])
def test_the_number_of_days_is_free(open_app: Open, days: str, metric: str) -> None:
    app = open_app("small", "repurchase", days=days)
    text = " ".join(str(one.value) for one in app.header).replace("\\", "")
    assert f"首购后{metric}天复购率" in text


def test_the_matrix_can_show_people_and_money_and_add_up(open_app: Open) -> None:
    for cells, cumulative in (
        ("percent", "off"),
        ("count", "off"),
        ("amount", "off"),
        ("percent", "on"),
        ("amount", "on"),
    ):
        app = open_app("small", "repurchase", cells=cells, sum=cumulative)
        assert not app.exception
        assert len(app.get("plotly_chart")) == 6


def test_a_damaged_address_is_read_as_far_as_it_makes_sense(open_app: Open) -> None:
    app = open_app("small", period="nonsense", days="x", cells="<b>", lang="xx", compare="", months="7")
    assert not app.exception
    assert app.title[0].value == "经营总览"


def test_a_table_stands_behind_every_chart(open_app: Open) -> None:
    app = open_app("small", "repurchase")
    charts = len(app.get("plotly_chart"))
    app.segmented_control(key="shape.rate").set_value("table").run()
    assert len(app.get("plotly_chart")) == charts - 1
    assert len(app.dataframe[0].value) > 12


def test_a_number_explains_itself(open_app: Open) -> None:
    app = open_app("small")
    app.button(key="explain.tile.net_sales").click().run()
    text = "\n".join(str(one.value) for one in app.markdown).replace("\\", "")
    assert "net_sales:policy" in text
    assert "youzan_orders.csv" in text
