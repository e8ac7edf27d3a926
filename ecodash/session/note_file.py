"""Notes in a CSV file: headers in either language, days in the usual ways of writing them, errors with row and column."""

import csv
import io
import re
from contextlib import suppress
from dataclasses import replace
from datetime import date

from ecodash.core.errors import InputError, Place
from ecodash.core.notebook import EVERYTHING, Note
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.export.cell import guarded

COLUMNS = ("start", "end", "text", "owner", "scope")
NAMES: dict[str, tuple[str, ...]] = {
    "start": ("start", "from", "date", "day", "start_date", "开始", "开始日期", "日期", "时间"),
    "end": ("end", "to", "end_date", "结束", "结束日期"),
    "text": ("text", "note", "event", "说明", "内容", "批注", "事件", "备注"),
    "owner": ("owner", "by", "author", "负责人", "责任人", "记录人"),
    "scope": ("scope", "范围", "适用范围"),
}
_ENCODINGS = ("utf-8-sig", "gb18030")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d.*)?")
_WIDEST = 2_000_000
Columns = dict[str, tuple[int, str]]


def read_notes(content: bytes, *, file: str) -> list[Note]:
    """The notes of a file, row by row; blank rows are left out. Raises InputError with file, row and column."""
    if len(content) > _WIDEST:
        raise InputError(
            Text("文件太大：批注文件不超过 2 MB。", "The file is too large: notes take at most 2 MB."),
            place=Place(file=file),
        )
    rows = list(csv.reader(io.StringIO(_decoded(content, file), newline="")))
    if not rows:
        raise InputError(Text("文件是空的。", "The file is empty."), place=Place(file=file))
    columns = _columns(rows[0], file)
    return [
        _note(cells, columns, Place(file=file, row=number))
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _decoded(content: bytes, file: str) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(
        Text("文字编码看不懂，应为 UTF-8 或 GB18030。", "Unreadable text; UTF-8 or GB18030 is expected."),
        place=Place(file=file),
    )


def _columns(headers: list[str], file: str) -> Columns:
    """Each column's place and heading; the day and the words must be there."""
    plain = [header.strip().lower() for header in headers]
    found = {}
    for name, words in NAMES.items():
        said = next((word for word in words if word in plain), None)
        if said is not None:
            found[name] = (plain.index(said), headers[plain.index(said)])
    for needed in ("start", "text"):
        if needed not in found:
            words = NAMES[needed]
            raise InputError(
                Text(
                    f"缺少列，应有“{words[-3]}”或“{needed}”；现有表头：{'、'.join(headers)}。",
                    f"A column “{needed}” is missing; the headers are: {', '.join(headers)}.",
                ),
                place=Place(file=file, row=1),
            )
    return found


def _note(cells: list[str], columns: Columns, place: Place) -> Note:
    said = {name: _cell(cells, i) for name, (i, _) in columns.items()}
    at = {name: replace(place, column=header) for name, (_, header) in columns.items()}
    start = _day(said["start"], at["start"])
    end = _day(said["end"], at["end"]) if said.get("end") else start
    if end < start:
        words = Text(f"结束 {end} 早于开始 {start}。", f"It ends {end}, before it starts {start}.")
        raise InputError(words, place=at["end"])
    if not said["text"]:
        raise InputError(Text("没有内容。", "There are no words."), place=at["text"])
    owner, scope = said.get("owner", ""), said.get("scope") or EVERYTHING
    return Note(days=Period(start, end), text=said["text"], owner=owner, scope=scope)


def _cell(cells: list[str], index: int) -> str:
    """A cell without the apostrophe that our own export puts before what a spreadsheet would run."""
    text = cells[index].strip() if index < len(cells) else ""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def _day(text: str, place: Place) -> date:
    found = _DAY.fullmatch(text)
    if found:
        with suppress(ValueError):
            return date(*(int(part) for part in found.groups()))
    words = Text(f"“{text}”不是日期，应形如 2026-03-31。", f"“{text}” is no day; write it like 2026-03-31.")
    raise InputError(words, place=place)
