"""Files confirmed together: one refresh, the same tables and facts as one by one, and one bad file spoils no other."""

from pathlib import Path

import pytest

from ecodash.core.errors import EcodashError
from ecodash.facts import FACTS
from ecodash.session import Session
from ecodash.session.several import load_all
from ecodash.store import refreshing

ORDERS = "order_id,customer_id,channel_id,created_at,paid_at,status,paid_amount,currency\n"
FILES = {
    "march.csv": ORDERS
    + "A1,c1,shop,2026-03-01,2026-03-01,completed,10.00,CNY\nA2,c2,shop,2026-03-02,2026-03-02,completed,20.00,CNY\n",
    "april.csv": ORDERS
    + "A2,c2,shop,2026-03-02,2026-03-02,completed,25.00,CNY\nA3,c1,shop,2026-04-02,2026-04-02,completed,30.00,CNY\n",
    "stock.csv": "snapshot_date,location_id,sku_id,on_hand_qty\n2026-04-30,w1,S1,5\n2026-04-30,w1,S2,7\n",
}


def _write(folder: Path, files: dict[str, str]) -> list[Path]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def _facts(session: Session) -> dict[str, list[tuple[object, ...]]]:
    frames = {fact.name: session.workspace.fact(fact.name).collect("polars").to_native() for fact in FACTS}
    return {
        name: sorted(frame.drop("load_id", "row_no", strict=False).rows(), key=str) for name, frame in frames.items()
    }


def test_files_loaded_together_give_the_facts_of_files_loaded_one_by_one(tmp_path: Path) -> None:
    paths = _write(tmp_path, FILES)
    with Session.open(tmp_path / "together") as session:
        cards = [card for path in paths for card in session.inspect(path)]
        assert [outcome.new for outcome in load_all(session, cards)] == [2, 1, 2]  # type: ignore[union-attr]
        together = _facts(session)
        session.workspace.rebuild_facts()
        assert _facts(session) == together
    with Session.open(tmp_path / "single") as session:
        for path in paths:
            for card in session.inspect(path):
                session.load(card)
        assert [[str(c) for c in row[:1]] for row in _facts(session)["orders"]] == [["A1"], ["A2"], ["A3"]]
        assert {name: len(rows) for name, rows in _facts(session).items()} == {n: len(r) for n, r in together.items()}


def test_files_loaded_together_share_one_refresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed = []
    plain = refreshing.refresh
    monkeypatch.setattr(refreshing, "refresh", lambda *asked: (refreshed.append(asked), plain(*asked)))
    with Session.open(tmp_path / "workspace") as session:
        load_all(session, [card for path in _write(tmp_path, FILES) for card in session.inspect(path)])
    assert len(refreshed) == 1


def test_a_file_that_cannot_be_kept_does_not_keep_the_others_out(tmp_path: Path) -> None:
    clash = ORDERS + "A1,c9,other,2020-01-01,2020-01-01,completed,99.00,CNY\n"  # the number of another order
    paths = _write(tmp_path, {**FILES, "clash.csv": clash})
    with Session.open(tmp_path / "workspace") as session:
        cards = [card for path in paths for card in session.inspect(path)]
        outcomes = load_all(session, cards)
        assert [isinstance(outcome, EcodashError) for outcome in outcomes] == [False, False, False, True]
        assert session.loads()["file"].to_list() == ["march.csv", "april.csv", "stock.csv"]
        assert session.workspace.fact("orders").collect("polars").shape[0] == 3


def test_a_new_stock_snapshot_is_counted_as_new_rows_whatever_products_it_names(tmp_path: Path) -> None:
    later = "snapshot_date,location_id,sku_id,on_hand_qty\n2026-05-31,w1,S1,4\n2026-05-31,w1,S2,6\n"
    first, second = _write(tmp_path, {"stock.csv": FILES["stock.csv"], "later.csv": later})
    with Session.open(tmp_path / "workspace") as session:
        for path in (first, second):
            [card] = session.inspect(path)
            result = session.load(card)
            assert (result.new, result.changed, result.unchanged) == (2, 0, 0)
