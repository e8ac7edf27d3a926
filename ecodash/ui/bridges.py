"""Numbers that are all called sales, and what lies between them: bridges that add up to the cent."""

from typing import cast

import polars as pl

from ecodash import charts
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.metrics.metric import Better
from ecodash.metrics.sales_bridge import BridgeStep
from ecodash.ui import cache, panel, switchboard
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, t

KINDS = {"sales": "net_sales", "price": "paid_amount"}


def draw(view: View) -> None:
    """From what was ordered to what was kept, and from the price to the payment."""
    for kind, metric in KINDS.items():
        _one(view, kind, metric)


def _one(view: View, kind: str, metric: str) -> None:
    asked = switchboard.query(view)
    steps = cast("tuple[BridgeStep, ...]", cache.answer(view.shop, "bridge", kind, asked))
    title = t(f"switchboard.bridge_{kind}")
    figure = charts.waterfall.bridge(
        [_step(one) for one in steps], unit=Unit.MONEY, reader=view.reader, title=title, better=Better.HIGHER
    )
    frame = pl.DataFrame(
        [(one.name.to(language()), one.value, one.level) for one in steps],
        schema={"name": pl.String, "value": pl.Float64, "level": pl.Boolean},
        orient="row",
    )
    columns = [
        Column(name="name", heading=t("switchboard.step")),
        Column(name="value", heading=t("switchboard.amount"), unit=Unit.MONEY),
    ]
    table = Table(title=title, frame=frame, columns=columns, notes=panel.notes(view, metric, query=asked))
    panel.show(
        view,
        Block(key=f"bridge.{kind}", title=title, figure=figure, table=table, metric=metric, query=asked),
    )


def _step(one: BridgeStep) -> charts.Step:
    kind = charts.StepKind.LEVEL if one.level else charts.StepKind.CHANGE
    return charts.Step(label=one.name.to(language()), value=one.value, kind=kind)
