"""Checks of files: rows refused or repeated, loads that contradict one another, text in the wrong encoding."""

from itertools import pairwise

import narwhals as nw
import polars as pl

from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.session.checks.check import Check, Ground, Severity

GARBLED = "\ufffd|锟斤拷|[锛銆鈥鐨]|Ã[\u0080-\u00bf¡-¿]|â€|[À-ÖØ-öø-ÿ¡-¿×÷]{4,}"
"""Signs of a wrong encoding: lost characters, GBK read as UTF-8 and back, UTF-8 or GBK read as Latin-1."""
COMPARED = 3
"""Only so many of the latest overlapping loads are compared with what was known before them."""


def _refused(ground: Ground) -> Frame:
    names = ("file", "row_no", "column", "raw")
    refused = int(ground.active()["rejected"].sum()) > 0
    rejects = ground.rejects() if refused else pl.DataFrame()
    if rejects.is_empty():
        rejects = pl.DataFrame(schema={**dict.fromkeys(names, pl.String), "row_no": pl.Int64, "whole_row": pl.Boolean})
    return nw.from_native(rejects.filter("whole_row").select(*names).lazy())


def _repeated(ground: Ground) -> Frame:
    found = ground.active().filter(pl.col("duplicates") > 0).select("load_id", rows=pl.col("duplicates"))
    return nw.from_native(found.lazy())


def _contradictions(ground: Ground) -> Frame:
    """Orders whose stated payment a later load changed: one row per order and load."""
    loads = ground.active().sort("load_id")
    ids = loads["load_id"].to_list()
    later = loads.filter(pl.col("changed") > 0, pl.col("entity").is_in(["orders", "order_lines"]))["load_id"].to_list()
    found = [_between(ground, before, load) for before, load in pairwise(ids) if load in later]
    if not found:
        empty = {"order_id": pl.String, "earlier": pl.Int64, "amount": pl.Int64, "money": pl.Int64}
        return nw.from_native(pl.LazyFrame(schema={**empty, "load_id": pl.Int64, "row_no": pl.Int64}))
    return nw.concat(found[-COMPARED:])


def _between(ground: Ground, before: int, load: int) -> Frame:
    columns = ("order_id", "paid_amount")
    old = ground.source.table("orders", as_of=before).select(*columns).rename({"paid_amount": "earlier"})
    new = ground.source.table("orders", as_of=load).select(*columns, "load_id", "row_no")
    both = new.join(old, on="order_id", how="inner").filter(nw.col("earlier") != nw.col("paid_amount"))
    return both.select(
        *("order_id", "earlier"),
        amount=nw.col("paid_amount"),
        money=(nw.col("paid_amount") - nw.col("earlier")).abs(),
        load_id="load_id",
        row_no="row_no",
    )


def _garbled(ground: Ground) -> Frame:
    lines = [_texts(ground.fact("order_lines"), name, "paid") for name in ("product_name", "variant")]
    orders = [_texts(ground.fact("orders"), name, None) for name in ("city", "province", "channel_id")]
    return nw.concat([*lines, *orders, _texts(ground.table("products"), "name", None)])


def _texts(rows: Frame, column: str, money: str | None) -> Frame:
    worth = nw.col(money) if money else nw.lit(0)
    found = rows.filter(nw.col(column).str.contains(GARBLED).fill_null(value=False))
    return found.select("load_id", "row_no", field=nw.lit(column), text=nw.col(column), money=worth.cast(nw.Int64))


CHECKS = (
    Check(
        code="rejected_rows",
        title=Text("整行未能导入", "rows that could not be kept"),
        why=Text("这些行没有进入任何数字。", "They are in no number."),
        advice=Text(
            "在“数据”页的导入记录里（或用 ecodash rejects）下载，改正后重新导入。",
            "Download them from the load history on the Data page (or with ecodash rejects), mend, load again.",
        ),
        severity=Severity.WRONG,
        rows=_refused,
        needs=(),
        priced=False,
    ),
    Check(
        code="duplicate_keys",
        title=Text("同一文件里主键重复的行，只保留一行", "rows of one file with the same key, kept once"),
        why=Text("同一行出现两次，内容可能不同。", "The same row appears twice, perhaps with different content."),
        advice=Text("核对这些文件后重新导出并导入。", "Check these files, then export and load them again."),
        severity=Severity.LOOK,
        rows=_repeated,
        needs=(),
        priced=False,
        counted="rows",
    ),
    Check(
        code="contradictions",
        title=Text("后导入的文件改变了订单实付", "orders whose payment a later file changed"),
        why=Text(
            "重叠的导出对同一订单给出不同实付；以后导入的为准，金额是前后之差。",
            "Overlapping exports state different payments for one order; the later one counts, the amount is the difference.",
        ),
        advice=Text(
            "确认以哪个系统为准，撤销另一个文件的导入。", "Decide which system is right and take the other file back."
        ),
        severity=Severity.LOOK,
        rows=_contradictions,
    ),
    Check(
        code="garbled_text",
        traps=("T25",),
        title=Text("乱码文字", "garbled text"),
        why=Text(
            "文件在进入 ecodash 之前已经用错编码保存，商品和地区会被拆成好几个。",
            "The file was saved in the wrong encoding before it got here; products and places fall apart into several.",
        ),
        advice=Text("直接导入平台下载的原始文件，不要另存。", "Load the file as downloaded, without saving it again."),
        severity=Severity.LOOK,
        rows=_garbled,
    ),
)
