"""The forecast page: another price, a promotion on some days, and the figures of the documents beside it."""

from datetime import timedelta

import streamlit as st

from ecodash.analysis.refused import Refused
from ecodash.core.period import Period
from ecodash.framework.verdict import Judgement, benchmark, judge_all
from ecodash.i18n import estimate_text
from ecodash.metrics.forecasting import Forecast
from ecodash.metrics.forecasting.what_if import WhatIf, at_price, learnt_events, with_promotion
from ecodash.metrics.registry import METRICS
from ecodash.ui import cache, report
from ecodash.ui.forecast import written
from ecodash.ui.forecast_answers import as_response
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t

FIGURES = ("jd_forecast_horizon", "jd_618_ac_uplift")
DECIMALS = "%.2f"


def what_if(view: View, found: Forecast) -> None:
    """Price and promotion, each with what the past allows to say, or why nothing can be said."""
    with st.container(border=True, height="stretch", key="forecast.what_if"):
        st.header(say("forecast.what_if"), anchor=False)
        _price(view, found)
        _promotion(view, found)
        st.caption(say("forecast.what_if_remark"))


def _price(view: View, found: Forecast) -> None:
    response = as_response(cache.answer(view.shop, "forecast.price", found.history))
    if isinstance(response, Refused):
        st.markdown(say("forecast.price_refused", reason=response.text.to(language())))
        return
    change = st.slider(t("forecast.price"), -50, 50, 0, 5, format="%+d%%", key="forecast.price")
    st.caption(
        say(
            "forecast.price_response",
            value=_decimal(response.value),
            low=_decimal(response.interval.low),
            high=_decimal(response.interval.high),
            n=response.products,
        )
    )
    _told(view, found, at_price(found, response, change / 100))


def _promotion(view: View, found: Forecast) -> None:
    past = learnt_events(found)
    if not past:
        st.markdown(say("forecast.promotion_refused"))
        return
    names = [one.name.to(language()) for one in past]
    place = st.selectbox(
        t("forecast.promotion"),
        range(len(past)),
        index=None,
        format_func=names.__getitem__,
        placeholder=t("forecast.promotion_none"),
        key="forecast.promotion",
    )
    if place is None:
        return
    start = found.days.start
    days = st.date_input(
        t("forecast.promotion_days"),
        value=(start, min(start + timedelta(days=2), found.days.end)),
        min_value=start,
        max_value=found.days.end,
        format="YYYY-MM-DD",
        key="forecast.promotion_days",
    )
    if len(days) == 2:  # noqa: PLR2004 - both ends chosen
        told = with_promotion(found, past[place], Period(days[0], days[1]))
        if isinstance(told, Refused):
            st.markdown(md(told.text.to(language())))
        else:
            _told(view, found, told)


def _told(view: View, found: Forecast, one: WhatIf) -> None:
    values = {name: written(view, found, getattr(one, name)) for name in ("before", "after", "low", "high")}
    st.markdown(say("forecast.what_if_result", **values))


def figures(view: View) -> None:
    """The documents' figures as lines to look at, each with the shop's own number."""
    with st.container(border=True, height="stretch", key="forecast.figures"):
        st.header(say("forecast.figures"), anchor=False)
        lines = [line for name in FIGURES for line in _figure(view, name)]
        for line in lines:
            st.markdown(line)
        st.caption(say("forecast.figures_remark"))
    report.lines("forecast.figures", t("forecast.figures"), lines)


def _figure(view: View, name: str) -> list[str]:
    figure = benchmark(name)
    ids = list(dict.fromkeys(target.indicator for target in figure.targets))
    found = [one for one in view.ask(*ids) if not one.by]
    return [_judged(view, one) for one in judge_all(found, figure)]


def _judged(view: View, one: Judgement) -> str:
    value = "—" if one.estimate is None else estimate_text(one.estimate, language(), view.currency)
    words = [one.verdict.label, *([one.side.label] if one.side else [])]
    return say(
        "forecast.figure",
        name=one.figure.name,
        indicator=METRICS[one.target.indicator].name,
        value=value,
        standing=t("panel.and").join(word.to(language()) for word in words),
        doubt=one.figure.ambiguity,
    )


def _decimal(value: float) -> str:
    return DECIMALS % value
