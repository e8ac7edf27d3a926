"""Commands about what people write down: goals of a month with their pace, and notes on what happened."""

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation

from ecodash.cli.language import language_of
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.errors import InputError, Place, WorkspaceError
from ecodash.core.notebook import Goal, Note
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.i18n import Reader, value_text
from ecodash.metrics.goals import Pace, pace
from ecodash.metrics.registry import find
from ecodash.session import Session


def goals_list(arguments: argparse.Namespace) -> int:
    """Print goals with their pace."""
    language = language_of(arguments)
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        found = [pace(session.source, goal) for goal in session.notebook.goals(arguments.month)]
        currency = session.settings.base_currency
    if arguments.json:
        print_json([pace_json(one) for one in found])
        return 0

    def shown(one: Pace, value: float | None) -> str:
        return "" if value is None else value_text(value, find(one.goal.metric).unit, language, currency)

    lines: list[dict[str, Cell]] = [
        {
            "month": f"{one.goal.month:%Y-%m}",
            "metric": one.goal.metric,
            "owner": one.goal.owner,
            "goal": shown(one, float(one.goal.value)),
            "so_far": shown(one, one.actual),
            "expected": shown(one, one.expected),
            "ends": shown(one, one.ends),
            "between": f"{shown(one, one.low)} – {shown(one, one.high)}" if one.low is not None else "",
            "about": (one.reason or one.basis or Text("", "")).to(language),
        }
        for one in found
    ]
    print_table(lines, empty="–")
    return 0


def goals_set(arguments: argparse.Namespace) -> int:
    """Keep a goal, in place of an earlier one."""
    try:
        value = Decimal(arguments.value.replace(",", ""))
    except InvalidOperation:
        words = Text(f"“{arguments.value}”不是数字。", f"“{arguments.value}” is no number.")
        raise InputError(words) from None
    with Session.open(arguments.workspace, create=False) as session:
        goal = session.notebook.set_goal(arguments.month, arguments.metric, value, owner=arguments.owner)
    _said(arguments, goal_json(goal))
    return 0


def goals_remove(arguments: argparse.Namespace) -> int:
    """Take a typed goal away."""
    with Session.open(arguments.workspace, create=False) as session:
        session.notebook.remove_goal(arguments.month, arguments.metric, owner=arguments.owner)
    return 0


def notes_list(arguments: argparse.Namespace) -> int:
    """Print notes by day."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        found = session.notebook.notes(_window(arguments))
        if arguments.out is not None:
            arguments.out.write_bytes(session.notebook.export_notes(reader=Reader(language=language_of(arguments))))
    lines = [note_json(note) for note in found]
    if arguments.json:
        print_json(lines)
    else:
        print_table(lines, empty="–")
    return 0


def notes_add(arguments: argparse.Namespace) -> int:
    """Keep a note."""
    days = _between(arguments.start, arguments.end or arguments.start)
    with Session.open(arguments.workspace, create=False) as session:
        note = session.notebook.add_note(days, arguments.text, owner=arguments.owner, scope=arguments.scope)
    _said(arguments, note_json(note))
    return 0


def notes_remove(arguments: argparse.Namespace) -> int:
    """Take a note away."""
    with Session.open(arguments.workspace, create=False) as session:
        session.notebook.remove_note(arguments.id)
    return 0


def notes_import(arguments: argparse.Namespace) -> int:
    """Add the notes of a CSV file, all or none."""
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        place = Place(file=arguments.file.name)
        raise WorkspaceError(Text("文件打不开。", "The file cannot be opened."), place=place) from error
    with Session.open(arguments.workspace, create=False) as session:
        new, known = session.notebook.import_notes(content, file=arguments.file.name)
    _said(arguments, {"new": new, "known": known})
    return 0


def goal_json(goal: Goal) -> dict[str, Cell]:
    """A goal as plain values."""
    return {
        "month": f"{goal.month:%Y-%m}",
        "metric": goal.metric,
        "owner": goal.owner,
        "value": float(goal.value),
        "uploaded": goal.uploaded,
    }


def pace_json(one: Pace) -> dict[str, object]:
    """A goal with its pace as plain values; the line day by day."""
    words = {"basis": one.basis, "reason": one.reason}
    return {
        **goal_json(one.goal),
        "as_of": one.as_of,
        "actual": one.actual,
        "share": one.share,
        "expected": one.expected,
        "ends": one.ends,
        "low": one.low,
        "high": one.high,
        "level": one.level,
        "months": one.months,
        **{name: {"zh": text.zh, "en": text.en} if text else None for name, text in words.items()},
        "line": [{"day": p.day, "expected": p.expected, "actual": p.actual} for p in one.line],
    }


def note_json(note: Note) -> dict[str, Cell]:
    """A note as plain values."""
    return {
        "id": note.id,
        "start": note.days.start.isoformat(),
        "end": note.days.end.isoformat(),
        "text": note.text,
        "owner": note.owner,
        "scope": note.scope,
    }


def _window(arguments: argparse.Namespace) -> Period | None:
    if arguments.start is None and arguments.end is None:
        return None
    return _between(arguments.start or date.min, arguments.end or date.max)


def _between(start: date, end: date) -> Period:
    if end < start:
        raise InputError(Text("--to 早于 --from。", "--to lies before --from."))
    return Period(start, end)


def _said(arguments: argparse.Namespace, row: dict[str, Cell]) -> None:
    if arguments.json:
        print_json(row)
    else:
        print_table([row], empty="–")
