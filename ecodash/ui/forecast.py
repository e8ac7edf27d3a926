"""The forecast page, first half: what is asked, the numbers, the answer, the fan."""

from collections.abc import Mapping, Sequence

import streamlit as st

from ecodash.charts import forecast as pictures
from ecodash.core.errors import MissingData
from ecodash.export import Column, Table
from ecodash.i18n import ratio, value_text
from ecodash.metrics.forecasting import By, Forecast, Measure, Question
from ecodash.metrics.forecasting.frames import Summary, fan, summary
from ecodash.metrics.registry import METRICS
from ecodash.ui import cache, labels, panel, report, shell, state
from ecodash.ui.forecast_answers import as_forecast
from ecodash.ui.forecast_params import HORIZONS, MEASURES, SPLITS, VIEWS
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, md, named, say, span, t

METRIC = "forecast_next_30d"
DRAWN = {Measure.UNITS: "units", Measure.SALES: "paid_amount"}


def controls() -> None:
    """Split, measure, days, simple or technical: what everything on the page depends on."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _chosen("fc_by", SPLITS, {one: t(f"forecast.fc_by_{one}") for one in SPLITS})
        _chosen("fc_measure", MEASURES, {one: t(f"forecast.fc_measure_{one}") for one in MEASURES})
        _chosen("fc_days", HORIZONS, {one: t("forecast.days", n=one) for one in HORIZONS})
        key, store = state.widget("fc_view")
        st.segmented_control(
            t("forecast.fc_view"),
            VIEWS,
            key=key,
            on_change=store,
            required=True,
            format_func=named("forecast.fc_view_", VIEWS),
        )
        if technical():
            key, store = state.switch("fc_deep")
            st.toggle(t("forecast.fc_deep"), key=key, on_change=store, help=say("forecast.fc_deep_help"))


def _chosen(name: str, options: Sequence[str], names: Mapping[str, str]) -> None:
    key, store = state.widget(name)
    label = t(f"forecast.{name}")
    st.selectbox(label, options, key=key, on_change=store, format_func=names.__getitem__, width=150)


def technical() -> bool:
    """Whether the reader asked for the technical view."""
    return state.value("fc_view") == "technical"


def look(view: View) -> Forecast | None:
    """The forecast asked for; None after saying what is missing for it."""
    question = Question(
        by=By(state.value("fc_by")),
        measure=Measure(state.value("fc_measure")),
        horizon=int(state.value("fc_days")),
        deep=technical() and state.value("fc_deep") == "on",
    )
    with st.spinner(say("forecast.working")):
        found = as_forecast(cache.answer(view.shop, "forecast.made", question))
    if not isinstance(found, MissingData):
        return found
    with st.container(border=True, horizontal_alignment="center", key="empty.missing.forecast"):
        st.markdown(f"**{md(found.message.to(language()))}**", text_alignment="center")
        st.page_link(shell.page("data"), label=say("empty.missing.load"), icon=":material/upload_file:")
    report.lines("forecast.missing", "", [md(found.message.to(language()))])
    return None


def written(view: View, found: Forecast, value: float | None) -> str:
    """An amount of what is forecast; a dash where there is none."""
    if value is None:
        return "—"
    return value_text(value, found.question.measure.unit, language(), view.currency)


def share(value: float | None) -> str:
    """A share; a dash where there is none."""
    return "—" if value is None else ratio(value, language(), 0)


def numbers(view: View, found: Forecast) -> None:
    """Expected, its interval, what was sold before, how far it is usually off, and the naive rules beside it."""
    told = summary(found)
    interval = "—" if told.low is None else f"{written(view, found, told.low)} – {written(view, found, told.high)}"
    with st.grid(3, min_column_width=150, gap="small", key="forecast.numbers"):
        _one("expected", written(view, found, told.expected), days=found.question.horizon, span=span(found.days))
        _one("interval", interval, days=found.question.horizon)
        _one("before", written(view, found, told.before), days=found.question.horizon)
        _one("within", "—" if told.within is None else f"±{share(told.within)}")
        _one("error", share(told.error), naive=share(told.naive), average=share(told.average))
        _one("coverage", share(told.coverage), n=len(found.total.origins))


def _one(key: str, value: str, **words: object) -> None:
    meaning = say(f"forecast.number_{key}_help", **words)
    report.metric("forecast.numbers", say(f"forecast.number_{key}", **words), md(value), border=True, meaning=meaning)


def answer(view: View, found: Forecast) -> None:
    """One sentence: how much, how sure, against before, and whether the method earns its keep; then what to know."""
    told = summary(found)
    said = [_expected(view, found, told), _worth(found, told)]
    said += [md(one.text.to(language())) for one in found.caveats]
    report.answer("  \n".join(one for one in said if one))


def _expected(view: View, found: Forecast, told: Summary) -> str:
    values = {"days": found.question.horizon, "value": written(view, found, told.expected)}
    values |= {"before": written(view, found, told.before), "change": _signed(told.change)}
    if told.low is None:
        return say("forecast.answer_alone", **values)
    return say("forecast.answer", low=written(view, found, told.low), high=written(view, found, told.high), **values)


def _worth(found: Forecast, told: Summary) -> str:
    if told.error is None:
        return say("forecast.worth_unknown")
    key = "forecast.worth" if found.total.beats_naive else "forecast.worth_naive"
    return say(key, n=len(found.total.origins), error=share(told.error), naive=share(told.naive))


def _signed(change: float | None) -> str:
    return "—" if change is None else f"{'+' if change > 0 else ''}{share(change)}"


def key_name(found: Forecast, key: str) -> str:
    """What a key is called: a product by its name, a channel or region in words, the total in words."""
    if key == By.TOTAL.value:
        return t("forecast.fc_by_total")
    named_so = found.names.get(key)
    return f"{named_so} · {key}" if named_so else labels.label(found.question.by.value, key)


def picture(view: View, found: Forecast) -> None:
    """The last three months and the horizon with its fan, of the total or of one key."""
    keys = (By.TOTAL.value, *(found.parts.keys if found.question.by is not By.TOTAL else ()))
    chosen = state.value("fc_key") if state.value("fc_key") in keys else keys[0]
    frame = fan(found, None if chosen == By.TOTAL.value else found.row(chosen))
    metric = METRICS[DRAWN[found.question.measure]]
    title = t("forecast.fan", name=key_name(found, chosen), days=found.question.horizon)
    figure = pictures.fan(frame, metric=metric, reader=view.reader, title=title)
    unit = found.question.measure.unit
    columns = [Column(name="day", heading=t("step.day"))]
    columns += [Column(name=one, heading=t(f"forecast.column_{one}"), unit=unit) for one in frame.columns[1:]]
    notes = panel.notes(view, METRIC, query=view.query(), remarks=[t("forecast.remark")])
    block = Block(
        key="forecast",
        figure=figure,
        table=Table(title=title, frame=frame, columns=columns, notes=notes),
        remark=t("forecast.learnt", span=f"{found.history.start} – {found.history.end}"),
        controls=None if len(keys) == 1 else lambda: _choose(found, keys),
    )
    panel.show(view, block)


def _choose(found: Forecast, keys: tuple[str, ...]) -> None:
    key, store = state.widget("fc_key")
    names = {one: key_name(found, one) for one in keys}
    st.selectbox(t("forecast.fc_key"), keys, key=key, on_change=store, format_func=names.__getitem__, width=320)
