"""What the documents state, beside the shop's own numbers: each with its verdict, or the side of the line, or why not."""

from collections.abc import Sequence

import streamlit as st

from ecodash.framework.verdict import Judgement, Verdict, benchmark, judge_all
from ecodash.i18n import estimate_text, value_text
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import report
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

ICONS = {Verdict.MET: "check_circle", Verdict.NEAR: "adjust", Verdict.BELOW: "cancel", Verdict.REFERENCE: "flag"}


def draw(view: View, figures: Sequence[str], *, query: Query) -> None:
    """A card with every reading of the figures; what is ambiguous about a figure stands beside it."""
    lines, estimates = [], view.ask(*indicators(figures), query=query)
    for name in figures:
        figure = benchmark(name)
        lines.append(f"**{word(figure.name)}** · {word(figure.ambiguity)}")
        lines += [_judged(view, one) for one in judge_all(estimates, figure)]
    with st.container(border=True, key="stated_figures"):
        st.header(say("stated.title"), anchor=False)
        st.caption(say("stated.remark"))
        st.markdown("  \n".join(lines))
    report.lines("stated_figures", t("stated.title"), lines)


def indicators(figures: Sequence[str]) -> tuple[str, ...]:
    """The indicators that answer the figures, each once."""
    targets = (target.indicator for name in figures for target in benchmark(name).targets)
    return tuple(one for one in dict.fromkeys(targets) if one in METRICS)


def _judged(view: View, one: Judgement) -> str:
    metric = METRICS.get(one.target.indicator)
    said = [word(metric.name) if metric else md(one.target.indicator)]
    if one.estimate is not None and one.estimate.has_value:
        said.append(md(estimate_text(one.estimate, language(), view.currency, interval=True)))
    if one.verdict.passed and metric is not None:
        target = value_text(one.target.value, metric.unit, language(), view.currency)
        said.append(say("stated.target", target=target, reading=one.reading))
    said.append(word(one.verdict.label))
    said += [word(part) for part in (one.side.label if one.side else None, one.reason) if part is not None]
    return f":material/{ICONS.get(one.verdict, 'help')}: {' · '.join(said)}"
