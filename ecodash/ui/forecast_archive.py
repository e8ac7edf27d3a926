"""The forecast page: what was published, what came of it, and what people expect instead."""

from collections.abc import Callable

import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.i18n import value_text
from ecodash.metrics.forecasting import By, Forecast
from ecodash.metrics.forecasting.scoring import Outcome
from ecodash.session.forecasts import Forecasts, Override, Published, said_of
from ecodash.ui import report, shell, state
from ecodash.ui.forecast import key_name, share
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, say, span, t

SHOWN = 5
LISTED = 12


def archive(view: View, found: Forecast) -> None:
    """Publish what is on the page; every published forecast with its score, newest first."""
    kept = Forecasts(view.shop)
    with st.container(border=True, key="forecast.archive"):
        st.header(say("forecast.archive"), anchor=False)
        st.caption(say("forecast.archive_remark"))
        with st.popover(say("forecast.publish"), icon=":material/publish:"), st.form("forecast.publish", border=False):
            author = st.text_input(t("forecast.author"))
            if st.form_submit_button(t("forecast.publish_now"), type="primary"):
                _do(lambda: kept.publish(found, author=author), t("forecast.published_now"))
        published = kept.published()
        if not published:
            st.caption(say("forecast.nothing_published"))
        for one in published[:SHOWN]:
            _one(view, kept, one, found)
        if len(published) > SHOWN:
            with st.expander(say("forecast.more_published", n=count(len(published) - SHOWN))):
                for one in published[SHOWN:]:
                    _one(view, kept, one, found)


def _one(view: View, kept: Forecasts, one: Published, found: Forecast) -> None:
    by = t(f"forecast.fc_by_{one.by.value}")
    title = say("forecast.published", number=one.number, span=span(one.days), by=by, made=one.made[:10])
    with st.container(border=True, gap="small", key=f"forecast.published.{one.number}"):
        st.markdown(f"**{title}**" + (f" · {md(one.author)}" if one.author else ""))
        if not one.intact:
            st.error(say("forecast.not_intact"), icon=":material/gpp_bad:")
            return
        outcomes = kept.score(one.number)
        if not outcomes:
            said = said_of(one)[0].whole
            words = {name: _written(view, one, said.get(place)) for name, place in ENDS.items()}
            lines = [say("forecast.waiting", **words)]
        else:
            lines = [_scored(view, one, outcome) for outcome in outcomes[:1]]
        for line in lines:
            st.markdown(line)
        report.lines(f"forecast.published.{one.number}", title, lines)
        if len(outcomes) > 1:
            with st.expander(say("forecast.by_key")):
                for outcome in outcomes[1 : LISTED + 1]:
                    st.markdown(f"{md(key_name(found, outcome.key))}: {_scored(view, one, outcome)}")
        _overrides(view, kept, one)


ENDS = {"value": "value", "low": "low_80", "high": "high_80"}


def _scored(view: View, one: Published, outcome: Outcome) -> str:
    """We said 410–520, it was 495."""
    words = {
        "low": _written(view, one, outcome.low),
        "high": _written(view, one, outcome.high),
        "expected": _written(view, one, outcome.expected),
        "came": _written(view, one, outcome.came),
        "error": share(outcome.error),
        "days": outcome.days.days,
    }
    if not outcome.done:
        return say("forecast.so_far", **words)
    said = say("forecast.inside" if outcome.inside else "forecast.outside", **words)
    if outcome.changed is None:
        return said
    changed = _written(view, one, outcome.changed)
    return said + " " + say("forecast.override_scored", value=changed, error=share(outcome.changed_error))


def _overrides(view: View, kept: Forecasts, one: Published) -> None:
    for change in kept.overrides(one.number):
        key = t("forecast.fc_by_total") if change.key == By.TOTAL.value else change.key
        shown = _written(view, one, change.value)
        said = {"part": key, "value": shown, "author": change.author, "made": change.made[:16], "reason": change.reason}
        st.caption(say("forecast.override_line", **said))
    with (
        st.popover(
            say("forecast.override"), icon=":material/edit_note:", type="tertiary", key=f"override.{one.number}"
        ),
        st.form(f"forecast.override.{one.number}", border=False),
    ):
        keys = [said.key for said in said_of(one)]
        key = st.selectbox(t("forecast.override_key"), keys)
        value = st.number_input(t("forecast.override_value"), min_value=0.0)
        author, reason = st.text_input(t("forecast.author")), st.text_input(t("forecast.reason"))
        if st.form_submit_button(t("forecast.override_keep"), type="primary"):
            change = Override(
                number=0, forecast=one.number, key=str(key), value=value, author=author, reason=reason, made=""
            )
            _do(lambda: kept.override(change), t("forecast.override_kept"))


def _do(what: Callable[[], object], message: str) -> None:
    """Writes, and starts the run over with a word about it; trouble is said in place."""
    try:
        what()
    except EcodashError as error:
        shell.problem(error)
        return
    state.leave_message(message)
    st.rerun()


def _written(view: View, one: Published, value: float | None) -> str:
    return "—" if value is None else value_text(value, one.measure.unit, language(), view.currency)
