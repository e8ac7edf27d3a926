"""What must be said beside a number about stock: how often it was counted, what was left out, what is not known."""

from ecodash.analysis.stock_average import Rhythm
from ecodash.core.estimate import Caveat
from ecodash.core.text import Text
from ecodash.metrics.inventory.turnover import Stand

ALL = 0.9995
RHYTHMS = {
    Rhythm.DAILY: Text("每日盘点", "counted daily"),
    Rhythm.WEEKLY: Text("每周盘点", "counted weekly"),
    Rhythm.MONTHLY: Text("每月盘点", "counted monthly"),
    Rhythm.IRREGULAR: Text("盘点间隔不等，按间隔加权", "counted at uneven intervals, weighted by them"),
}


def of_stand(stand: Stand) -> tuple[Caveat, ...]:
    """The remarks on what was counted."""
    found = [_counts(stand)]
    if stand.cost_share < ALL or stand.sold_cost_share < ALL:
        found.append(_costs(stand))
    if stand.negative:
        found.append(_negative(stand.negative))
    if stand.booked:
        found.append(_booked(stand.booked))
    if stand.rare:
        found.append(_rare(", ".join(stand.rare[:3])))
    return tuple(found)


def _negative(rows: int) -> Caveat:
    words = Text(
        f"{rows} 行库存为负，按 0 计；请核对盘点或超卖。",
        f"{rows} rows hold negative stock and count as 0; check for overselling or miscounts.",
    )
    return Caveat("negative_stock", words)


def _booked(rows: int) -> Caveat:
    words = Text(
        f"{rows} 行有现货但已全部被占用，计入库存额，不算可售。",
        f"{rows} rows are on hand but all promised away: they count as stock, not as sellable.",
    )
    return Caveat("booked_stock", words)


def _rare(names: str) -> Caveat:
    words = Text(
        f"{names} 的盘点次数不到其他仓的一半，未计入平均库存（其销量仍在内）。",
        f"{names}: counted less than half as often as the others, so left out of the average stock "
        "(its sales are still in).",
    )
    return Caveat("rarely_counted", words)


def _counts(stand: Stand) -> Caveat:
    if stand.rhythm is Rhythm.SINGLE:
        return Caveat(
            "single_count",
            Text(
                "期内只有一次库存快照：它代替平均库存，期内的起伏看不到。",
                "One stock count only: it stands for the average, the ups and downs of the period are not seen.",
            ),
        )
    words = RHYTHMS[stand.rhythm]
    span = f"{stand.days.start} → {stand.days.end}"
    return Caveat(
        f"counts_{stand.rhythm.value}",
        Text(
            f"平均库存来自 {stand.counts} 次盘点（{words.zh}），销量取同期 {span}。",
            f"Average stock of {stand.counts} counts ({words.en}); sales of the same days, {span}.",
        ),
    )


def _costs(stand: Stand) -> Caveat:
    stock, sold = f"{stand.cost_share:.0%}", f"{stand.sold_cost_share:.0%}"
    return Caveat(
        "cost_coverage",
        Text(
            f"成本覆盖：库存件数的 {stock}、销售额的 {sold}；没有成本的两边都不计。",
            f"Costs are known for {stock} of the units in stock and {sold} of sales; the rest is left out of both.",
        ),
    )


NO_COUNT = Text(
    "所选期间没有库存快照：导入含“快照日期、商品编号、现货数量”的库存表即可。",
    "No stock count in this period: load a stock file with snapshot date, SKU and quantity on hand.",
)
NO_COST = Text(
    "没有成本：在商品表或库存表中补充“单位成本”，并确保订单明细能对应到商品。",
    "No costs: add unit costs to the product or stock file, and make sure order lines carry the SKU.",
)
NOTHING_SOLD = Text("期内没有销售，无法换算成天数。", "Nothing was sold in this period, so it cannot be put in days.")
NO_DEMAND = Text("过去一年没有销量，谈不上可售天数。", "Nothing sold in the last year, so cover has no meaning.")
NO_LEAD = Text(
    "采购提前期未知：导入带下单日和到货日的采购单，或用 ecodash reorder --lead-days 指定。",
    "Lead times are not known: load purchase orders with order and receipt dates, or give ecodash reorder --lead-days.",
)
NO_PLACES = Text(
    "不知道仓库所在地区：导入地点表（地点编号、城市）和城市分级表。",
    "The regions of the warehouses are not known: load locations (location id, city) and cities.",
)
ONE_SPAN = Text(
    "盘点历史不足两个季度，还不能比较周转天数。",
    "Counts cover less than two quarters, so turnover days cannot be compared yet.",
)
EARLIEST = Caveat(
    "earliest_quarter",
    Text(
        "历史不足一年：与最早的一个季度比，可能含季节因素。",
        "Less than a year of counts: compared with the earliest quarter, which may differ by season.",
    ),
)
