"""The question behind a number, as a sentence and as a statement in the style of SQL that an analyst can read."""

from dataclasses import dataclass
from itertools import starmap

from ecodash.core.text import Text
from ecodash.facts import FACTS
from ecodash.i18n import period_text
from ecodash.metrics import following
from ecodash.metrics.amounts import AMOUNTS
from ecodash.metrics.answered import Analysed
from ecodash.metrics.answers import Asked
from ecodash.metrics.dimensions import Dimension, DimensionKind
from ecodash.metrics.metric import (
    Computation,
    Gaps,
    Measured,
    Next,
    OfWindow,
    Ratio,
    Sequence,
    Sum,
    Triangle,
    Until,
    Waiting,
    Within,
)
from ecodash.metrics.scope import Scope
from ecodash.metrics.windowed import fact_for

GRAINS = {fact.name: fact.grain for fact in FACTS}


@dataclass(frozen=True, kw_only=True)
class Statement:
    """``words`` for everybody, ``sql`` for those who read SQL; names of tables and columns are those of the facts."""

    words: Text
    sql: str


def statement(asked: Asked) -> Statement:
    """What is computed, from which fact, over which days and filters."""
    fact, day, select = _plan(asked)
    scope = asked.scope
    lines = [f"SELECT {select}", f"FROM {fact}"]
    if fact in GRAINS:
        lines[-1] += f"  -- {GRAINS[fact].en}"
    window = f"{day} BETWEEN DATE '{scope.window.start}' AND DATE '{scope.window.end}'"
    wheres = [window, *starmap(_condition, scope.filters)]
    if asked.metric.of_customers and fact == "orders":
        wheres.append("customer_id IS NOT NULL")
    if scope.query.opening_days:
        wheres.append(f"first_day >= DATE '{scope.span.start}' + {scope.query.opening_days}")
    lines.append("WHERE " + "\n  AND ".join(wheres))
    if scope.query.as_of is not None:
        lines.append(f"-- as known after load {scope.query.as_of}")
    return Statement(words=_words(asked, fact), sql="\n".join(lines))


def _plan(asked: Asked) -> tuple[str, str, str]:
    """The fact read, its day, and what is selected."""
    scope, how = asked.scope, asked.definition.how
    if isinstance(how, Sum | Ratio):
        amounts = (how.amount,) if isinstance(how, Sum) else (how.top, how.bottom)
        return fact_for(scope, amounts, rows=True) or "orders", "day", " / ".join(f"sum({name})" for name in amounts)
    if isinstance(how, Measured | OfWindow | Analysed):
        return asked.metric.requires[0][0], "day", asked.metric.formula.en
    if isinstance(how, Within):
        return "customers", "first_day", _within(asked, how)
    if isinstance(how, Triangle):
        return "customers", "first_day", "count(customers back in period k) / count(customers)"
    if how == Waiting(every=False):
        return "customers", "first_day", f"kaplan_meier(second_day - first_day).quantile({scope.query.share})"
    return "orders", "day", _of_purchases(scope, how)


def _of_purchases(scope: Scope, how: Computation) -> str:
    """What is selected of the orders of known buyers."""
    if isinstance(how, Next):
        return f"count(buyers who buy again by DATE '{following.reach(scope).end}') / count(buyers)"
    if isinstance(how, Gaps):
        return "median(day - prev_day)"
    if isinstance(how, Sequence):
        return f"count(purchase k + 1 within {scope.query.horizon} days) / count(purchase k)"
    return f"kaplan_meier(next_day - day).quantile({scope.query.share})"


def _within(asked: Asked, how: Within) -> str:
    second = "second_order_day" if how.same_day else "second_day"
    if how.curve:
        return f"1 - kaplan_meier({second} - first_day).at({how.days})"
    deadline = {
        Until.DAYS: f"{second} - first_day <= {how.days}",
        Until.MONTH: f"{second} <= last_day_of_month(first_month + {how.months})",
        Until.WINDOW: f"{second} <= DATE '{asked.scope.window.end}'",
        Until.EVER: f"{second} IS NOT NULL",
        Until.AFTER: f"last_day >= first_day_of_month(first_month + {how.months})",
    }[how.until]
    end = asked.scope.span.end
    watched = f" FILTER (WHERE first_day <= DATE '{end}' - {how.days})" if how.watched else ""
    return f"count_if({deadline}){watched} / count(*){watched}"


def _condition(dimension: Dimension, values: tuple[str, ...]) -> str:
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"{dimension.id} IN ({quoted})"


def _words(asked: Asked, fact: str) -> Text:
    """One sentence: what is taken, when, of whom, and what is done with it."""
    scope, days = asked.scope, period_text(asked.scope.window)
    grain = GRAINS.get(fact, asked.metric.grain)
    said = Text(f"取 {days} 的数据（", f"Take {days} (") + grain + Text("）", ")")
    for dimension, values in scope.filters:
        who = dimension.kind is DimensionKind.CUSTOMER
        said = said + Text("，只看" + ("客户的" if who else ""), ", only " + ("customers whose " if who else ""))
        said = said + dimension.name + Text(f"为 {'、'.join(values)}", f" is {' or '.join(values)}")
    return said + Text("，再算：", ", then compute: ") + _computation(asked) + _moment(scope)


def _computation(asked: Asked) -> Text:
    how = asked.definition.how
    if isinstance(how, Sum):
        return Text("Σ ", "Σ ") + AMOUNTS[how.amount].name
    if isinstance(how, Ratio):
        return Text("Σ ", "Σ ") + AMOUNTS[how.top].name + Text(" ÷ Σ ", " ÷ Σ ") + AMOUNTS[how.bottom].name
    return asked.metric.formula


def _moment(scope: Scope) -> Text:
    load = scope.query.as_of
    if load is None:
        return Text("。", ".")
    return Text(f"。按第 {load} 次导入后所知。", f". As known after load {load}.")
