"""What ``recognise`` and ``load`` say about one file, in the words of the documentation."""

from ecodash.core.text import Language
from ecodash.session import FileCard
from ecodash.store import LoadResult


def card_report(card: FileCard) -> dict[str, object]:
    """One file as a JSON object; unknown parts are null. An unknown file carries ``nearest`` and the proposal."""
    recognition = card.recognition
    report: dict[str, object] = {
        "file": card.file,
        "format": recognition.format if recognition else None,
        "entity": recognition.entity if recognition else None,
        "encoding": recognition.encoding if recognition else None,
        "delimiter": recognition.delimiter if recognition else None,
        "header_row": recognition.header_row if recognition else None,
        "rows": recognition.rows if recognition else None,
        "period": [card.period.start.isoformat(), card.period.end.isoformat()] if card.period else None,
        "problems": [
            {"code": p.code, "count": p.count, "rows": list(p.rows), "zh": p.text.zh, "en": p.text.en}
            for p in card.problems
        ],
        "confirmed": recognition.confirmed if recognition else False,
    }
    if recognition is not None and not recognition.confirmed:
        report["nearest"] = recognition.nearest
        report["missing"] = list(recognition.missing)
        report["proposal"] = {field: list(names) for field, names in recognition.mapping.columns.items()}
    if card.conformed is not None:
        report["totals"] = card.totals
        report["kept"], report["rejected"] = card.kept, card.rejected
    if card.trouble is not None:
        report["error"] = {"zh": card.trouble.message.zh, "en": card.trouble.message.en}
    return report


def load_report(result: LoadResult) -> dict[str, object]:
    """What a load did."""
    return {
        "load_id": result.load_id,
        "already_loaded": result.already_loaded,
        "kept": result.kept,
        "rejected": result.rejected,
        "new": result.new,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "overlap": result.overlap,
        "tables": {
            name: {"rows": c.rows, "new": c.new, "changed": c.changed, "unchanged": c.unchanged}
            for name, c in result.by_table.items()
        },
    }


def problem_lines(card: FileCard, language: Language) -> list[str]:
    """Everything worth knowing about a file, a line each."""
    lines = [f"{p.text.to(language)}" + (f" ({p.count})" if p.count else "") for p in card.problems]
    if card.trouble is not None:
        lines.append(card.trouble.message.to(language))
    recognition = card.recognition
    if recognition is not None and not recognition.confirmed and card.trouble is None:
        lines += [f"{field} = {' | '.join(names)}" for field, names in recognition.mapping.columns.items()]
    return lines
