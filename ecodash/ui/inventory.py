"""The inventory page, first part: what the page asks, the tiles, the answer, and what the documents' figures say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.charts import stock
from ecodash.core.estimate import Estimate
from ecodash.core.period import Period, day_of
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import days, number, value_text
from ecodash.metrics.inventory.turnover import Basis
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import cache, empty, filters, panel, report, state, tiles
from ecodash.ui.inventory_answers import Stocktaking
from ecodash.ui.inventory_params import TARGETS, VELOCITIES
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, day, language, md, say, t

TILES = (
    *("inventory_turnover_days", "days_of_cover", "stockout_rate"),
    *("slow_stock_share", "gmroi", "inventory_capital_intensity"),
)
MONTHS, YEAR = 12, 365


@dataclass(frozen=True, kw_only=True, eq=False)
class Inventory:
    """What the blocks of the page share: the question and the stocktaking."""

    query: Query
    found: Stocktaking

    @property
    def counted(self) -> bool:
        """Whether there was ever a stock count by the end of the window."""
        return self.found.positions.counted is not None

    @property
    def frame(self) -> pl.DataFrame:
        """One row per product."""
        return self.found.positions.frame


def look(view: View) -> Inventory:
    """The stocktaking of the whole shop on the last day of the period; says which filters do not apply."""
    query = replace(view.query(), where=())
    if view.where:
        st.caption(say("inventory.unfiltered", names="; ".join(filters.in_words())))
    _controls()
    velocity = int(state.value("velocity"))
    found = cast("Stocktaking", cache.answer(view.shop, "inventory.stocktaking", query, velocity))
    return Inventory(query=query, found=found)


def _controls() -> None:
    """Which days demand is taken from, and how many days of turnover are aimed at."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, options in (("velocity", VELOCITIES), ("target_days", TARGETS)):
            key, store = state.widget(name)
            st.selectbox(
                t(f"inventory.{name}"), options, key=key, on_change=store, format_func=_days(options), width=200
            )


def numbers(view: View, here: Inventory) -> None:
    """The tiles of the registry and the plain numbers below; without counts the card that says what to upload."""
    if not here.counted:
        empty.block(view.ask("stockout_rate", query=here.query)[0], "inventory")
        return
    now = view.ask(*TILES, query=here.query)
    before = view.ask(*TILES, query=replace(here.query, window=view.compared)) if view.compared else [None] * len(now)
    course = {"inventory_turnover_days": charts.points(_months(view, here), by="month")}
    nothing = charts.points([])
    tiles.draw(
        view,
        [
            tiles.Tile(
                metric=METRICS[one.metric],
                now=one,
                before=old,
                query=here.query,
                course=course.get(one.metric, nothing),
            )
            for one, old in zip(now, before, strict=True)
        ],
    )
    _plain(view, here)


def _plain(view: View, here: Inventory) -> None:
    turn, sold, active = here.found.turnover, here.found.sell_through, here.found.active
    shown: list[tuple[str, str]] = []
    if turn is not None:
        for basis in Basis:
            times = turn.times(basis)
            shown.append((f"turnover_{basis.value}", "—" if times is None else _times(times)))
    if sold is not None:
        known = sold.received is not None
        share = sold.rate if known else sold.by_closing
        shown.append(("sell_through" if known else "sold_closing", _ratio(share)))
    if active is not None:
        shown.append(("active", _ratio(active.rate)))
    weighted = view.ask("stockout_rate:weighted", query=here.query)[0]
    shown.append(("weighted", _ratio(weighted.value)))
    shown.append(("dead", _money(view, here.found.positions.money("dead"))))
    with st.grid(4, min_column_width=150, gap="small", key="inventory.plain"):
        for name, value in shown:
            report.metric(
                "inventory.plain",
                say(f"inventory.kpi_{name}"),
                md(value),
                border=True,
                meaning=say(f"inventory.kpi_{name}_help"),
            )


def answer(view: View, here: Inventory) -> None:
    """What lies in stock, how long it lasts, and what reaching the documents' 20 days would release."""
    found, turn = here.found.positions, here.found.turnover
    said = [say("inventory.answer_orders")] if found.counted is None else []
    if found.counted is not None:
        held = found.held()
        said.append(
            say(
                "inventory.answer_stock",
                products=count(held.height),
                day=day(day_of(found.counted)),
                units=count(float(held["on_hand"].sum())),
                money=_money(view, float(held["value"].sum())),
            )
        )
    target = int(state.value("target_days"))
    released = turn.released(target) if turn else None
    lasting = turn.turnover_days() if turn else None
    if released is not None and lasting is not None:
        key = "inventory.answer_release" if released > 0 else "inventory.answer_reached"
        said.append(say(key, days=number(lasting, language(), 0), target=target, money=_money(view, released)))
    said += _missed(here)
    report.answer("  \n".join(said))


def _missed(here: Inventory) -> list[str]:
    """What stock-outs cost, as a sentence; none without any."""
    lost = here.frame.filter(pl.col("lost") > 0)
    if lost.is_empty():
        return []
    units = {
        name: number(float(lost[column].sum()), language(), 0)
        for name, column in {"units": "lost", "low": "lost_low", "high": "lost_high"}.items()
    }
    return [say("inventory.answer_lost", products=count(lost.height), **units)]


def trend(view: View, here: Inventory) -> None:
    """Turnover days per month of the last year, with the 30 and 20 days of the documents."""
    metric = METRICS["inventory_turnover_days"]
    query = _yearly(here)
    months = _months(view, here)
    frame = charts.points(months, by="month")
    figure = charts.trend.line(frame, metric=metric, reader=view.reader)
    figure = stock.lined(figure, [(30.0, t("inventory.line_from")), (20.0, t("inventory.line_to"))])
    columns = [
        Column(name="start", heading=t("step.month")),
        Column(name="value", heading=metric.name.to(language()), unit=metric.unit),
        Column(name="n", heading=t("inventory.counts"), unit=Unit.COUNT),
    ]
    remarks = [one.text.to(language()) for one in view.ask(metric.id, query=here.query)[0].warnings]
    notes = panel.notes(view, metric.id, query=query, remarks=remarks)
    table = Table(title=t("inventory.trend"), frame=frame, columns=columns, notes=notes)
    panel.show(
        view,
        Block(
            key="inventory_trend",
            figure=figure,
            table=table,
            metric=metric.id,
            query=query,
            ignores=("period", "compare"),
            remark=" ".join(remarks),
        ),
    )


def _days(options: Sequence[str]) -> Callable[[str], str]:
    names = {one: days(int(one), language()) for one in options}
    return lambda code: names.get(code, code)


def _yearly(here: Inventory) -> Query:
    """The twelve months up to the end of the period, by month."""
    window = here.query.window
    if window is None:
        return here.query
    first = list(Period.last_days(window.end, YEAR).months())[-MONTHS].start
    return replace(here.query, by="month", window=Period(first, window.end))


def _months(view: View, here: Inventory) -> list[Estimate]:
    found = view.ask("inventory_turnover_days", query=_yearly(here))
    return [one for one in found if "month" in one.by]


def _money(view: View, value: float) -> str:
    return value_text(value, Unit.MONEY, language(), view.currency)


def _ratio(value: float | None) -> str:
    return "—" if value is None else value_text(value, Unit.RATIO, language())


def _times(value: float) -> str:
    return value_text(value, Unit.TIMES, language())
