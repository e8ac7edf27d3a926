"""The family of inventory and purchasing: what each indicator is; how it is answered stands in ``metrics.inventory``."""

from dataclasses import replace

from ecodash.core.decimals import SCALE
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.metrics.answered import Analysed
from ecodash.metrics.indicators.rows import Rows
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.inventory import suppliers, supply
from ecodash.metrics.inventory.turnover import Basis, Turnover
from ecodash.metrics.metric import Definition, Measured, Metric, Spread, Summary


def _reading(name: str, words: Text, meaning: Text, how: Analysed) -> Definition:
    return Definition(id=name, name=words, meaning=meaning, how=how, source="product §3.3")


def _without_products(metric: Metric) -> Metric:
    """Costs may stand in the stock file as well as with the products; what is lacking is said by the answer."""
    return replace(metric, requires=tuple(one for one in metric.requires if one[0] != "products"))


def _share(rows: Rows, *, spread: Spread = Spread.CASES, scale: tuple[int, int] = (1, 1)) -> Measured:
    return Measured(rows=rows, summary=Summary.RATIO, spread=spread, scale=scale)


_BY_UNITS = _reading(
    "units",
    Text("按件数", "By units"),
    Text("平均库存件数 ÷ 销售件数 × 天数，不需要成本", "Mean units in stock ÷ units sold × days; needs no costs"),
    supply.of_turnover(lambda one: one.turnover_days(Basis.UNITS), basis=Basis.UNITS),
)
_BY_RETAIL = _reading(
    "retail",
    Text("按售价", "At sales value"),
    Text("平均库存按售价 ÷ 销售额 × 天数", "Mean stock at selling prices ÷ sales × days"),
    supply.of_turnover(lambda one: one.turnover_days(Basis.RETAIL), basis=Basis.RETAIL),
)
_WEIGHTED = _reading(
    "weighted",
    Text("按销量加权", "Weighted by demand"),
    Text(
        "每个 SKU 按期内销量加权：畅销品缺货更重",
        "Each SKU weighted by its units sold: a bestseller out of stock weighs more",
    ),
    supply.stock_outs(weighted=True),
)

STOCK = (
    *(
        _without_products(one)
        for one in (
            indicator("inventory_turnover_days", supply.of_turnover(Turnover.turnover_days), _BY_UNITS, _BY_RETAIL),
            indicator(
                "inventory_turnover_days_change", Analysed(answer=supply.turnover_change, rows=supply.counted_rows)
            ),
            indicator("slow_stock_share", Analysed(answer=supply.slow_share, rows=supply.counted_rows)),
            indicator("gmroi", supply.of_turnover(lambda one: one.gmroi)),
            indicator("inventory_capital_intensity", supply.of_turnover(lambda one: one.capital_intensity)),
        )
    ),
    indicator("stockout_rate", supply.stock_outs(weighted=False), _WEIGHTED),
    replace(
        indicator(
            "days_of_cover",
            Analysed(answer=supply.cover, rows=supply.counted_rows, groups={"sku": supply.cover_by_sku}),
        ),
        unit=Unit.DAYS,
    ),
    indicator(
        "reorder_suggestion",
        Analysed(answer=supply.suggestion, rows=supply.counted_rows, groups={"sku": supply.suggestion_by_sku}),
    ),
    indicator("regional_stock_match", Analysed(answer=supply.regional, rows=supply.counted_rows)),
)
_WAITING = Definition(
    id="waiting",
    name=Text("含未到货", "With open lines"),
    meaning=Text(
        "未到货的采购行按已等待的天数计入（删失）", "Lines not received yet wait until the last day (censored)"
    ),
    how=Measured(rows=suppliers.lead_waiting, summary=Summary.WAIT_MEDIAN),
    source="Kaplan & Meier (1958)",
)

PURCHASING = (
    indicator("supplier_on_time_rate", _share(suppliers.on_time)),
    indicator("supplier_lead_time_days", Measured(rows=suppliers.lead, summary=Summary.MEDIAN), _WAITING),
    indicator("supplier_hhi", Analysed(answer=suppliers.concentration)),
    indicator("certified_supplier_share", _share(suppliers.certified, spread=Spread.NONE, scale=(SCALE, SCALE))),
    indicator("supplier_reject_rate", _share(suppliers.rejected, spread=Spread.CUSTOMERS, scale=(SCALE, SCALE))),
    indicator("supplier_tenure_years", _share(suppliers.tenure, spread=Spread.NONE, scale=(SCALE, SCALE))),
    indicator("purchase_scale_effect", Analysed(answer=suppliers.scale)),
    indicator("on_demand_purchase_gap", Analysed(answer=suppliers.purchase_gap)),
    indicator("origin_freight_saving", Analysed(answer=suppliers.freight_saving)),
    indicator("local_fulfilment_share", _share(suppliers.local)),
)

SUPPLY = (*STOCK, *PURCHASING)
