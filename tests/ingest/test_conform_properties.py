"""What must hold for any file: order of rows, cuts between orders, junk in cells."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ecodash.ingest.catalogue import FORMATS
from ecodash.ingest.raw import ROW
from tests.ingest.making import Rows, as_format, conformed, shaped

COLUMNS = {
    "order_id": "id",
    "ordered_at": "day",
    "paid_at": "paid",
    "status": "status",
    "sku": "sku",
    "quantity": "n",
    "unit_price": "price",
    "paid_amount": "total",
    "refund_amount": "back",
    "customer_key": "who",
}
HEADER = ["id", "day", "paid", "status", "sku", "n", "price", "total", "back", "who"]

ORDER = st.tuples(
    st.sampled_from(["2026-05-01 10:00:00", "2026-05-02 09:30:00"]),
    st.sampled_from(["", "2026-05-02 11:00:00"]),
    st.sampled_from(["交易成功", "已发货", "待付款", "交易关闭", "退款成功"]),
    st.integers(1, 500),
    st.sampled_from(["", "0", "5"]),
    st.sampled_from(["u1", "u2", "", "1***2"]),
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3), st.integers(1, 90)), min_size=1, max_size=4),
)


@st.composite
def files(draw: st.DrawFn) -> list[list[list[str]]]:
    """Orders as lists of rows; the total of an order stands on each of its lines."""
    orders = draw(st.lists(ORDER, min_size=1, max_size=6))
    return [
        [[str(number), day, paid, status, sku, str(n), str(price), str(total), back, who] for sku, n, price in lines]
        for number, (day, paid, status, total, back, who, lines) in enumerate(orders)
    ]


def tables(rows: Rows) -> dict[str, pl.DataFrame]:
    found = shaped(conformed([HEADER, *rows], COLUMNS, entity="order_lines"))
    return {name: frame.drop(ROW).sort(pl.all()) for name, frame in found.items()}


@settings(max_examples=25)
@given(files(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(orders: list[list[list[str]]], dice: object) -> None:
    rows = [row for order in orders for row in order]
    mixed = list(rows)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    mine, other = tables(rows), tables(mixed)
    for name, frame in mine.items():
        assert frame.equals(other[name]), name


@settings(max_examples=25)
@given(files())
def test_every_order_total_is_kept_and_shared_out_exactly(orders: list[list[list[str]]]) -> None:
    done = conformed([HEADER, *(row for order in orders for row in order)], COLUMNS, entity="order_lines")
    if not done.frame["paid_stated"].any():
        return
    shares = dict(done.frame.group_by("order_id").agg(pl.col("paid_amount").sum()).rows())
    assert shares == {order[0][0]: int(order[0][7]) * 10_000 for order in orders}


JUNK = st.text(alphabet="0123456789.,-/: 元¥$%()'\"=#*@abcT年月日～E+{}", max_size=12)


@settings(max_examples=60)
@given(st.lists(st.lists(JUNK, min_size=len(HEADER), max_size=len(HEADER)), min_size=1, max_size=6))
def test_no_junk_raises_and_every_row_is_kept_or_rejected(rows: list[list[str]]) -> None:
    done = conformed([HEADER, *rows], COLUMNS, entity="order_lines")
    kept, lost = set(done.frame[ROW]), set(done.rejects.filter("whole_row")[ROW])
    assert not kept & lost
    assert len(kept | lost) == done.totals["rows"]
    shaped(done)


FAMILIES = sorted(FORMATS)


@settings(max_examples=100)
@given(st.sampled_from(FAMILIES), st.data())
def test_no_format_chokes_on_junk(format_id: str, data: st.DataObject) -> None:
    export = FORMATS[format_id]
    header = list(dict.fromkeys((*export.signature, *(name for names in export.columns.values() for name in names))))
    rows = data.draw(st.lists(st.lists(JUNK, min_size=len(header), max_size=len(header)), min_size=1, max_size=3))
    done = as_format([header, *rows], format_id)
    assert done.frame.height <= done.totals["rows"] * 400
    for frame in shaped(done, platform=export.platform).values():
        assert ROW in frame.columns
