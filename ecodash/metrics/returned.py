"""Returns and refunds by the order they belong to, each order given its time: what is too young is not judged low."""

from collections.abc import Sequence
from dataclasses import replace

import narwhals as nw

from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.facts import Frame
from ecodash.facts.calendar import day_number
from ecodash.metrics.indicators.words import indicator
from ecodash.metrics.metric import Better, Definition, Measured, Metric, Spread, Summary, standard
from ecodash.metrics.order_splits import order_splits
from ecodash.metrics.parcels import Rows, last_day
from ecodash.metrics.reading import Reading
from ecodash.metrics.whole_orders import KEPT

RIPE_DAYS = 15
"""Days after completion after which an order counts. Source: framework, ``return_rate``."""
WITHIN_DAYS = 30
GRACE_DAYS = 7
FAULTY = ("quality", "fake")


def _accepted(reading: Reading) -> Frame:
    """Returns that were not turned down and name their order."""
    rows = reading.table("returns")
    return rows.filter(nw.col("accepted").fill_null(value=True), ~nw.col("order_id").is_null())


def _orders(reading: Reading) -> Frame:
    """Orders with ``paid_day``, ``done_day`` (completed, else delivered) and what they can be split by."""
    rows = reading.table("orders").select(
        "order_id",
        "load_id",
        "row_no",
        day=day_number(nw.coalesce("paid_at", "created_at")),
        paid=~nw.col("paid_at").is_null(),
        done=day_number(nw.coalesce("completed_at", "delivered_at")),
    )
    return rows.join(order_splits(reading), on="order_id", how="left").filter(~nw.col("day").is_null())


def _end(reading: Reading) -> int:
    """The last day anything is known of."""
    ends = (
        last_day(reading.table("orders"), "created_at", "paid_at", "completed_at"),
        last_day(reading.table("returns"), "requested_at"),
    )
    return max((end for end in ends if end is not None), default=0)


def of_completed(*, ripe: int, reasons: Sequence[str] = ()) -> Rows:
    """Orders completed at least ``ripe`` days before the end; ``above`` 1 with a return (for one of ``reasons``)."""

    def rows(reading: Reading) -> Frame:
        back = _accepted(reading)
        back = back.filter(nw.col("reason").is_in(list(reasons))) if reasons else back
        marks = back.select("order_id").unique().with_columns(back=nw.lit(1))
        done = _orders(reading).filter(nw.col("done") + ripe <= _end(reading))
        found = done.join(marks, on="order_id", how="left")
        return found.select(*KEPT, "day", above=nw.col("back").fill_null(0).cast(nw.Int64), below=nw.lit(1))

    return rows


def within_days(days: int) -> Rows:
    """Orders paid at least ``days`` days ago; ``above`` 1 when a return was asked for within as many days of payment."""

    def rows(reading: Reading) -> Frame:
        asked = _accepted(reading).group_by("order_id").agg(asked=nw.col("requested_at").min())
        old = _orders(reading).filter(nw.col("paid"), nw.col("day") + days <= _end(reading))
        found = old.join(asked, on="order_id", how="left")
        soon = (day_number(nw.col("asked")) - nw.col("day") <= days).fill_null(value=False)
        return found.select(*KEPT, "day", above=soon.cast(nw.Int64), below=nw.lit(1))

    return rows


def asked_in_grace(reading: Reading) -> Frame:
    """Decided requests within 7 days of delivery, made-to-order goods left out; ``above`` 1 when accepted."""
    sent = reading.table("shipments").filter(~nw.col("order_id").is_null())
    arrived = sent.group_by("order_id").agg(arrived=nw.col("delivered_at").max())
    orders = reading.table("orders").select("order_id", "order_type", "delivered_at", "completed_at")
    made = (nw.col("order_type") == "custom").fill_null(value=False)
    known = orders.filter(~made).join(arrived, on="order_id", how="left")
    known = known.select("order_id", since=day_number(nw.coalesce("arrived", "delivered_at", "completed_at")))
    asked = reading.table("returns").filter(~nw.col("accepted").is_null(), ~nw.col("requested_at").is_null())
    asked = asked.select("order_id", "load_id", "row_no", "accepted", "reason", day=day_number(nw.col("requested_at")))
    rows = asked.join(known, on="order_id", how="inner").join(order_splits(reading), on="order_id", how="left")
    waited = nw.col("day") - nw.col("since")
    rows = rows.filter(waited >= 0, waited <= GRACE_DAYS)
    accepted = nw.col("accepted").cast(nw.Int64)
    return rows.select(*KEPT, "day", by_reason=nw.col("reason"), above=accepted, below=nw.lit(1))


def reasons(reading: Reading) -> Frame:
    """Returns that were not turned down, one by one, on the day they were asked for."""
    rows = _accepted(reading).join(order_splits(reading), on="order_id", how="left")
    day = day_number(nw.coalesce("requested_at", "refunded_at"))
    found = rows.select(*KEPT, day=day, by_reason=nw.col("reason"), by_sku=nw.col("sku_id"), above=nw.lit(1))
    return found.filter(~nw.col("day").is_null())


def _share(rows: Rows) -> Measured:
    return Measured(rows=rows, summary=Summary.RATIO, spread=Spread.CASES)


def _without(table: str, metric: Metric) -> Metric:
    """The same metric where orders say themselves what ``table`` would say."""
    return replace(metric, requires=tuple(part for part in metric.requires if part[0] != table))


COUNTED = Metric(
    id="return_count",
    family="fulfilment",
    name=Text("退货单数", "Returns filed"),
    meaning=Text(
        "提出的退货退款有多少张，被拒绝的不算。", "How many returns were asked for; those turned down are left out."
    ),
    formula=Text("未被拒绝的退货单数，按申请日", "Returns not turned down, by the day they were asked for"),
    unit=Unit.COUNT,
    better=Better.LOWER,
    grain=Text("每张退货单", "one return"),
    requires=(("returns", ("order_id", "requested_at", "reason")),),
    source="product definition",
    definitions=standard(
        Measured(rows=reasons, summary=Summary.TOTAL),
        Text("按申请日，一张退货单算一次。", "By the day of the request, each return once."),
        "product definition",
    ),
    not_the_same_as=("return_rate",),
)

RETURNS = (
    COUNTED,
    indicator(
        "return_rate",
        _share(of_completed(ripe=RIPE_DAYS)),
        Definition(
            id="order_date",
            name=Text("付款后 30 天内", "Within 30 days of payment"),
            meaning=Text(
                "付款满 30 天的订单中，30 天内申请退货退款的占比；每单都给足 30 天，各月可比。",
                "Of orders paid at least 30 days ago, the share with a return asked for within 30 days: every order is "
                "given the same time, so months can be compared.",
            ),
            how=_share(within_days(WITHIN_DAYS)),
            source="product definition: cohorts on the order date, matured",
        ),
    ),
    indicator("quality_return_rate", _share(of_completed(ripe=0, reasons=FAULTY))),
    _without("shipments", indicator("returns_7d_accept_rate", _share(asked_in_grace))),
)
