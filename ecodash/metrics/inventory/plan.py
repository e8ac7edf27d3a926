"""The list of what to order when: reorder points from the demand of lead times, quantities, dates, a budget."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from ecodash.analysis.lead_time_demand import LeadDemand, Quantiles, lead_demand
from ecodash.analysis.reorder import FOREVER, Terms, Urgency, reorder, within_budget
from ecodash.analysis.reorder_replay import Replay, replay
from ecodash.core.period import Period, day_number, day_of
from ecodash.metrics.inventory import ledgers
from ecodash.metrics.inventory.forecast_quantiles import forecast_quantiles
from ecodash.metrics.inventory.leads import LeadTimes, lead_times
from ecodash.metrics.inventory.positions import Positions, positions
from ecodash.metrics.reading import Reading

SERVICE = {"A": 0.98, "B": 0.95, "C": 0.90}
COLUMNS = (
    *("sku_id", "name", "category", "supplier_id", "abc", "urgency", "available", "inbound", "rate", "rate_low"),
    *(
        "rate_high",
        "lead_days",
        "service_level",
        "lead_demand",
        "point",
        "quantity",
        "unit_cost",
        "money",
        "last_order",
    ),
    *("runs_out", "bought"),
)
STOCKED = ("goods", "second_hand", "handmade")


@dataclass(frozen=True, kw_only=True)
class PlanAsked:
    """What the operator decides. None: ``service_level`` by class (A 98, B 95, C 90 %), ``lead_days`` from purchases.

    ``lead_spread``: standard deviation of a given lead time; ``cycle_days`` what an order should last; ``review_days``
    until the next look; ``minimum`` and ``pack`` of every product; ``budget`` in base currency. ``forecast``:
    quantiles of the forecast (events and season included, slower) in place of those of past sums.
    """

    service_level: float | None = None
    lead_days: float | None = None
    lead_spread: float = 0.0
    cycle_days: float = 30.0
    review_days: float = 7.0
    minimum: float = 1.0
    pack: float = 1.0
    budget: float | None = None
    velocity: int = 90
    forecast: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One row per product in ``frame``, the most urgent first; ``today`` is the last day of the data.

    Columns: sku_id, name, category, supplier_id, abc, available, inbound, rate (+ low, high), lead_days, service_level,
    lead_demand, point, quantity, unit_cost, money, last_order and runs_out (dates, null beyond ten years), urgency, bought
    (units the budget pays for). ``counted`` is the day stock was last counted. ``leads`` says where lead times come from.
    """

    frame: pl.DataFrame
    today: date
    counted: date | None
    leads: LeadTimes
    pooled: bool
    asked: PlanAsked

    def due(self) -> pl.DataFrame:
        """The products to order now, those too late first."""
        return self.frame.filter(pl.col("urgency").is_in([Urgency.NOW.value, Urgency.LATE.value]))

    @property
    def uncosted(self) -> int:
        """How many lines to order have no known cost."""
        return self.due().filter(pl.col("unit_cost").is_null()).height


def plan(reading: Reading, until: Period, asked: PlanAsked) -> Plan | LeadTimes | None:
    """The plan; the lead times alone when none is known and none was given; None when nothing ever sold."""
    stand = positions(reading, until, velocity=asked.velocity)
    if stand.demand is None:
        return None
    rows = _stocked(_today(reading, stand, until), stand)
    leads = lead_times(reading, rows["sku_id"].to_list(), until, given=asked.lead_days, spread=asked.lead_spread)
    if leads.days is None:
        return leads
    levels = _levels(rows, asked)
    place = {key: i for i, key in enumerate(stand.demand.history.keys)}
    keys = stand.demand.history.keys
    quantiles = forecast_quantiles(reading, until, keys) if asked.forecast else lead_demand
    at = np.array([place[key] for key in rows["sku_id"]], dtype=int)
    found = _lead_demand(stand, at, leads.days + asked.review_days, levels, quantiles)
    frame = _ordered(rows, leads, levels, found, asked=asked)
    return Plan(
        frame=_dated(frame, until.end),
        today=until.end,
        counted=None if stand.counted is None else day_of(stand.counted),
        leads=leads,
        pooled=found.pooled,
        asked=asked,
    )


def replayed(reading: Reading, until: Period, asked: PlanAsked) -> Replay | None:
    """The rule of the plan against a plain min-max rule over the past; None with too little history or lead times."""
    stand = positions(reading, until, velocity=asked.velocity)
    if stand.demand is None:
        return None
    keys = list(stand.demand.history.keys)
    rows = pl.DataFrame({"sku_id": keys}).join(stand.frame, on="sku_id", how="left", maintain_order="left")
    leads = lead_times(reading, keys, until, given=asked.lead_days, spread=asked.lead_spread)
    if leads.days is None:
        return None
    cost = rows["unit_cost"].to_numpy() if rows["unit_cost"].null_count() < rows.height else None
    return replay(stand.demand.whole, leads.days, _levels(rows, asked), cost=cost, quantiles=lead_demand)


def _stocked(rows: pl.DataFrame, stand: Positions) -> pl.DataFrame:
    """Products that can be ordered: goods that sell or lie in stock; services and vouchers are not kept."""
    keys = stand.demand.history.keys if stand.demand else ()
    goods = pl.col("kind").is_null() | pl.col("kind").is_in(STOCKED)
    wanted = (pl.col("rate") > 0) | (pl.col("on_hand") > 0)
    return rows.filter(goods, wanted, pl.col("sku_id").is_in(list(keys))).sort("sku_id")


def _today(reading: Reading, stand: Positions, until: Period) -> pl.DataFrame:
    """The products with what is left today: the last count, less what sold since, plus what came since."""
    last = day_number(until.end)
    bought = ledgers.purchases(reading, until=last)
    on_way = bought.filter(pl.col("received").is_null()).group_by("sku_id").agg(open=pl.col("units").sum())
    rows = stand.frame.join(on_way, on="sku_id", how="left", maintain_order="left")
    inbound = pl.col("open").fill_null(0.0) if bought.height else pl.col("inbound").fill_null(0.0)
    rows = rows.with_columns(inbound=inbound)
    if stand.counted is None or stand.counted >= last:
        return rows
    sold = (
        ledgers.sales(reading, ledgers.days_of(stand.counted + 1, last))
        .group_by("sku_id")
        .agg(gone=pl.col("qty").sum())
    )
    came = bought.filter(pl.col("received") > stand.counted).group_by("sku_id").agg(came_since=pl.col("units").sum())
    since = rows.join(sold, on="sku_id", how="left", maintain_order="left").join(
        came, on="sku_id", how="left", maintain_order="left"
    )
    left = pl.col("available") - pl.col("gone").fill_null(0.0) + pl.col("came_since").fill_null(0.0)
    return since.with_columns(available=left.clip(lower_bound=0.0))


def _levels(rows: pl.DataFrame, asked: PlanAsked) -> np.ndarray:
    if asked.service_level is not None:
        return np.full(rows.height, asked.service_level)
    return rows["abc"].replace_strict(SERVICE, default=SERVICE["C"], return_dtype=pl.Float64).to_numpy()


def _lead_demand(
    stand: Positions, at: np.ndarray, leads: np.ndarray, levels: np.ndarray, quantiles: Quantiles
) -> LeadDemand:
    """Quantiles of the products at ``at``; the strays of all products are learned from."""
    if stand.demand is None:
        raise ValueError(stand)
    whole = stand.demand.whole
    every = np.repeat(leads.mean(axis=0, keepdims=True), len(whole.mean), axis=0)
    every[at] = leads
    all_levels = np.full(len(whole.mean), 0.9)
    all_levels[at] = levels
    found = quantiles(whole, every, all_levels)
    return LeadDemand(mean=found.mean[at], quantile=found.quantile[at], pooled=found.pooled)


def _ordered(
    rows: pl.DataFrame, leads: LeadTimes, levels: np.ndarray, found: LeadDemand, *, asked: PlanAsked
) -> pl.DataFrame:
    lead = leads.days.mean(axis=1) if leads.days is not None else np.zeros(rows.height)
    rate = rows["rate"].cast(pl.Float64).to_numpy()
    position = (rows["available"] + rows["inbound"]).cast(pl.Float64).to_numpy()
    one = np.ones(rows.height)
    terms = Terms(
        position=position,
        lead=lead,
        cycle=one * asked.cycle_days,
        minimum=one * asked.minimum,
        pack=one * asked.pack,
        review=asked.review_days,
    )
    made = reorder(rate, np.ceil(found.quantile), terms)
    cost = rows["unit_cost"].cast(pl.Float64).to_numpy()
    bought = made.quantity
    if asked.budget is not None:
        short = np.maximum(rate * (lead + asked.cycle_days) - np.nan_to_num(position), 0.0)
        margin = rows["margin"].cast(pl.Float64).fill_null(0.0).to_numpy()
        bought = within_budget(made.quantity, cost, short * np.maximum(margin, 0.0), budget=asked.budget)
    columns = {
        "lead_days": lead,
        "service_level": levels,
        "lead_demand": found.mean,
        "point": made.point,
        "quantity": made.quantity,
        "money": made.quantity * cost,
        "days_left": made.days_left,
        "days_to_empty": made.runs_out,
        "bought": bought,
    }
    return rows.with_columns(
        *(pl.Series(name, values).fill_nan(None) for name, values in columns.items()),
        pl.Series("urgency", made.urgency.tolist(), dtype=pl.String),
    )


def _dated(rows: pl.DataFrame, today: date) -> pl.DataFrame:
    """Days as dates, the most urgent and then the dearest first."""
    order = {one.value: place for place, one in enumerate((Urgency.LATE, Urgency.NOW, Urgency.FINE))}
    near = {"last_order": "days_left", "runs_out": "days_to_empty"}
    dates = {
        name: pl.lit(today) + pl.duration(days=pl.when(pl.col(column).abs() < FOREVER).then(pl.col(column).floor()))
        for name, column in near.items()
    }
    known = pl.col("urgency").is_in(list(order))
    return (
        rows.with_columns(**{name: pl.when(known).then(when.cast(pl.Date)) for name, when in dates.items()})
        .sort(
            pl.col("urgency").replace_strict(order, default=len(order), return_dtype=pl.Int64),
            pl.col("days_left"),
            pl.col("sku_id"),
        )
        .select(COLUMNS)
    )


def as_json(found: Plan) -> dict[str, object]:
    """The plan as plain values, as the command line prints it."""
    return {
        "today": found.today.isoformat(),
        "counted": found.counted.isoformat() if found.counted else None,
        "lead_times": found.leads.source.value,
        "method": "forecast" if found.asked.forecast else "conformal" if found.pooled else "negative_binomial",
        "budget": found.asked.budget,
        "lines_without_cost": found.uncosted,
        "products": found.frame.with_columns(pl.col("last_order", "runs_out").cast(pl.String)).to_dicts(),
    }
