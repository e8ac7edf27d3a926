"""Workspaces for page tests: a small shop from the sample's own files, an empty one, one row, no orders, no buyers."""

from pathlib import Path

from ecodash.session import Session
from ecodash.session.places import sample_directory

KINDS = ("small", "empty", "one_row", "no_orders", "no_buyers")
SMALL = ("youzan_orders.csv", "jd_orders.csv")
HEADER = "order_id,platform,customer_id,channel_id,created_at,paid_at,status,paid_amount,currency"
ONE_ROW = "A1,shop,c1,shop,2026-03-01 10:00:00,2026-03-01 10:05:00,completed,88.50,CNY"
ANONYMOUS = [
    f"B{n},shop,,shop,2026-0{n % 6 + 1}-1{n % 9} 10:00:00,2026-0{n % 6 + 1}-1{n % 9} 10:00:00,completed,{n + 20}.00,CNY"
    for n in range(60)
]


def build(folder: Path, kind: str) -> Path:
    """A workspace of ``kind`` in ``folder``; closed, so that the app can open it."""
    with Session.open(folder) as session:
        for path in _files(folder.parent, kind):
            for card in session.inspect(path):
                session.load(card)
    return folder


def _files(place: Path, kind: str) -> list[Path]:
    if kind == "small":
        return [sample_directory() / name for name in SMALL]
    if kind == "no_orders":
        return [sample_directory() / "products.csv"]
    if kind == "empty":
        return []
    path = place / f"{kind}.csv"
    rows = [ONE_ROW] if kind == "one_row" else ANONYMOUS
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return [path]
