"""Data health, reconciliation and the checklist, clicked through."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.core.period import Period
from ecodash.i18n import t
from ecodash.metrics.query import Query
from ecodash.session import Session, onboarding
from ecodash.session.checks.traps import TRAPS
from ecodash.session.places import bundle_root
from ecodash.ui import cache
from tests.ui.conftest import Open
from tests.ui.shops import KINDS
from tests.ui.test_data import Copy
from tests.ui.test_pages import said

MAY = Query(window=Period.month(2026, 5))


def page(app: AppTest, name: str) -> AppTest:
    return app.switch_page(str(bundle_root() / "pages" / f"{name}.py")).run()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["health", "reconcile", "data"])
def test_every_page_says_its_question_whatever_the_data(open_app: Open, name: str, kind: str, language: str) -> None:
    app = open_app(kind, name, language, total="100")
    assert not app.exception
    assert not app.error
    assert app.title[0].value == t(f"{name}.title", language)
    assert t(f"{name}.question", language) in said(app)


def test_a_shop_without_buyers_is_found_with_its_money_and_its_rows(open_app: Open) -> None:
    app = open_app("no_buyers", "health")
    titles = [str(one.label).replace("\\", "") for one in app.expander]
    [title] = [one for one in titles if "订单没有买家标识" in one]
    assert "60 ×" in title
    app.toggle(key="rows.anonymous_orders").set_value(True).run()
    [rows] = [frame.value for frame in app.dataframe]
    assert rows.shape[0] == 60
    assert set(rows["file"]) == {"no_buyers.csv"}


def test_all_traps_are_listed_with_what_became_of_them(open_app: Open) -> None:
    shown = said(open_app("small", "health", "en"))
    assert [trap.code for trap in TRAPS if f"**{trap.code}**" not in shown] == []


def test_one_order_is_reconciled_and_the_rest_is_left_unexplained(open_app: Open) -> None:
    app = open_app("one_row", "reconcile", account="2026-03", total="¥1,000.00")
    values = {tile.label.replace("\\", ""): tile.value.replace("\\", "") for tile in app.metric}
    assert values["平台显示"] == "¥1,000.00"
    assert values["ecodash 显示"] == "¥88.50"
    assert values["差额"] == values["未能解释"] == "¥911.50"


def test_equal_totals_are_said_to_be_equal_and_words_to_be_no_amount(open_app: Open) -> None:
    assert t("reconcile.equal", "zh") in str(open_app("one_row", "reconcile", total="88.5").success[0].value)
    app = open_app("one_row", "reconcile", total="many")
    assert "many" in str(app.warning[0].value)
    assert not app.metric


def test_the_paid_amount_of_a_month_is_explained_and_each_part_opens_its_rows(open_app: Open) -> None:
    open_app("small", "definitions")
    paid = cache.own_shop(cache.workspace_folder()).compute(["paid_amount"], MAY)[0].value
    app = open_app("small", "reconcile", account="2026-05", total=str(paid))
    values = {tile.label.replace("\\", ""): tile.value.replace("\\", "") for tile in app.metric}
    assert values["未能解释"] == "¥0.00"
    keys = [str(one.key) for one in app.toggle if str(one.key).startswith("part.rows.")]
    assert "part.rows.refunds_none" in keys
    app.toggle(key="part.rows.refunds_none").set_value(True).run()
    assert app.dataframe[0].value["amount"].sum() > 0


def test_counting_like_the_platform_changes_the_numbers_of_every_page(own_copy: Copy) -> None:
    app = page(own_copy("small"), "reconcile")
    shop = cache.own_shop(cache.workspace_folder())
    before = shop.compute(["net_sales"], MAY)[0].value or 0
    app.selectbox(key="w.account.zh").select("2026-05").run()
    app.text_input(key="w.total.zh").set_value(str(before)).run()
    app.multiselect(key="w.policies.zh").set_value(["shipping"]).run()
    app.button(key="reconcile.adopt").click().run()
    assert not app.exception
    assert shop.settings.policy.include_shipping
    assert (shop.compute(["net_sales"], MAY)[0].value or 0) > before


def test_the_checklist_counts_what_was_confirmed_and_can_be_put_away(own_copy: Copy) -> None:
    app = own_copy("small")
    assert t("onboarding.progress", "zh", done=1, all=6) in str(app.get("progress")[0].proto.text)
    app.button(key="confirm.platform").click().run()
    app.button(key="confirm.policy").click().run()
    shop = cache.own_shop(cache.workspace_folder())
    assert [step.code for step in onboarding.steps(shop) if step.done] == ["orders", "platform", "policy"]
    app.button(key="onboarding.dismiss").click().run()
    assert onboarding.dismissed(shop)
    assert t("onboarding.title", "zh") not in said(app)
    app.button(key="onboarding.show").click().run()
    assert t("onboarding.title", "zh") in said(app)


def test_the_sales_policy_is_changed_by_the_form(own_copy: Copy) -> None:
    app = own_copy("small")
    shop = cache.own_shop(cache.workspace_folder())
    before = shop.compute(["net_sales"], MAY)[0].value or 0
    app.toggle(key="policy.include_shipping.False").set_value(True)
    next(one for one in app.button if one.label == t("policy.save", "zh")).click().run()
    assert not app.exception
    assert shop.settings.policy.include_shipping
    assert (shop.compute(["net_sales"], MAY)[0].value or 0) > before


def test_a_channel_is_moved_to_the_public_domain(own_copy: Copy) -> None:
    own_copy("small")
    shop = cache.own_shop(cache.workspace_folder())
    found = onboarding.domains(shop)
    private = next(channel for channel, domain in found.items() if domain == "private")
    onboarding.set_domains(shop, {private: "public"})
    assert onboarding.domains(shop)[private] == "public"
    onboarding.set_domains(shop, {private: "private"})
    assert onboarding.domains(shop) == found


def test_what_was_confirmed_outlives_the_session_and_garbage_is_no_trouble(tmp_path: Path) -> None:
    with Session.open(tmp_path / "w") as session:
        onboarding.confirm(session, "policy")
        with pytest.raises(KeyError):
            onboarding.confirm(session, "polcy")
        assert not any(step.done for step in onboarding.steps(session))  # nothing is confirmed about no data
    shutil.copytree(tmp_path / "w", tmp_path / "v")
    (tmp_path / "v" / onboarding.FILE).write_text("{oops", encoding="utf-8")
    with Session.open(tmp_path / "v") as session:
        assert not onboarding.dismissed(session)
