"""The family ``forecast`` of the framework: five indicators made by the forecast of the page.

They need orders only: units stand on orders too, and the calendar of promotions is built in.
"""

from dataclasses import replace

from ecodash.metrics.answered import Analysed
from ecodash.metrics.forecasting import answers
from ecodash.metrics.forecasting.question import By
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Metric

SPLITS = {one.value: one for one in (By.CATEGORY, By.CHANNEL, By.SKU, By.REGION)}
ORDERS = (("orders", ("order_id", "paid_at", "status")),)


def _of_orders(metric: Metric) -> Metric:
    return replace(metric, requires=ORDERS)


FORECAST = tuple(
    _of_orders(metric)
    for metric in (
        indicator(
            "forecast_next_30d",
            Analysed(
                answer=answers.next_30_days,
                groups={name: answers.by_key(by, answers.sums) for name, by in SPLITS.items()},
            ),
        ),
        indicator(
            "forecast_wape_30d",
            Analysed(
                answer=answers.wape_30_days,
                groups={name: answers.by_key(by, answers.errors) for name, by in SPLITS.items()},
            ),
        ),
        indicator("forecast_value_added", Analysed(answer=answers.value_added)),
        indicator("forecast_interval_coverage", Analysed(answer=answers.interval_coverage)),
        indicator(
            "event_uplift",
            Analysed(
                answer=answers.event_uplift,
                groups={name: answers.events_by_key(by) for name, by in SPLITS.items()},
            ),
        ),
    )
)
