"""How far a comparison can be trusted: sample, strength of an unseen cause, placebo, who was left out."""

import streamlit as st

from ecodash.analysis.fair_comparison import Comparison
from ecodash.i18n import count, number, points
from ecodash.ui import report
from ecodash.ui.comparable import Compared
from ecodash.ui.labels import label
from ecodash.ui.words import language, md, say, t


def draw(found: Compared, answer: Comparison) -> None:
    """Everything that tells how far the comparison can be trusted, in sentences."""
    said = lines(found, answer)
    with st.container(border=True, key="trust"):
        st.header(say("comparable.trust"), anchor=False)
        st.markdown("\n".join(f"- {md(line)}" for line in said))
    report.lines("trust", t("comparable.trust"), [md(line) for line in said])


def lines(found: Compared, answer: Comparison) -> list[str]:
    """Sample, effective sample, strength of an unseen cause, placebo, who was left out, caveats."""
    lang = language()
    said = [
        t(
            "comparable.sample",
            having=count(answer.with_status, lang, exact=True),
            without=count(answer.without_status, lang, exact=True),
        ),
        t(
            "comparable.effective",
            having=count(answer.overlap.effective_with, lang, exact=True),
            without=count(answer.overlap.effective_without, lang, exact=True),
        ),
    ]
    if found.adjusted.left_out:
        listed = t("chart.list_separator").join(label("channel", one) for one in found.adjusted.channels[:6])
        said.append(t("comparable.left_out", n=count(found.adjusted.left_out, lang, exact=True), channels=listed))
    if answer.everyone is not None:
        said.append(t("comparable.everyone", value=points(answer.everyone.difference, lang)))
    if answer.e_values is not None:
        point, limit = (number(value, lang, 2) for value in (answer.e_values.point, answer.e_values.limit))
        said.append(t("comparable.e_value", point=point, limit=limit))
    if answer.placebo is not None:
        around = answer.placebo.interval
        said.append(
            t(
                "comparable.placebo",
                value=points(answer.placebo.difference, lang),
                low=points(around.low, lang),
                high=points(around.high, lang),
            )
        )
    return [*said, *(caveat.text.to(lang) for caveat in found.adjusted.points.warnings)]
