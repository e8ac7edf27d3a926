"""Which encoding a text is written in: the one whose headers the catalogue knows, else the one whose letters are common."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from ecodash.ingest.known_headers import known_hits, split_rows

SAMPLE_BYTES = 256 * 1024
_DELIMITERS = (",", "\t", ";", "|")
_LETTERS_JUDGED = 4_000
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONE_HANZI = re.compile(r"[A-Za-z][\u3400-\u9fff\ue000-\uf8ff](?![\u3400-\u9fff])")
_WESTERN = re.compile(
    "[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u2018-\u201d\u20ac\u00a3\u2013\u2014\u00b0\u00ae\u00bf\u00a1]"
)
_KANA = re.compile("[\u3040-\u30ff]")
_ROW_LEAD = 0xA1
_WIDE_SHARE = 0.05


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """``name`` as the catalogue writes it, ``codec`` as Python knows it."""

    name: str
    codec: str


CANDIDATES: tuple[Encoding, ...] = (
    Encoding(name="utf-8", codec="utf-8"),
    Encoding(name="gb18030", codec="gb18030"),
    Encoding(name="cp1252", codec="cp1252"),
    Encoding(name="big5", codec="cp950"),
    Encoding(name="shift_jis", codec="cp932"),
)
NAMES: dict[str, Encoding] = {c.name: c for c in CANDIDATES} | {
    "utf-8-sig": Encoding(name="utf-8-sig", codec="utf-8-sig"),
    "utf-16": Encoding(name="utf-16", codec="utf-16"),
    "utf-16-le": Encoding(name="utf-16", codec="utf-16-le"),
    "utf-16-be": Encoding(name="utf-16", codec="utf-16-be"),
    "gbk": Encoding(name="gbk", codec="gb18030"),
}


def choose_encoding(sample: bytes) -> Encoding:
    """The encoding of a text from its first bytes.

    A byte order mark decides. Otherwise, of all encodings that decode the sample without an error, the one under
    which most headers are known; among equals the one whose letters are the most ordinary; then the order of
    ``CANDIDATES``. When none decodes without an error (a damaged file) the same is asked of a lenient reading.
    """
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return NAMES[name]
    wide = _without_mark(sample)
    if wide is not None:
        return wide
    if sample.isascii():
        return NAMES["utf-8"]
    whole = sample if len(sample) < SAMPLE_BYTES else sample[: sample.rfind(b"\n") + 1] or sample
    decoded = [(c, text) for c in CANDIDATES if (text := _decode(whole, c.codec)) is not None]
    damaged = whole.decode("utf-8", errors="replace")
    if decoded and decoded[0][0].name != "utf-8" and _mostly_whole(damaged):
        decoded.append((NAMES["utf-8"], damaged))
    if not decoded:
        decoded = [(c, whole.decode(c.codec, errors="replace")) for c in CANDIDATES[:2]]
    return max(decoded, key=lambda pair: (_hits(pair[1]), commonness(pair[1], pair[0].name)))[0]


def _decode(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _mostly_whole(text: str) -> bool:
    """Whether a lenient UTF-8 reading has at least twenty good letters for every damaged one."""
    damaged = text.count("\ufffd")
    return sum(1 for letter in text if ord(letter) > 127) >= damaged * 21  # noqa: PLR2004


def _without_mark(sample: bytes) -> Encoding | None:
    """UTF-16 without a byte order mark: zeros in one half of the byte pairs, where its ASCII letters are."""
    head = sample[:4000]
    low, high = head[1::2].count(0), head[0::2].count(0)
    if max(low, high) <= len(head) // 2 * _WIDE_SHARE or min(low, high) * 3 > max(low, high):
        return None
    return NAMES["utf-16-le"] if low > high else NAMES["utf-16-be"]


def _hits(text: str) -> int:
    return max(known_hits(split_rows(text[:64_000], delimiter)) for delimiter in _DELIMITERS)


def commonness(text: str, name: str) -> float:
    """Share of the non-ASCII letters that are ordinary in the scripts an encoding is used for, 0 … 1."""
    letters = [letter for letter in text if ord(letter) > 127][:_LETTERS_JUDGED]  # noqa: PLR2004
    if not letters or name == "utf-8":
        return 1.0
    ordinary = sum(1 for letter in letters if _ORDINARY[name](letter))
    if name != "cp1252":
        ordinary -= len(_LONE_HANZI.findall(text[:200_000]))
    return max(ordinary, 0) / len(letters)


def _lead(letter: str, codec: str) -> int:
    encoded = letter.encode(codec, errors="ignore")
    return encoded[0] if len(encoded) == 2 else 0  # noqa: PLR2004


def _is_simplified(letter: str) -> bool:
    lead = _lead(letter, "gb2312")
    return 0xB0 <= lead <= 0xD7 or _ROW_LEAD <= lead <= 0xA3  # noqa: PLR2004


def _is_traditional(letter: str) -> bool:
    lead = _lead(letter, "cp950")
    return 0xA4 <= lead <= 0xC6 or _ROW_LEAD <= lead <= 0xA3  # noqa: PLR2004


def _is_japanese(letter: str) -> bool:
    return _KANA.match(letter) is not None or 0x81 <= _lead(letter, "cp932") <= 0x97  # noqa: PLR2004


def _is_western(letter: str) -> bool:
    return _WESTERN.match(letter) is not None


_ORDINARY: dict[str, Callable[[str], bool]] = {
    "gb18030": _is_simplified,
    "big5": _is_traditional,
    "shift_jis": _is_japanese,
    "cp1252": _is_western,
}
