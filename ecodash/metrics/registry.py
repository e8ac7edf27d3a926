"""All metrics, gathered from their families, and how a name finds one."""

import re

from ecodash.core.errors import UnknownName
from ecodash.core.text import Text
from ecodash.metrics.acquisition.indicators import ACQUISITION, CONVERSION
from ecodash.metrics.acquisition.own_metrics import UNIT_ECONOMICS
from ecodash.metrics.buyers import BUYERS
from ecodash.metrics.buying_habits import BUYING_HABITS
from ecodash.metrics.cohorts import COHORTS
from ecodash.metrics.fulfilment import FULFILMENT
from ecodash.metrics.indicators import INDICATORS
from ecodash.metrics.indicators.words import family_names
from ecodash.metrics.members.indicators import MEMBERS
from ecodash.metrics.metric import Definition, Metric
from ecodash.metrics.monitoring.indicators import MONITORING
from ecodash.metrics.private_domain.indicators import PRIVATE_DOMAIN
from ecodash.metrics.ratings import RATINGS
from ecodash.metrics.repurchase import OPENING_DAYS, REPURCHASE, within
from ecodash.metrics.returned import RETURNS
from ecodash.metrics.sales_averages import SALES_AVERAGES
from ecodash.metrics.sales_shares import SALES_SHARES
from ecodash.metrics.sales_totals import SALES_TOTALS
from ecodash.metrics.service_quality import SERVICE_QUALITY
from ecodash.metrics.value.own_metrics import VALUE
from ecodash.metrics.windows import WINDOWS

_SALES = (*SALES_TOTALS, *SALES_AVERAGES, *SALES_SHARES)

_CUSTOMERS = (*BUYERS, *REPURCHASE, *WINDOWS, *COHORTS, *BUYING_HABITS, *MEMBERS, *PRIVATE_DOMAIN)

_ACQUISITION = (*VALUE, *ACQUISITION, *CONVERSION, *UNIT_ECONOMICS)

_FULFILMENT = (*FULFILMENT, *RETURNS, *SERVICE_QUALITY, *RATINGS)

_ALL = (*_SALES, *_CUSTOMERS, *_ACQUISITION, *_FULFILMENT, *MONITORING, *INDICATORS)

METRICS: dict[str, Metric] = {metric.id: metric for metric in _ALL}

FAMILIES: dict[str, Text] = {
    "sales": Text("销售", "Sales"),
    "buyers": Text("买家", "Buyers"),
    "repurchase": Text("复购", "Repurchase"),
    "cohorts": Text("同期群", "Cohorts"),
    "value": Text("客户价值", "Customer value"),
}
FAMILIES |= {name: words for name, words in family_names().items() if any(m.family == name for m in METRICS.values())}

_ANY_DAYS = re.compile(r"(cohort_)?repurchase_([1-9]\d{0,3})d")


def find(name: str) -> Metric:
    """The metric called ``name``; ``repurchase_<N>d`` exists for every N from 1 to 9999. Raises UnknownName."""
    if name in METRICS:
        return METRICS[name]
    family = _ANY_DAYS.fullmatch(name)
    if family is None:
        raise UnknownName(Text("指标", "metric"), name, list(METRICS))
    return within(int(family[2]), opening_days=OPENING_DAYS if family[1] else 0)


def resolve(name: str, definition: str | None = None) -> tuple[Metric, Definition]:
    """A metric and one of its definitions; ``name`` may carry it as ``metric:definition``. Raises UnknownName."""
    name, _, said = name.partition(":")
    metric = find(name)
    wanted = said or definition
    if wanted is None:
        return metric, metric.default
    for known in metric.definitions:
        if known.id == wanted:
            return metric, known
    raise UnknownName(
        Text(f"{metric.name.zh}的口径", f"definition of {metric.id}"), wanted, [d.id for d in metric.definitions]
    )
