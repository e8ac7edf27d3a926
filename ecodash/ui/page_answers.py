"""What the pages ask of a workspace beside numbers of the registry, gathered for ``cache``."""

from collections.abc import Callable

from ecodash.ui import (
    customer_answers,
    forecast_answers,
    fulfilment_answers,
    health_answers,
    inventory_answers,
    member_answers,
    monitoring_answers,
)

QUESTIONS: dict[str, Callable[..., object]] = {
    **health_answers.QUESTIONS,
    **customer_answers.QUESTIONS,
    **forecast_answers.QUESTIONS,
    **inventory_answers.QUESTIONS,
    **fulfilment_answers.QUESTIONS,
    **monitoring_answers.QUESTIONS,
    **member_answers.QUESTIONS,
}
