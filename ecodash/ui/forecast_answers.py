"""What the forecast page asks of a workspace; ``cache`` keeps the answers."""

from collections.abc import Callable
from typing import cast

from ecodash.analysis.forecast.elasticity import Elasticity
from ecodash.analysis.refused import Refused
from ecodash.core.errors import MissingData
from ecodash.core.period import Period
from ecodash.metrics.forecasting import Forecast, Question
from ecodash.metrics.forecasting.what_if import price_response
from ecodash.metrics.reading import Reading
from ecodash.session import Session
from ecodash.session.forecasts import Forecasts


def made(shop: Session, question: Question) -> Forecast | MissingData:
    """The forecast, or what is missing for it."""
    try:
        return Forecasts(shop).make(question)
    except MissingData as missing:
        return missing


def response(shop: Session, history: Period) -> Elasticity | Refused:
    """How demand answers to price."""
    return price_response(Reading(source=shop.source), history)


QUESTIONS: dict[str, Callable[..., object]] = {"forecast.made": made, "forecast.price": response}


def as_forecast(answer: object) -> Forecast | MissingData:
    """The answer of ``forecast.made`` as what it is."""
    return cast("Forecast | MissingData", answer)


def as_response(answer: object) -> Elasticity | Refused:
    """The answer of ``forecast.price`` as what it is."""
    return cast("Elasticity | Refused", answer)
