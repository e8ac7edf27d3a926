"""What the operator is told about a file before anything is kept."""

from pathlib import Path

import pytest

from ecodash.core.errors import UnknownFormat
from ecodash.session import Session, Wishes

HEAD = "order_id,customer_id,created_at,paid_at,paid_amount\n"


def write(folder: Path, name: str, *numbers: int) -> Path:
    file = folder / name
    rows = [f"{n},c{n % 3},2024-01-0{n} 10:00:00,2024-01-0{n} 10:00:00,{n}.00" for n in numbers]
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_overlap_is_counted_before_anything_is_kept(tmp_path: Path) -> None:
    with Session.open(tmp_path / "w") as session:
        (card,) = session.inspect(write(tmp_path, "a.csv", 1, 2, 3))
        assert (card.ready, card.overlap, card.already_loaded) == (True, 0, None)
        session.load(card)
        (later,) = session.inspect(write(tmp_path, "b.csv", 2, 3, 4))
        assert later.overlap == 2
        assert session.loads().height == 1
        (same,) = session.inspect(tmp_path / "a.csv")
        assert same.already_loaded == 1


def test_a_mapping_made_by_hand_is_remembered_for_its_headers(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Ref;Who;When;Sum\nA1;x;2024-05-01;10,50\nA2;y;2024-05-02;7,25\n", encoding="utf-8")
    by_hand = Wishes(columns=("order_id=Ref", "customer_key=Who", "ordered_at=When", "paid_amount=Sum"))
    with Session.open(tmp_path / "w") as session:
        (unknown,) = session.inspect(file)
        assert unknown.needs_mapping
        with pytest.raises(UnknownFormat):
            session.load(unknown)
        (card,) = session.inspect(file, wishes=by_hand)
        session.load(card)
        file.write_text("Ref;Who;When;Sum\nA3;x;2024-06-01;1,00\n", encoding="utf-8")
        (again,) = session.inspect(file)
        assert again.ready
        assert again.totals["paid_amount"] == 1.0


def test_a_wrong_header_names_the_nearest(tmp_path: Path) -> None:
    with Session.open(tmp_path / "w") as session:
        wishes = Wishes(columns=("order_id=order_ic",))
        (card,) = session.inspect(write(tmp_path, "a.csv", 1), wishes=wishes)
        assert card.trouble is not None
        assert "order_id" in card.trouble.message.en
