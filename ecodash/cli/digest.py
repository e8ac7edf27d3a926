"""Commands for a schedule: the digest of the last days, and the watch with its alarms."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from ecodash.cli.language import language_of
from ecodash.cli.output import print_json, print_table
from ecodash.core.errors import MissingData
from ecodash.i18n import day_text, value_text
from ecodash.metrics.caveats import no_orders
from ecodash.metrics.monitoring.watch import WatchReport, watch
from ecodash.metrics.registry import resolve
from ecodash.session import Session
from ecodash.session.digest import digest, watch_json
from ecodash.session.digest_text import markdown, write

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
DAYS = 7


def add_digest(commands: _Commands, parents: Sequence[argparse.ArgumentParser]) -> None:
    """``ecodash digest`` and ``ecodash watch``."""
    command = commands.add_parser("digest", parents=list(parents), help="what changed in the last days, as a file")
    command.add_argument("--out", type=Path, metavar="PATH", help="FILE.html or FILE.md; otherwise it is printed")
    command.add_argument("--days", type=_days, default=DAYS, metavar="N", help="the last N complete days (1 to 92)")
    command.set_defaults(run=make_digest)
    command = commands.add_parser("watch", parents=list(parents), help="every watched number beside what was expected")
    command.add_argument("--days", type=_days, default=DAYS, metavar="N", help="the last N complete days (1 to 92)")
    command.set_defaults(run=look)


def _days(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 92:  # noqa: PLR2004 - up to a quarter
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 92")
    return number


def make_digest(arguments: argparse.Namespace) -> int:
    """Write or print the digest. Raises MissingData without orders."""
    language = language_of(arguments)
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        found = digest(session, days=arguments.days)
    if found is None:
        raise MissingData(no_orders())
    if arguments.out is not None:
        write(found, arguments.out, language)
    if arguments.json:
        file = str(arguments.out) if arguments.out else None
        print_json({"file": file, **found.to_json()})
    else:
        print(arguments.out or markdown(found, language))
    return 0


def look(arguments: argparse.Namespace) -> int:
    """Print every watched number. Raises MissingData without orders."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        found = watch(session.source, session.watching.rules(), days=arguments.days, as_of=session.moment)
        currency = session.settings.base_currency
    if found is None:
        raise MissingData(no_orders())
    if arguments.json:
        print_json(report_json(found))
        return 0
    language = language_of(arguments)

    def written(name: str, value: float | None) -> str:
        return "" if value is None else value_text(value, resolve(name)[0].unit, language, currency)

    print_table(
        [
            {
                "metric": one.rule.metric,
                "value": written(one.rule.metric, one.value),
                "expected": written(one.rule.metric, one.expected),
                "score": None if one.tested.score is None else f"{one.tested.score:.1f}",
                "verdict": str(watch_json(one)["verdict"]),
                "last_alarm": day_text(one.alerts[-1].day) if one.alerts else "",
                "about": one.reason.reason.to(language) if one.reason else "",
            }
            for one in found.watches
        ],
        empty="–",
    )
    return 0


def report_json(found: WatchReport) -> dict[str, object]:
    """A report of the watch as plain values."""
    return {
        "window": [found.days.start.isoformat(), found.days.end.isoformat()],
        "left_out": found.left_out.isoformat() if found.left_out else None,
        "changed": [one.rule.metric for one in found.changed],
        "watches": [watch_json(one) for one in found.watches],
    }
