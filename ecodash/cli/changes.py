"""The command ``changes``: why a number changed, in parts that add up."""

import argparse
from dataclasses import replace

from ecodash.cli.compared import comparison_of, laid_json
from ecodash.cli.language import language_of
from ecodash.cli.numbers import query_of
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.period import Period
from ecodash.core.text import Language, Text
from ecodash.core.unit import Unit
from ecodash.i18n import value_text
from ecodash.metrics.contributions import by_dimension, by_factors, volume_mix_rate
from ecodash.metrics.decomposed import Decomposition, NotApplicable, Part
from ecodash.metrics.query import Query
from ecodash.session import Session

CENTS = 100
AGAINST = Text(
    "注意：总体的变化方向和每一组都相反，变化来自结构而不是各组自身。",
    "Note: the whole moves against every group: the mix made the change, not the groups.",
)


def changes_command(arguments: argparse.Namespace) -> int:
    """Take the change of a metric apart; the parts add up to it."""
    language = language_of(arguments)
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        query = replace(query_of(arguments, session), by=None)
        laid = comparison_of(session, query, arguments.against)
        found = _taken_apart(session, arguments, replace(query, window=laid.window), laid.before)
        currency = session.settings.base_currency
    if isinstance(found, NotApplicable):
        reason = {"zh": found.reason.zh, "en": found.reason.en}
        if arguments.json:
            print_json({"metric": arguments.metric, "status": "not_applicable", "reason": reason} | laid_json(laid))
        else:
            print(found.reason.to(language))
        return 0
    shown = found.gathered(arguments.top) if arguments.top else found
    if arguments.json:
        print_json(shown.to_json() | laid_json(laid) | {"status": "ok"})
        return 0
    print(
        f"{laid.window.start} … {laid.window.end} ← {laid.before.start} … {laid.before.end}: {laid.words.to(language)}"
    )
    print_table(_part_lines(shown if found.unit is Unit.RATIO else shown.at(CENTS), language, currency), empty="–")
    if shown.against_every_segment:
        print(AGAINST.to(language))
    return 0


def _taken_apart(
    session: Session, arguments: argparse.Namespace, query: Query, before: Period
) -> Decomposition | NotApplicable:
    if arguments.by is None:
        return by_factors(session.source, arguments.metric, query, before, arguments.chain)
    split = volume_mix_rate if arguments.volume else by_dimension
    return split(session.source, arguments.metric, query, before, arguments.by)


def _part_lines(found: Decomposition, language: Language, currency: str) -> list[dict[str, Cell]]:
    def shown(value: float) -> str:
        return (
            f"{value:+.6f}"
            if found.unit is Unit.RATIO
            else value_text(value, found.unit, language, currency, exact=True)
        )

    def own(part: Part, value: float | None) -> str:
        return "" if value is None else value_text(value, part.unit, language, currency, exact=True)

    total = Text("合计变化", "change in all").to(language)
    lines: list[dict[str, Cell]] = [
        {
            "part": part.words.to(language),
            "kind": part.kind.value,
            "was": own(part, part.was),
            "now": own(part, part.now),
            "value": shown(part.value),
        }
        for part in found.parts
    ]
    was, now = (value_text(one, found.unit, language, currency, exact=True) for one in (found.was, found.now))
    return [*lines, {"part": total, "kind": "", "was": was, "now": now, "value": shown(found.total)}]
