"""The acquisition page, last part: what the documents state about acquisition and conversion, beside this shop's numbers."""

from dataclasses import replace

import polars as pl

from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.entry import Op
from ecodash.framework.verdict import Judgement, benchmark, judge
from ecodash.i18n import estimate_text, value_text
from ecodash.metrics.query import Query
from ecodash.metrics.registry import resolve
from ecodash.ui import panel, tables
from ecodash.ui.acquisition import question
from ecodash.ui.view import View
from ecodash.ui.words import language, t

STATED = (
    ("pdd_social_cac_ratio", "social_cac_ratio"),
    ("pdd_social_cac_ratio", "social_cac_ratio:with_subsidy"),
    ("alibaba_rec_conversion_lift", "rec_conversion_lift"),
    ("taobao_ad_sales_uplift", "ad_sales_uplift"),
)
"""Figures of the documents and the readings of this shop held against them; over all the data."""
SIGNS = {Op.AT_LEAST: "≥", Op.AT_MOST: "≤", Op.MORE: ">", Op.LESS: "<", Op.ABSOLUTE: "±"}
COLUMNS = ("figure", "reading", "value", "target", "verdict", "ambiguity")


def against(view: View) -> None:
    """Every figure with its verdict, how it is read here, and what the document leaves open."""
    query = replace(question(view), window=None)
    rows = [_row(view, figure, metric, query) for figure, metric in STATED]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))
    columns = [Column(name=name, heading=t(f"acquisition.stated_{name}")) for name in COLUMNS]
    remark = t("acquisition.stated_remark")
    notes = panel.notes(view, *dict.fromkeys(metric.partition(":")[0] for _, metric in STATED), query=query)
    table = Table(title=t("acquisition.stated"), frame=frame, columns=columns, notes=notes)
    tables.show(view, "stated", table, remark=remark)


def _row(view: View, name: str, metric: str, query: Query) -> dict[str, str]:
    figure, (_, definition) = benchmark(name), resolve(metric)
    estimate = view.ask(metric, query=query)[0]
    judged = judge(estimate, figure)
    return {
        "figure": figure.name.to(language()),
        "reading": f"{resolve(metric)[0].name.to(language())} · {definition.name.to(language())}",
        "value": estimate_text(estimate, language(), view.currency, interval=True),
        "target": "; ".join(_line(one, estimate.unit) for one in judged),
        "verdict": "; ".join(_verdict(one) for one in judged),
        "ambiguity": figure.ambiguity.to(language()),
    }


def _line(one: Judgement, unit: Unit) -> str:
    return f"{SIGNS.get(one.target.op, '')} {value_text(one.target.value, unit, language())}".strip()


def _verdict(one: Judgement) -> str:
    said = one.verdict.label.to(language())
    if one.side is not None:
        said = f"{said}: {one.side.label.to(language())}"
    if one.reason is not None:
        said = f"{said}: {one.reason.to(language())}"
    if one.certain is None:
        return said
    return said + t("acquisition.stated_sure" if one.certain else "acquisition.stated_unsure")
