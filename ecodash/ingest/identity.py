"""Who a buyer is: the texts that are hashed into customer ids. A masked value is nobody.

========  ===========================================  ==================================================
kind      hash input                                   taken from
========  ===========================================  ==================================================
phone     ``phone|13800000001``                        columns named so; +86, blanks and dashes removed
e-mail    ``email|a@example.com``                      any value with an @; lower case
account   ``taobao_tmall:account|示例买家01``           everything else, kept apart per platform
========  ===========================================  ==================================================

The first column of the preference list that identifies the buyer of a row wins.

A list of our own layout may say where an id comes from, so that it meets the platform's own export of the same people:
``phone:13800000001``, ``taobao_tmall:示例买家01``.
"""

import re
from collections.abc import Collection, Sequence
from functools import partial

import polars as pl

from ecodash.ingest.convert.cells import cleaned, half_width
from ecodash.ingest.convert.column import Converted, once_per_text

_PHONE_HEADER = re.compile(
    r"手机|电话|電話|手機|联系方式|phone|mobile|\btel\b|telefon|teléfono|โทรศัพท์|no\. telepon", re.IGNORECASE
)
_MASKED = r"[*＊●•]|^#|^\$\$|^~|…|(?i:xxxx)|^\.+$"
NOBODY = [
    "匿名",
    "匿名用户",
    "匿名买家",
    "匿名用戶",
    "游客",
    "遊客",
    "散客",
    "未知",
    "guest",
    "guest customer",
    "anonymous",
    "unknown",
    "none",
    "nan",
    "not provided",
    "no customer",
    "walk-in",
    "walk in",
    "cash customer",
]
_EMAIL = r"^[^\s@]+@[^\s@]+\.[^\s@]+$"
_LOST = r"^\d(\.\d+)?[eE]\+?\d+$"
_SHORTEST_PHONE = 7
_ORIGIN = r"^([a-z0-9_]+):(.+)$"
_CHINESE_MOBILE = r"^(?:\+|00)?86(1\d{10})$"


def identity_texts(columns: Sequence[tuple[str, pl.Series]], *, platform: str) -> pl.Series:
    """One hash input per row, null for rows whose buyer nobody can tell. ``columns``: (header, cells), best first."""
    found = [
        once_per_text(cells, partial(_converted, header=header, platform=platform)).values for header, cells in columns
    ]
    if not found:
        raise ValueError("no column that could identify a buyer")
    return pl.select(pl.coalesce(found)).to_series().alias("identity")


def _converted(cells: pl.Series, *, header: str, platform: str) -> Converted:
    return Converted(values=identity_of(cells, header=header, platform=platform))


def identity_of(cells: pl.Series, *, header: str, platform: str) -> pl.Series:
    """The hash input of each cell of one column."""
    text = half_width(cleaned(cells)).str.replace(r"^(\d+)\.0+$", "$1")
    nobody = text.str.contains(_MASKED) | text.str.to_lowercase().is_in(pl.Series(NOBODY).implode())
    text = _only(text, ~nobody.fill_null(True))
    email = text.str.contains(_EMAIL).fill_null(False)
    rest = _phone(text) if _PHONE_HEADER.search(header) else _account(text, platform)
    return pl.select(pl.when(email).then("email|" + text.str.to_lowercase()).otherwise(rest)).to_series()


def stated_identity_of(cells: pl.Series, *, header: str, platform: str, platforms: Collection[str]) -> pl.Series:
    """``identity_of`` for a list of our own layout, where a cell may begin with ``phone:`` or one of ``platforms``."""
    text = half_width(cleaned(cells))
    origin, rest = text.str.extract(_ORIGIN, 1), text.str.extract(_ORIGIN, 2)
    account = identity_of(rest, header="", platform="")
    told = pl.select(
        pl.when(origin == "phone").then(identity_of(rest, header="phone", platform=platform))
        .when(account.str.starts_with(":")).then(origin + account)
        .otherwise(account)
    ).to_series()  # fmt: skip
    known = origin.is_in(["phone", *platforms]).fill_null(False)
    plain = identity_of(cells, header=header, platform=platform)
    return pl.select(pl.when(known).then(told).otherwise(plain)).to_series()


def masked(cells: pl.Series) -> pl.Series:
    """Whether a filled cell is masked (138****8888, 张**, ##…) and so identifies nobody."""
    return cleaned(cells).str.contains(_MASKED).fill_null(False)


def _phone(text: pl.Series) -> pl.Series:
    """Digits of a phone number; a Chinese mobile without its country code. Too short or not a number: null."""
    bare = text.str.replace_all(r"[\s()\-./]", "").str.replace(_CHINESE_MOBILE, "$1").str.replace(r"^(?:\+|00)", "")
    good = bare.str.contains(r"^\d+$") & (bare.str.len_chars() >= _SHORTEST_PHONE)
    return "phone|" + _only(bare, good.fill_null(False))


def _account(text: pl.Series, platform: str) -> pl.Series:
    return f"{platform}:account|" + _only(text, ~text.str.contains(_LOST).fill_null(True))


def _only(values: pl.Series, where: pl.Series) -> pl.Series:
    return pl.select(pl.when(where).then(values).otherwise(None)).to_series()


def linked(identities: pl.Series, aliases: pl.Series) -> pl.Series:
    """Identities with rows joined that share an alias: where all identified rows of an alias are one person, so are the rest.

    Used for files that name one person on several rows, some with a phone and some without.
    """
    frame = pl.DataFrame({"id": identities, "alias": aliases}).with_columns(
        pl.col("id").str.contains(r"^(phone|email)\|").alias("sure")
    )
    sure = frame.filter("sure", pl.col("alias").is_not_null()).group_by("alias").agg(pl.col("id").unique())
    only = sure.filter(pl.col("id").list.len() == 1).select("alias", pl.col("id").list.first().alias("known"))
    joined = frame.join(only, on="alias", how="left", maintain_order="left")
    return joined.select(
        pl.when(pl.col("sure").fill_null(False)).then("id").otherwise(pl.coalesce("known", "id"))
    ).to_series()
