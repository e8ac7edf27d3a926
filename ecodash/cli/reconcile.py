"""The command that explains the difference to a platform's own total."""

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from ecodash.cli.language import language_of
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.decimals import from_scaled
from ecodash.core.errors import InputError
from ecodash.core.period import Period
from ecodash.core.text import Language, Text
from ecodash.session import Session
from ecodash.session.reconciliation import Reconciliation, reconcile

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
WORDS = {
    "ours": Text("ecodash 净销售额", "ecodash net sales"),
    "rest": Text("未能解释", "unexplained"),
    "stated": Text("平台合计", "the platform's total"),
}


def add_reconcile(commands: _Commands, parents: list[argparse.ArgumentParser]) -> None:
    """``reconcile``: why the platform's total differs from ours."""
    command = commands.add_parser("reconcile", parents=parents, help="why a platform's own total differs from ours")
    command.add_argument("--total", type=_amount, required=True, metavar="N", help="what the platform states")
    command.add_argument("--from", dest="start", type=date.fromisoformat, required=True, metavar="D")
    command.add_argument("--to", dest="end", type=date.fromisoformat, required=True, metavar="D")
    command.add_argument("--channel", metavar="ID", help="only this channel")
    command.add_argument("--policy", action="append", metavar="ID", help="explain by these policies; else suggested")
    command.set_defaults(run=reconcile_command)


def reconcile_command(arguments: argparse.Namespace) -> int:
    """Print the parts of the difference; code 1 when a part of it is left unexplained."""
    if arguments.end < arguments.start:
        raise InputError(Text("期间的结束早于开始。", "The period ends before it starts."))
    period = Period(arguments.start, arguments.end)
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        found = reconcile(
            session.ground(), str(arguments.total), period, channel=arguments.channel, chosen=arguments.policy
        )
    if arguments.json:
        print_json(found.to_json())
    else:
        print_table(_lines(found, language_of(arguments)), empty="–")
    return 1 if found.rest else 0


def _lines(found: Reconciliation, language: Language) -> list[dict[str, Cell]]:
    parts = [(part.switch.code, part.switch.name.to(language), part.amount, part.documents) for part in found.parts]
    rows: list[tuple[str, str, int, int | None]] = [
        ("ours", WORDS["ours"].to(language), found.ours, None),
        *parts,
        ("unexplained", WORDS["rest"].to(language), found.rest, None),
        ("total", WORDS["stated"].to(language), found.stated, None),
    ]
    return [
        {"code": code, "what": what, "amount": f"{from_scaled(amount):,.2f}", "orders": count}
        for code, what, amount, count in rows
    ]


def _amount(text: str) -> Decimal:
    """An amount as people copy it: 1,204,551.00 or ¥1204551. Raises ValueError, which argparse puts into words."""
    try:
        found = Decimal(text.strip().lstrip("¥￥$€").replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not found.is_finite():
        raise ValueError(text)
    return found
