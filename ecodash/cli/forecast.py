"""``ecodash forecast``: what will be sold, published, scored and overridden."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from ecodash.cli.language import language_of
from ecodash.cli.numbers import write_frame
from ecodash.cli.output import Cell, print_json, print_table
from ecodash.core.errors import InputError
from ecodash.core.text import Language, Text
from ecodash.core.unit import Unit
from ecodash.i18n import value_text
from ecodash.metrics.forecasting import By, Forecast, Measure, Question
from ecodash.metrics.forecasting.document import document, frame
from ecodash.metrics.forecasting.result import band
from ecodash.metrics.forecasting.scoring import Outcome
from ecodash.session import Session
from ecodash.session.forecasts import Forecasts, Override, Published

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name


def add_forecast(commands: _Commands, parents: Sequence[argparse.ArgumentParser]) -> None:
    """The three commands about forecasts."""
    command = commands.add_parser("forecast", parents=list(parents), help="forecast demand, with its track record")
    command.add_argument("--horizon", type=int, default=30, metavar="DAYS")
    command.add_argument("--by", choices=[one.value for one in By], default=By.TOTAL.value)
    command.add_argument("--measure", choices=[one.value for one in Measure], default=Measure.UNITS.value)
    command.add_argument("--level", type=int, choices=(80, 95), default=80, help="interval shown in the table, percent")
    command.add_argument("--deep", action="store_true", help="let gradient boosting compete too (slow)")
    command.add_argument("--out", type=Path, metavar="FILE", help="write .json, or .csv / .xlsx with one row per day")
    command.add_argument("--publish", metavar="AUTHOR", help="keep it for good, to be scored by later loads")
    command.set_defaults(run=forecast)
    command = commands.add_parser("forecasts", parents=list(parents), help="published forecasts and what came of them")
    command.add_argument("number", type=int, nargs="?", metavar="NUMBER", help="one of them, scored key by key")
    command.set_defaults(run=forecasts)
    command = commands.add_parser("override", parents=list(parents), help="expect something else than a forecast said")
    command.add_argument("number", type=int, metavar="NUMBER", help="of the published forecast")
    command.add_argument("key", metavar="KEY", help="a key of it, or total")
    command.add_argument("value", type=float, metavar="VALUE", help="for the sum over its whole horizon")
    command.add_argument("--author", required=True)
    command.add_argument("--reason", required=True)
    command.set_defaults(run=override)


def forecast(arguments: argparse.Namespace) -> int:
    """Make a forecast; print it, write it, publish it."""
    question = Question(
        by=By(arguments.by),
        measure=Measure(arguments.measure),
        horizon=arguments.horizon,
        deep=arguments.deep,
    )
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        kept = Forecasts(session)
        found = kept.make(question, told=_progress)
        told = kept.publish(found, author=arguments.publish) if arguments.publish is not None else None
        currency = session.settings.base_currency
    made = document(found) | ({"published": told.number} if told else {})
    if arguments.out is not None:
        _write(found, made, arguments)
        print(arguments.out)
    elif arguments.json:
        print_json(made)
    else:
        _print(found, language_of(arguments), currency, arguments.level)
        if told:
            print(_said(Text(f"已发布为第 {told.number} 号预测。", f"Published as number {told.number}."), arguments))
    return 0


def forecasts(arguments: argparse.Namespace) -> int:
    """List what was published, or score one of them."""
    language = language_of(arguments)
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        kept = Forecasts(session)
        if arguments.number is None:
            listed = [_listed(one) for one in kept.published()]
            outcomes = None
        else:
            outcomes = kept.score(arguments.number)
            changes = [vars(one) for one in kept.overrides(arguments.number)]
    if outcomes is None:
        print_json(listed) if arguments.json else print_table(listed, empty="–")
    elif arguments.json:
        scored = [_outcome(one) for one in outcomes]
        print_json({"number": arguments.number, "outcomes": scored, "overrides": changes})
    else:
        words = Text("还没有一天过完。", "None of its days is over yet.")
        print_table([_outcome(one) for one in outcomes], empty=words.to(language))
    return 0


def override(arguments: argparse.Namespace) -> int:
    """Keep what the operator expects instead, with author and reason."""
    with Session.open(arguments.workspace, create=False, read_only=True) as session:
        change = Override(
            number=0,
            forecast=arguments.number,
            key=arguments.key,
            value=arguments.value,
            author=arguments.author,
            reason=arguments.reason,
            made="",
        )
        kept = Forecasts(session).override(change)
    if arguments.json:
        print_json(vars(kept))
    else:
        print_table([vars(kept)], empty="–")
    return 0


def _progress(by: By, done: int, of: int) -> None:
    """One line on standard error, written over."""
    end = "\n" if done == of else ""
    sys.stderr.write(f"\r{by.value}: {done}/{of}{end}")
    sys.stderr.flush()


def _write(found: Forecast, made: dict[str, object], arguments: argparse.Namespace) -> None:
    """Finished beside the target, then moved into place: what is interrupted leaves the old file, or none."""
    path: Path = arguments.out
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        if path.suffix.lower() == ".json":
            part.write_text(json.dumps(made, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        else:
            write_frame(frame(found), part, title="forecast", language=language_of(arguments))
        os.replace(part, path)  # noqa: PTH105 - atomic on every system
    except OSError as error:
        text = Text(f"无法写入 {path}：{error.strerror}", f"{path} cannot be written: {error.strerror}")
        raise InputError(text) from error
    finally:
        part.unlink(missing_ok=True)


def _print(found: Forecast, language: Language, currency: str, level: int) -> None:
    """One line per key with the sum and its interval, then what was compared and what to know."""
    unit = found.question.measure.unit
    rows = [_line(found, row, (language, currency, level)) for row in range(len(found.parts.keys))]
    if found.question.by is not By.TOTAL:
        rows.append(_line(found, None, (language, currency, level)))
    print_table(rows, empty="–")
    record = found.total.records.get(found.total.method)
    if record is not None:
        words = Text(
            f"回测 {len(found.total.origins)} 次：方法 {found.total.method.value}，合计误差 {_percent(record.score.wape_sum)}。",
            f"{len(found.total.origins)} backtests: method {found.total.method.value}, "
            f"error of the total {_percent(record.score.wape_sum)}.",
        )
        print(words.to(language))
    for caveat in found.caveats:
        print(caveat.text.to(language))
    if unit is Unit.MONEY:
        print(Text(f"金额单位：{currency}。", f"Amounts in {currency}.").to(language))


def _line(found: Forecast, row: int | None, shown: tuple[Language, str, int]) -> dict[str, Cell]:
    language, currency, level = shown
    of, at = (found.total, 0) if row is None else (found.parts, row)
    unit, bounds = found.question.measure.unit, band(of.sums, level / 100)
    low, high = (None, None) if bounds is None else (float(bounds.low[at]), float(bounds.high[at]))
    ends = [value_text(end, unit, language, currency, exact=True) if end is not None else "" for end in (low, high)]
    return {
        "key": of.keys[at],
        "name": found.names.get(of.keys[at], ""),
        "window": f"{found.days.start} … {found.days.end}",
        "sum": value_text(float(of.path[at].sum()), unit, language, currency, exact=True),
        f"low_{level}": ends[0],
        f"high_{level}": ends[1],
        "kind": of.kinds[at].value,
        "method": of.method.value,
    }


def _listed(one: Published) -> dict[str, Cell]:
    return {
        "number": one.number,
        "made": one.made,
        "author": one.author,
        "by": one.by.value,
        "measure": one.measure.value,
        "window": f"{one.days.start} … {one.days.end}",
        "intact": one.intact,
    }


def _outcome(one: Outcome) -> dict[str, Cell]:
    plain: dict[str, Cell] = {"key": one.key, "name": one.name, "level": one.level.value, "done": one.done}
    plain |= {"days_over": one.days.days, "expected": one.expected, "came": one.came}
    plain |= {"low_80": one.low, "high_80": one.high, "inside": one.inside, "error": one.error}
    return plain | {"override": one.changed, "override_error": one.changed_error}


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _said(text: Text, arguments: argparse.Namespace) -> str:
    return text.to(language_of(arguments))


__all__ = ["add_forecast"]
