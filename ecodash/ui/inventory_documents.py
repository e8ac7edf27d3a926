"""The inventory page: what the documents say of stock and time, each figure with its verdict or why there is none."""

import streamlit as st

from ecodash.framework.catalogue import INDICATORS
from ecodash.framework.verdict import Judgement, Verdict, benchmark, judge_all
from ecodash.i18n import estimate_text
from ecodash.metrics.registry import METRICS
from ecodash.ui import report
from ecodash.ui.inventory import Inventory
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

FIGURES = ("jd_inventory_turnover_days", "shangpin_production_days", "amazon_fba_delivery_days")
ICONS = {Verdict.MET: "check_circle", Verdict.NEAR: "adjust", Verdict.BELOW: "cancel", Verdict.REFERENCE: "flag"}


def draw(view: View, here: Inventory) -> None:
    """The documents' figures on stock and time, each with its verdict or why there is none."""
    lines = []
    for name in FIGURES:
        figure = benchmark(name)
        wanted = [one.indicator for one in figure.targets if one.indicator in METRICS]
        estimates = [view.ask(one, query=here.query)[0] for one in dict.fromkeys(wanted)]
        lines.append(f"**{word(figure.name)}** · {word(figure.ambiguity)}")
        lines += [_judged(view, one) for one in judge_all(estimates, figure)]
    with st.container(border=True, key="inventory.documents"):
        st.header(say("inventory.documents"), anchor=False)
        st.markdown("  \n".join(lines))
    report.lines("inventory.documents", t("inventory.documents"), lines)


def _judged(view: View, one: Judgement) -> str:
    icon = f":material/{ICONS.get(one.verdict, 'help')}:"
    known = INDICATORS.get(one.target.indicator)
    name = word(known.name) if known else md(one.target.indicator)
    value = (
        md(estimate_text(one.estimate, language(), view.currency)) if one.estimate and one.estimate.has_value else ""
    )
    said = [part for part in (f"{name} {value}".strip(), word(one.verdict.label)) if part]
    if one.side is not None:
        said.append(word(one.side.label))
    if one.reason is not None:
        said.append(word(one.reason))
    return f"{icon} {' · '.join(said)}"
