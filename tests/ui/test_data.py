from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecodash.i18n import t
from ecodash.session.places import bundle_root
from ecodash.ui import cache
from ecodash.ui.arrivals import files_in
from tests.ui.test_clicks import value
from tests.ui.test_pages import said

Copy = Callable[..., AppTest]
HEADER = "order_id,platform,customer_id,channel_id,created_at,paid_at,status,paid_amount,currency\n"
MORE = HEADER + "A2,shop,c2,shop,2026-03-02 10:00:00,2026-03-02 10:05:00,completed,11.50,CNY\n"
UNKNOWN = "凭证,买的人,哪天,花了\n" + "".join(f"Z{n},u{n % 3},2026-03-{n + 1:02},{n + 10}.00\n" for n in range(9))


def page(app: AppTest, name: str) -> AppTest:
    """Another page of the same visit."""
    return app.switch_page(str(bundle_root() / "pages" / f"{name}.py")).run()


def upload(app: AppTest, name: str, text: str) -> AppTest:
    """A file put into the fallback field."""
    app.get("file_uploader")[0].upload(name, text.encode()).run()
    return app


def test_nothing_is_kept_before_confirm_and_undo_takes_it_back(own_copy: Copy) -> None:
    app = upload(own_copy("one_row"), "更多.csv", MORE)
    assert "更多.csv" in said(app)
    assert value(page(app, "overview"), "净销售额") == "¥88.50"
    app = page(app, "data")
    app.button(key="confirm").click().run()
    assert "新增 1 行" in str(app.success[0].value).replace("\\", "")
    assert value(page(app, "overview"), "净销售额") == "¥100.00"
    app = page(app, "data")
    app.button(key="switch.2").click().run()
    assert t("loads.undone", "zh") in said(app)
    assert value(page(app, "overview"), "净销售额") == "¥88.50"
    app = page(app, "data")
    app.button(key="switch.2").click().run()
    assert value(page(app, "overview"), "净销售额") == "¥100.00"


def test_the_same_file_again_is_said_to_be_known_and_changes_nothing(own_copy: Copy) -> None:
    app = upload(own_copy("one_row"), "a.csv", MORE)
    app.button(key="confirm").click().run()
    app = upload(app, "b.csv", MORE)
    assert t("card.known_file", "zh") in said(app)
    app.button(key="confirm").click().run()
    assert "没有变化" in str(app.success[0].value)


def test_a_file_dropped_by_the_visitor_is_gone_from_the_disk(own_copy: Copy) -> None:
    app = upload(own_copy("one_row"), "a.csv", MORE)
    folder = cache.own_shop(cache.workspace_folder()).workspace.folder.uploads
    assert len(list(folder.iterdir())) == 1
    app.button(key="drop.f1").click().run()
    assert list(folder.iterdir()) == []
    assert "a.csv" not in said(app)


def test_a_confirmed_file_does_not_stay_in_clear_on_the_disk(own_copy: Copy) -> None:
    app = upload(own_copy("one_row"), "a.csv", MORE)
    app.button(key="confirm").click().run()
    assert list(cache.own_shop(cache.workspace_folder()).workspace.folder.uploads.iterdir()) == []


def test_an_unreadable_file_is_said_to_be_so_and_can_only_be_dropped(own_copy: Copy) -> None:
    app = upload(own_copy("one_row"), "kaputt.xlsx", "PK\x03\x04 no workbook")
    assert t("card.unreadable", "zh") in said(app)
    assert app.button(key="confirm").disabled


def test_an_unknown_file_is_mapped_by_hand_read_again_and_remembered(own_copy: Copy) -> None:
    app = upload(own_copy("one_row"), "怪.csv", UNKNOWN)
    assert t("card.needs_mapping", "zh") in said(app)
    assert app.button(key="confirm").disabled
    app.selectbox(key="entity.f1").select("orders").run()
    for field, header in (
        ("order_id", "凭证"),
        ("ordered_at", "哪天"),
        ("paid_amount", "花了"),
        ("customer_key", "买的人"),
    ):
        app.selectbox(key=f"field.f1.orders.{field}").select(header).run()
    app.button(key="apply.f1").click().run()
    assert t("card.ready", "zh") in said(app)
    app.button(key="confirm").click().run()
    assert "新增 9 行" in str(app.success[0].value).replace("\\", "")
    app = upload(app, "下个月.csv", UNKNOWN.replace("Z", "Y"))
    assert t("card.ready", "zh") in said(app)
    assert t("card.needs_mapping", "zh") not in said(app)


def test_what_is_required_and_missing_is_named(own_copy: Copy) -> None:
    app = upload(own_copy("one_row"), "怪.csv", UNKNOWN)
    app.selectbox(key="entity.f1").select("orders").run()
    assert "还缺" in said(app)
    assert app.button(key="apply.f1").disabled


def test_rejected_cells_are_shown_with_their_reason(own_copy: Copy) -> None:
    app = upload(own_copy("one_row"), "a.csv", MORE + "A3,shop,c2,shop,gestern,gestern,completed,1.00,CNY\n")
    assert any("gestern" in str(frame.value) for frame in app.dataframe)


def test_files_of_a_shared_folder_are_offered_and_links_out_of_it_are_not(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.csv").write_text("a\n")
    (inside / "sub" / "a.csv").write_text("a\n")
    (inside / "b.exe").write_text("a\n")
    (inside / "link.csv").symlink_to(outside / "secret.csv")
    assert list(files_in(inside.resolve())) == ["sub/a.csv"]


def test_files_of_a_shared_folder_stay_where_they_are(
    own_copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "a.csv").write_text(MORE)
    monkeypatch.setenv("ECODASH_IMPORT_DIR", str(shared))
    app = own_copy("one_row")
    app.multiselect(key="folder.0").set_value(["a.csv"]).run()
    app.button(key="folder.take").click().run()
    app.button(key="confirm").click().run()
    assert value(page(app, "overview"), "净销售额") == "¥100.00"
    assert (shared / "a.csv").is_file()
