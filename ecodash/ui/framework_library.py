"""The library: every figure, claim, limit, gap and word of the documents, with its source."""

import polars as pl
import streamlit as st

from ecodash.export import Column, Table
from ecodash.framework.catalogue import FIGURES, GAPS, LIMITS, PASSAGES, about
from ecodash.framework.claims import ClaimResult, Outcome, Tested
from ecodash.framework.verdict import judge_all
from ecodash.ui import framework_words as written
from ecodash.ui import report
from ecodash.ui.downloads import downloads
from ecodash.ui.framework_answers import claim_results, numbers, window
from ecodash.ui.framework_history import own_benchmarks
from ecodash.ui.panel import grid
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t, word

TABS = ("figures", "claims", "own", "limits", "gaps", "passages")
ORDER = list(Outcome)


def draw(view: View) -> None:
    """Six tabs; each is a table to take away where it is one."""
    st.header(say("framework.library"), anchor=False)
    tabs = st.tabs([say(f"framework.tab_{name}") for name in TABS])
    for tab, content in zip(tabs, (_figures, _claims, own_benchmarks, _limits, _gaps, _passages), strict=True):
        with tab:
            content(view)


def _table(view: View, name: str, rows: list[dict[str, str]]) -> None:
    columns = list(rows[0])
    made = Table(
        title=t(f"framework.tab_{name}"),
        frame=pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String)),
        columns=[Column(name=one, heading=t(f"framework.column_{one}")) for one in columns],
    )
    report.block(f"library.{name}", title=made.title, figure=None, table=made, said=())
    downloads(view, made, f"framework-{name}")
    grid(view, made)


def _figures(view: View) -> None:
    """The 27 figures with every reading and its verdict."""
    st.caption(word(about().reliability))
    now = numbers(view, [target.indicator for f in FIGURES.values() for target in f.targets], days=window(view))
    rows = []
    for figure in FIGURES.values():
        judged = judge_all(now.values(), figure)
        verdicts = [f"{one.reading.to(language())}: {written.verdict_of(one)}" for one in judged]
        rows.append(
            {
                "figure": figure.name.to(language()),
                "figure_kind": t(f"framework.kind_{figure.kind.value}"),
                "value": " / ".join(dict.fromkeys(written.number_of(view, one) for one in judged)),
                "verdict": " / ".join(verdicts) or t("framework.not_tested"),
                "open": figure.ambiguity.to(language()),
                "source": written.source_of(figure.source),
            }
        )
    _table(view, "figures", rows)


def _claims(view: View) -> None:
    """The 48 claims with what the data say, the multiplicity said."""
    found = claim_results(view)
    made = sum(one.difference is not None for result in found for one in result.tests)
    counts = [f"{outcome.label.to(language())} {sum(one.outcome is outcome for one in found)}" for outcome in Outcome]
    st.markdown(md(" · ".join(counts)))
    st.caption(say("framework.claims_note", n=made))
    ordered = sorted(found, key=lambda one: ORDER.index(one.outcome))
    _table(view, "claims", [_claim(view, one) for one in ordered])


def _claim(view: View, one: ClaimResult) -> dict[str, str]:
    return {
        "claim": one.claim.summary.to(language()),
        "expect": one.claim.expect.to(language()),
        "outcome": one.outcome.label.to(language()),
        "evidence": "; ".join(_evidence(view, test) for test in one.tests if test.now is not None),
        "source": written.sources_of((one.claim.source, *one.claim.also)),
    }


def _evidence(view: View, one: Tested) -> str:
    if one.now is None or one.now.value is None:
        return "—"
    name = one.expectation.indicator
    said = written.amount(view, name, one.now.value)
    if one.before is not None and one.before.value is not None:
        said = f"{written.amount(view, name, one.before.value)} → {said}"
    if one.difference is None:
        return said
    low, high = (written.amount(view, name, end) for end in (one.difference.interval.low, one.difference.interval.high))
    return t("framework.difference", value=said, low=low, high=high, p=f"{one.p or 0.0:.3f}")


def _limits(view: View) -> None:
    """What uploads cannot show."""
    rows = [
        {
            "limit": one.what.to(language()),
            "instead": one.workaround.to(language()),
            "source": written.source_of(one.source),
        }
        for one in LIMITS.values()
    ]
    _table(view, "limits", rows)


def _gaps(view: View) -> None:
    """Where the documents break off."""
    rows = [
        {
            "gap": one.what.to(language()),
            "handling": one.handling.to(language()),
            "source": written.source_of(one.source),
        }
        for one in GAPS.values()
    ]
    _table(view, "gaps", rows)


def _passages(view: View) -> None:  # noqa: ARG001 - every tab takes the view
    """The documents themselves, what they say in general, how risks are managed, their vocabulary."""
    for doc in about().docs.values():
        st.markdown(f"**{md(doc.zh if language() == 'zh' else doc.en)}**  \n{word(doc.note)}")
    for one in PASSAGES.values():
        st.markdown(word(one.summary))
        st.caption(md(written.sources_of((one.source, *one.also))))
    managed = about().risk_management
    st.markdown(f"**{say('framework.risk_management')}** {word(managed.summary)}")
    st.markdown("\n".join(f"- {word(item.name)}" for item in managed.items))
    with st.expander(say("framework.vocabulary")):
        st.markdown("\n".join(f"- {md(one.zh)} = {md(one.en)}" for one in about().vocabulary))
