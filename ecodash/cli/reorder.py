"""The command ``reorder``: what to order when, and how the rule would have done in the past."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TypeAlias

import polars as pl

from ecodash.analysis.reorder import Urgency
from ecodash.cli.language import language_of
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.errors import MissingData
from ecodash.core.period import Period
from ecodash.core.text import Language, Text
from ecodash.core.unit import Unit
from ecodash.export import FORMATS, Column, Table
from ecodash.i18n import Reader, t
from ecodash.metrics.inventory.plan import Plan, PlanAsked, as_json, plan, replayed
from ecodash.metrics.inventory.remarks import NO_DEMAND, NO_LEAD
from ecodash.metrics.reading import Reading
from ecodash.session import Session

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
HEADINGS: Mapping[str, tuple[str, Unit | None]] = {
    "urgency": ("inventory.status", None),
    "sku_id": ("inventory.sku", None),
    "name": ("inventory.name", None),
    "quantity": ("inventory.quantity", Unit.ITEMS),
    "bought": ("inventory.bought", Unit.ITEMS),
    "money": ("inventory.money", Unit.MONEY),
    "last_order": ("inventory.last_order", None),
    "runs_out": ("inventory.runs_out", None),
    "available": ("inventory.available", Unit.ITEMS),
    "inbound": ("inventory.inbound", Unit.ITEMS),
    "point": ("inventory.point", Unit.ITEMS),
    "rate": ("inventory.rate", Unit.INDEX),
    "lead_days": ("inventory.lead_time", Unit.DAYS),
    "service_level": ("inventory.service", Unit.RATIO),
    "supplier_id": ("inventory.supplier", None),
}
SHOWN = ("urgency", "sku_id", "quantity", "last_order", "runs_out", "available", "inbound", "point")


def add_reorder(commands: _Commands, parents: Sequence[argparse.ArgumentParser]) -> None:
    """``ecodash reorder``: service level, lead time, cycle, pack, minimum, budget, where to write."""
    command = commands.add_parser("reorder", parents=list(parents), help="what to order when")
    command.add_argument("--service-level", type=_share, metavar="P", help="0.95 or 95; else 98/95/90 %% for A/B/C")
    command.add_argument("--lead-days", type=_positive, metavar="DAYS", help="else from received purchase orders")
    command.add_argument(
        "--lead-spread", type=float, default=0.0, metavar="DAYS", help="standard deviation of --lead-days"
    )
    command.add_argument("--cycle-days", type=_positive, default=30.0, metavar="DAYS", help="what an order should last")
    command.add_argument("--review-days", type=float, default=7.0, metavar="DAYS", help="days until the next look")
    command.add_argument("--velocity", type=int, default=90, metavar="DAYS", help="demand of the last DAYS days")
    command.add_argument("--moq", type=_positive, default=1.0, metavar="UNITS", help="smallest order of a product")
    command.add_argument("--pack", type=_positive, default=1.0, metavar="UNITS", help="orders come in packs of UNITS")
    command.add_argument("--budget", type=_positive, metavar="MONEY", help="what it pays for, most margin first")
    command.add_argument(
        "--forecast", action="store_true", help="quantiles of the forecast: events and season (slower)"
    )
    command.add_argument("--to", dest="end", type=date.fromisoformat, metavar="D", help="as of the evening of D")
    command.add_argument("--as-of", dest="as_of", type=int, metavar="LOAD", help="as known after this load")
    command.add_argument("--replay", action="store_true", help="also play the past again, against a min-max rule")
    command.add_argument("--out", type=Path, help="write the list to a CSV or XLSX file")
    command.set_defaults(run=reorder)


def reorder(arguments: argparse.Namespace) -> int:
    """Print or write the reorder list. Raises MissingData without sales or lead times."""
    language, asked = language_of(arguments), asked_of(arguments)
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        until = _until(session, arguments)
        reading = Reading(source=session.source, as_of=arguments.as_of)
        found = plan(reading, until, asked)
        if not isinstance(found, Plan):
            raise MissingData(NO_DEMAND if found is None else NO_LEAD)
        past = replayed(reading, until, asked) if arguments.replay else None
        reader = Reader(language=language, currency=session.settings.base_currency)
    if arguments.out is not None:
        _write(found, arguments.out, reader)
    if arguments.json:
        print_json(as_json(found) | ({"replay": asdict(past) if past else None} if arguments.replay else {}))
        return 0
    print_table([_line(row, language) for row in found.frame.select(SHOWN).iter_rows(named=True)], empty="–")
    if past is not None:
        print_json(asdict(past))
    return 0


def asked_of(arguments: argparse.Namespace) -> PlanAsked:
    """What the operator decided, from the call."""
    return PlanAsked(
        service_level=arguments.service_level,
        lead_days=arguments.lead_days,
        lead_spread=max(arguments.lead_spread, 0.0),
        cycle_days=arguments.cycle_days,
        review_days=max(arguments.review_days, 0.0),
        minimum=arguments.moq,
        pack=arguments.pack,
        budget=arguments.budget,
        velocity=max(arguments.velocity, 7),
        forecast=arguments.forecast,
    )


def _until(session: Session, arguments: argparse.Namespace) -> Period:
    whole = session.data_window(as_of=arguments.as_of)
    if whole is None:
        raise MissingData(Text("还没有导入订单。", "No orders have been loaded yet."))
    end = min(arguments.end or whole.end, whole.end)
    return Period(min(whole.start, end), end)


def _write(found: Plan, out: Path, reader: Reader) -> None:
    form = FORMATS.get(out.suffix.lstrip(".").lower())
    if form is None:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise MissingData(
            Text(f"无法写成“{out.suffix}”，可用：{known}。", f"Cannot write “{out.suffix}”; known are {known}.")
        )
    columns = [Column(name=name, heading=t(key, reader.language), unit=unit) for name, (key, unit) in HEADINGS.items()]
    rows = found.frame.with_columns(urgency=pl.col("urgency").replace_strict(_statuses(reader.language)))
    out.write_bytes(form.write(Table(title=t("inventory.list", reader.language), frame=rows, columns=columns), reader))


def _line(row: Mapping[str, object], language: Language) -> dict[str, Cell]:
    return {
        name: _statuses(language)[str(value)] if name == "urgency" else None if value is None else _plain(value)
        for name, value in row.items()
    }


def _plain(value: object) -> Cell:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _statuses(language: Language) -> dict[str, str]:
    return {one.value: t(f"inventory.urgency_{one.value}", language) for one in Urgency}


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return value


def _share(text: str) -> float:
    value = float(text.rstrip("%"))
    value = value / 100 if value > 1 else value
    if not 0.5 <= value < 1:  # noqa: PLR2004 - below one half there is no safety to speak of
        raise argparse.ArgumentTypeError(f"{text} is not a service level between 50 % and 100 %")
    return value
