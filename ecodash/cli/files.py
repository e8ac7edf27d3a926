"""Commands about files and loads: recognise, load, history, undo, rejects, health, settings."""

import argparse

import polars as pl

from ecodash.cli.assignments import assignments
from ecodash.cli.language import language_of
from ecodash.cli.numbers import write_frame
from ecodash.cli.output import Cell, complain, print_json, print_table
from ecodash.cli.reports import card_report, load_report, problem_lines
from ecodash.core.errors import EcodashError
from ecodash.core.text import Language, Text
from ecodash.session import FileCard, Session, Wishes, inspect_file
from ecodash.session.health import rows_of
from ecodash.session.several import load_all


def recognise(arguments: argparse.Namespace) -> int:
    """Say what each file is; code 1 when one of them is not recognised or cannot be read."""
    wishes = _wishes(arguments)
    cards = [card for path in arguments.files for card in inspect_file(path, wishes=wishes)]
    reports = [card_report(card) for card in cards]
    language = language_of(arguments)
    if arguments.json:
        print_json(reports)
    else:
        for card in cards:
            _print_card(card, language)
    return 0 if all(card.ready for card in cards) else 1


def load(arguments: argparse.Namespace) -> int:
    """Load every file that is understood, all in one transaction where they all can be; code 1 when one was left out."""
    wishes = _wishes(arguments)
    language = language_of(arguments)
    reports, failed = [], False
    with Session.open(arguments.workspace, create=True) as session:
        cards = [card for path in arguments.files for card in session.inspect(path, wishes=wishes)]
        for card, outcome in zip(cards, load_all(session, cards), strict=True):
            report = card_report(card)
            if isinstance(outcome, EcodashError):
                failed = True
                report |= {"load_id": None, "error": {"zh": outcome.message.zh, "en": outcome.message.en}}
                complain(outcome, language, as_json=False)
            else:
                report |= load_report(outcome)
            reports.append(report)
            if not arguments.json:
                _print_loaded(card, report, language)
    if arguments.json:
        print_json(reports)
    return 1 if failed else 0


def loads(arguments: argparse.Namespace) -> int:
    """The history of loads, newest last."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        history = session.loads()
    if arguments.json:
        print_json(history.to_dicts())
    else:
        shown = ("load_id", "file", "format", "kept", "rejected", "new", "changed", "unchanged", "active", "loaded_at")
        print_table(history.select(*[c for c in shown if c in history.columns]).to_dicts(), empty="–")
    return 0


def undo(arguments: argparse.Namespace) -> int:
    """Take a load back; everything is as if it had never been loaded, and ``redo`` brings it back."""
    with Session.open(arguments.workspace, create=False) as session:
        session.undo(arguments.load)
    return _done(arguments, "undone")


def redo(arguments: argparse.Namespace) -> int:
    """Bring a load back that was taken back."""
    with Session.open(arguments.workspace, create=False) as session:
        session.redo(arguments.load)
    return _done(arguments, "redone")


def rejects(arguments: argparse.Namespace) -> int:
    """Cells and rows that were not kept, with file, row, column, text and reason."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        frame = session.rejects(arguments.load)
    if arguments.out is not None:
        write_frame(frame, arguments.out, title="rejects", language=language_of(arguments))
        print(arguments.out)
    elif arguments.json:
        print_json(frame.to_dicts())
    else:
        print_table(frame.to_dicts(), empty="–")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Data health: every finding with the money at stake, or the rows of one; code 1 when numbers are wrong."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        if arguments.rows is not None:
            return _print_rows(arguments, rows_of(arguments.rows, session.ground()))
        findings = session.check()
    if arguments.json:
        print_json([finding.to_json() for finding in findings])
    else:
        language = language_of(arguments)
        lines: list[dict[str, Cell]] = [finding.to_line(language) for finding in findings]
        print_table(lines, empty=Text("没有发现问题。", "Nothing found.").to(language))
    return 1 if any(finding.severe for finding in findings) else 0


def _print_rows(arguments: argparse.Namespace, rows: pl.DataFrame) -> int:
    if arguments.out is not None:
        write_frame(rows, arguments.out, title=arguments.rows, language=language_of(arguments))
        print(arguments.out)
    elif arguments.json:
        print_json(rows.to_dicts())
    else:
        print_table([{name: _cell(cell) for name, cell in row.items()} for row in rows.to_dicts()], empty="–")
    return 0


def settings(arguments: argparse.Namespace) -> int:
    """Show the settings of a workspace, or change some and show the result."""
    changes = dict(assignments(arguments.set))
    with Session.open(arguments.workspace, create=True, read_only=False) as session:
        if changes:
            session.change_settings(changes)
        current = session.settings_as_pairs()
    if arguments.json:
        print_json(current)
    else:
        print_table([{"setting": key, "value": value} for key, value in current.items()], empty="–")
    return 0


def _wishes(arguments: argparse.Namespace) -> Wishes:
    return Wishes(
        format=arguments.format,
        columns=tuple(arguments.map),
        options=tuple(arguments.set),
        accept=arguments.accept,
    )


def _print_card(card: FileCard, language: Language) -> None:
    print_table([{k: _cell(v) for k, v in card_report(card).items() if not isinstance(v, (list, dict))}], empty="–")
    for line in problem_lines(card, language):
        print("  " + line)


def _print_loaded(card: FileCard, report: dict[str, object], language: Language) -> None:
    wanted = ("file", "format", "load_id", "rows", "kept", "rejected", "new", "changed", "unchanged")
    print_table([{key: _cell(report.get(key)) for key in wanted}], empty="–")
    for line in problem_lines(card, language):
        print("  " + line)


def _cell(value: object) -> Cell:
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def _done(arguments: argparse.Namespace, word: str) -> int:
    if arguments.json:
        print_json({"load_id": arguments.load, "status": word})
    else:
        print(f"{word}: {arguments.load}")
    return 0
