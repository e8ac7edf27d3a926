"""Commands about customers: RFM segments with the lapse point, and customer value observed and expected."""

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

from ecodash.analysis.refused import Refused
from ecodash.analysis.rfm import SEGMENTS, Rules
from ecodash.cli.assignments import assignments
from ecodash.cli.language import language_of
from ecodash.cli.numbers import write_frame
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.errors import InputError, MissingData
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics.query import Query
from ecodash.metrics.scope import Scope
from ecodash.metrics.value import lapse, predicted, segments
from ecodash.metrics.value.listing import customer_list
from ecodash.metrics.value.observed import HORIZONS, observed
from ecodash.metrics.value.purchases import born_in, looking_back
from ecodash.session import Session

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
LAPSE = Text(
    "沉默不超过 {risk} 天为活跃，超过 {gone} 天为流失。", "Active up to {risk} days of silence, lapsed after {gone}."
)
RULES = ("recency", "frequency", "money")


def add_customers(commands: _Commands, parents: list[argparse.ArgumentParser]) -> None:
    """``segments`` and ``value``."""
    asked = argparse.ArgumentParser(add_help=False)
    asked.add_argument("--to", dest="end", type=date.fromisoformat, metavar="D", help="as of the evening of this day")
    asked.add_argument("--where", action="append", default=[], metavar="DIM=VALUE")
    asked.add_argument("--as-of", dest="as_of", type=int, metavar="LOAD", help="as known after this load")
    command = commands.add_parser("segments", parents=[*parents, asked], help="RFM segments and the lapse point")
    command.add_argument("--rules", action="store_true", help="score by rules instead of quantiles")
    for name in RULES:
        command.add_argument(f"--{name}", type=float, nargs="+", metavar="N", help=f"thresholds of {name} for --rules")
    command.add_argument("--list", dest="out", type=Path, metavar="FILE", help="write one row per customer, ids hashed")
    command.set_defaults(run=segments_command)
    command = commands.add_parser("value", parents=[*parents, asked], help="customer value observed and expected")
    command.add_argument("--by", metavar="DIM", help="observed value per group of the first purchase")
    command.add_argument("--days", type=int, default=predicted.YEAR, help="horizon of the forecast")
    command.set_defaults(run=value_command)


def segments_command(arguments: argparse.Namespace) -> int:
    """Print segments, cut-offs and standings; with ``--list`` write the customers to a file."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        here = _scope(session, arguments)
        rules = _rules(here, arguments)
        found, standings = segments.segments(here, rules), lapse.standings(here)
        customers = None if arguments.out is None else customer_list(here, rules)
    if customers is not None:
        write_frame(customers, arguments.out, title="customers", language=language_of(arguments))
    if arguments.json:
        print_json(_segments_json(found, standings))
        return 0
    language = language_of(arguments)
    named = [row | {"segment": SEGMENTS[row["segment"]].to(language)} for row in found.sizes.to_dicts()]
    print_table(_short(named), empty="–")
    point = standings.point
    days = point.text if isinstance(point, Refused) else LAPSE.format(risk=point.at_risk_after, gone=point.lapsed_after)
    print(days.to(language))
    return 0


def _short(rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """Rows for people: no more than four digits after the point."""
    return [
        {name: round(value, 4) if isinstance(value, float) else value for name, value in row.items()} for row in rows
    ]


def _segments_json(found: segments.Segments, standings: lapse.Standings) -> dict[str, object]:
    names = {code: {"zh": name.zh, "en": name.en} for code, name in SEGMENTS.items()}
    point, rules = standings.point, found.rules
    ends = None if isinstance(point, Refused) else point.interval
    return {
        "as_of": found.as_of,
        "scoring": "quantiles" if rules is None else "rules",
        "rules": None if rules is None else {name: list(getattr(rules, name)) for name in RULES},
        "customers": found.customers,
        "segments": [row | {"name": names[row["segment"]]} for row in found.sizes.to_dicts()],
        "cut_offs": found.cut_offs.to_dicts(),
        "lapse": {"reason": {"zh": point.text.zh, "en": point.text.en}}
        if isinstance(point, Refused)
        else {
            "at_risk_after": point.at_risk_after,
            "lapsed_after": point.lapsed_after,
            "low": ends.low if ends else None,
            "high": ends.high if ends else None,
            "returned": point.returned,
            "horizon": point.horizon,
        },
        "standings": standings.table.to_dicts(),
    }


def value_command(arguments: argparse.Namespace) -> int:
    """Print value at equal horizons and the forecast with its track record."""
    if arguments.days <= 0:
        raise InputError(Text("--days 要大于 0。", "--days must be above 0."))
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        here = _scope(session, arguments)
        born = born_in(session.source, _query(session, arguments, by=arguments.by))
        seen = observed(born or here, HORIZONS)
        ahead = predicted.predicted(here, days=arguments.days)
    if arguments.json:
        costs = {"basis": seen.costs.basis, "coverage": seen.costs.coverage}
        print_json(costs | {"observed": seen.table.to_dicts(), "expected": _ahead_json(ahead)})
        return 0
    print_table(_short(seen.table.to_dicts()), empty="–")
    language = language_of(arguments)
    if isinstance(ahead, Refused):
        print(ahead.text.to(language))
    else:
        print_table([{name: str(value) for name, value in _ahead_json(ahead).items() if name != "record"}], empty="–")
    return 0


def _ahead_json(found: predicted.Predicted | Refused) -> dict[str, object]:
    if isinstance(found, Refused):
        return {"reason": {"zh": found.text.zh, "en": found.text.en}}
    many, mean, past = found.purchases.interval, found.interval, found.record
    return {
        "as_of": found.as_of,
        "days": found.days,
        "model": found.model,
        "customers": found.customers,
        "purchases": found.purchases.purchases,
        "purchases_low": many.low if many else None,
        "purchases_high": many.high if many else None,
        "value": found.value,
        "low": mean.low if mean else None,
        "high": mean.high if mean else None,
        "alive": found.alive,
        "dropout_found": found.dropout_found,
        "record": {"reason": {"zh": past.text.zh, "en": past.text.en}}
        if isinstance(past, Refused)
        else {
            "days": past.days,
            "customers": past.customers,
            "actual": past.actual,
            "forecast": past.model.forecast,
            "bias": past.model.bias,
            "mae": past.model.mae,
            "mae_average": past.average.mae,
            "mae_own_rate": past.own_rate.mae,
            "better": past.better,
        },
    }


def _query(session: Session, arguments: argparse.Namespace, *, by: str | None = None) -> Query:
    where: dict[str, list[str]] = {}
    for dimension, value in assignments(arguments.where):
        where.setdefault(dimension, []).append(value)
    covered = session.data_window(as_of=arguments.as_of)
    if covered is None:
        raise MissingData(Text("还没有导入订单。", "No orders have been loaded yet."))
    if arguments.end is not None and arguments.end < covered.start:
        raise MissingData(Text("--to 早于最早的订单。", "--to lies before the first order."))
    window = None if arguments.end is None else Period(covered.start, min(arguments.end, covered.end))
    kept = tuple((dimension, tuple(values)) for dimension, values in where.items())
    return Query(window=window, by=by, where=kept, as_of=arguments.as_of)


def _scope(session: Session, arguments: argparse.Namespace) -> Scope:
    found = looking_back(session.source, _query(session, arguments))
    if found is None:
        raise MissingData(Text("还没有导入订单。", "No orders have been loaded yet."))
    return found


def _rules(here: Scope, arguments: argparse.Namespace) -> Rules | None:
    """The rules of the shop, each replaced by the thresholds given; None for quantiles."""
    given = {name: tuple(sorted(values)) for name in RULES if (values := getattr(arguments, name))}
    if not arguments.rules and not given:
        return None
    own = segments.shop_rules(here)
    return Rules(**({name: getattr(own, name) for name in RULES} | given))
