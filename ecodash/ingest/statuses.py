"""What a platform's status words mean: the class of an order, and the canonical status.

Class: ``valid`` counts as a sale, ``pending`` is not paid yet, ``cancelled`` was closed without payment, ``refunded``
was paid and given back (a sale with a refund), ``unknown`` is a word nobody taught us: said, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from ecodash.ingest.export_format import Statuses

CLASSES = ("valid", "pending", "cancelled", "refunded", "unknown")
UNKNOWN = "unknown"

# Read in this order: the first pattern found decides. Chinese, English, Portuguese, Spanish, Indonesian, French, Thai, Vietnamese.
_GENERAL: tuple[tuple[str, str], ...] = (
    ("cancelled", r"被合并|被拆分|已合并|已拆分|merged into|split into"),
    (
        "refunded",
        (
            r"退款成功|退款完成|已退款|全部退款|全额退款|已全额退款|退货成功|退货/退款|退貨|已退货|售后完成|refunded|\breturned\b|chargeback|"
            r"reembols|devolvid|devuelt|devoluci|dikembalikan|pengembalian|remboursé|คืนเงิน|hoàn tiền"
        ),
    ),
    (
        "pending",
        (
            r"待付款|待支付|未付款|未支付|等待买家付款|等待付款|尚未付款|待成团|锁定|待审核|待接单|unpaid|pending|awaiting payment|payment review|"
            r"on[ -]?hold|authorized|^created$|draft|incomplete|não pago|aguardando pagamento|pago pendiente|pendiente de pago|pagamento pendente|"
            r"belum bayar|menunggu pembayaran|en attente|ที่ต้องชำระ|chờ thanh toán"
        ),
    ),
    (
        "cancelled",
        (
            r"取消|关闭|關閉|删除|作废|終止|终止|不成立|cancel|void|declined|failed|failure|expired|fraud|trash|anulad|batal|annul|ยกเลิก|"
            r"đã hủy|đã huỷ"
        ),
    ),
    (
        "valid",
        (
            r"已付款|已支付|待发货|待出库|待出貨|备货|等待出库|待配货|待打印|已发货|发货中|部分发货|已出库|运送中|運送中|待收货|待签收|已送达|已送達|"
            r"已收货|已签收|签收|完成|成功|待评价|已结算|已评价|确认收货|\bpaid\b|processing|^approved$|^invoiced$|confirmed|fulfilled|packed|ready|unshipped|"
            r"ship|transit|delivered|complete|success|settled|payment|pago|paga|enviad|entreg|conclu|aprovad|en camino|"
            r"a caminho|listo|completad|perlu dikirim|dikirim|selesai|expédi|livr|payé|terminé|จัดส่ง|สำเร็จ|đang giao|đã giao|hoàn thành"
        ),
    ),
)
_GENERAL_PATTERNS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _GENERAL)
_SUPERSEDED = re.compile(_GENERAL[0][1], re.IGNORECASE)
_NOT_YET = re.compile(r"待发货|未发货|等待(卖家)?发货|待出库|等待出库|待出貨|待配货|备货|unshipped|unfulfilled|awaiting (ship|fulfil|pick)|to ?ship|ready|topack|"
                      r"perlu dikirim|a enviar|listo|etiqueta", re.IGNORECASE)  # fmt: skip
_COMPLETED = re.compile(r"完成|成功|已收货|已签收|已送达|已送達|待评价|已评价|已结算|complete|delivered|closed|settled|selesai|conclu|entreg|completad|success|"
                        r"สำเร็จ|hoàn thành|livré", re.IGNORECASE)  # fmt: skip
_SHIPPED = re.compile(
    r"发货|出库|运送|運送|待收货|待签收|确认收货|等待收货|ship|transit|dikirim|enviad|en camino|a caminho|expédi|จัดส่ง|giao",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class StatusWords:
    """Status words by class; earlier entries win. ``match``: ``exact``, ``prefix`` or ``slug``."""

    words: tuple[tuple[str, str], ...]
    match: str = "exact"

    def class_of(self, text: str) -> str:
        """The class of one status text; ``unknown`` when neither the format nor the general words know it."""
        return self._said(text) or general_class(text)

    def says(self, text: str, name: str) -> bool:
        """Whether the format's own words put ``text`` into class ``name``."""
        return self._said(text) == name

    def _said(self, text: str) -> str | None:
        plain = folded(text, slug=self.match == "slug")
        for word, name in self.words:
            if plain == word:
                return name
        if self.match != "prefix":
            return None
        starts = [(len(word), name) for word, name in self.words if plain.startswith(word)]
        return max(starts)[1] if starts else None


def words_of(statuses: Statuses, own: Sequence[tuple[str, Iterable[str]]] = ()) -> StatusWords:
    """The words of a format, after the ``own`` words of this load.

    A word in two classes belongs to the first of valid, pending, cancelled, refunded (partially refunded is a sale).
    """
    slug = statuses.match == "slug"
    declared = (
        ("valid", statuses.valid),
        ("pending", statuses.pending),
        ("cancelled", statuses.cancelled),
        ("refunded", statuses.refunded),
    )
    pairs = tuple((folded(word, slug=slug), name) for name, words in (*own, *declared) for word in words)
    return StatusWords(words=pairs, match=statuses.match)


def folded(text: str, *, slug: bool = False) -> str:
    """A status made comparable: half-width punctuation, single blanks, lower case; ``slug``: hyphens for blanks, no wc-."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()
    plain = re.sub(r"\s*,\s*", ",", plain)
    if slug:
        plain = re.sub(r"[\s_-]+", "-", plain).removeprefix("wc-")
    return plain


def general_class(text: str) -> str:
    """The class by words common to many platforms and languages."""
    plain = folded(text)
    return next((name for name, pattern in _GENERAL_PATTERNS if pattern.search(plain)), UNKNOWN)


def is_superseded(text: str) -> bool:
    """Whether the order lives on under another number (merged, split): it is no sale, even when it was paid."""
    return bool(_SUPERSEDED.search(folded(text)))


def classes(texts: pl.Series, words: StatusWords) -> pl.Series:
    """The class of each status text; null where there is none."""
    distinct = texts.drop_nulls().unique().to_list()
    table = {text: words.class_of(text) for text in distinct}
    return texts.replace_strict(table, default=None, return_dtype=pl.String).alias("status_class")


def stage_of(text: str) -> str:
    """How far a valid order got by its status words: paid, shipped or completed."""
    plain = folded(text)
    if _NOT_YET.search(plain) and not re.search(r"已发货|部分发货|已收货", plain):
        return "paid"
    if _COMPLETED.search(plain) and not re.search(r"待收货|待签收|等待.*收货|等待.*确认", plain):
        return "completed"
    return "shipped" if _SHIPPED.search(plain) else "paid"


def stages(texts: pl.Series) -> pl.Series:
    """The stage of each status text; null where there is none."""
    table = {text: stage_of(text) for text in texts.drop_nulls().unique().to_list()}
    return texts.replace_strict(table, default=None, return_dtype=pl.String).alias("stage")
