"""The inventory page, last part: what to order when, as a list to take away, and how the rule would have done."""

from typing import cast

import polars as pl
import streamlit as st

from ecodash.analysis.reorder import Urgency
from ecodash.analysis.reorder_replay import Outcome, Replay
from ecodash.core.text import Text
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import number, ratio, value_text
from ecodash.metrics.inventory.leads import LeadSource
from ecodash.metrics.inventory.plan import Plan, PlanAsked
from ecodash.metrics.inventory.remarks import NO_DEMAND, NO_LEAD
from ecodash.ui import cache, panel, report, state, tables
from ecodash.ui.inventory import Inventory
from ecodash.ui.inventory_params import CYCLES, METHODS, SERVICES
from ecodash.ui.view import View
from ecodash.ui.words import count, day, language, named, say, t, word

CHOICES = (("service", SERVICES), ("cycle", CYCLES), ("quantiles", METHODS))
FIELDS = ("lead", "moq", "pack", "budget")


def draw(view: View, here: Inventory) -> None:
    """Controls, the list with its statuses, and the replay of the past against a plain rule."""
    with st.container(border=True, key="inventory.reorder"):
        st.header(say("inventory.reorder"), anchor=False)
        st.caption(say("inventory.reorder_remark"))
        _controls()
    asked = _asked()
    with st.spinner(say("inventory.planning")):
        found = cache.answer(view.shop, "inventory.plan", here.query, asked)
    if not isinstance(found, Plan):
        _nothing("inventory.no_lead" if found else "inventory.no_demand", NO_LEAD if found else NO_DEMAND)
        return
    said = _summary(view, found)
    st.markdown(said)
    report.lines("inventory.reorder", t("inventory.reorder"), [said])
    _list(view, here, found)
    _replayed(view, here, asked)


def _nothing(key: str, why: Text) -> None:
    with st.container(border=True, key="inventory.no_plan"):
        st.markdown(f"**{say(key)}**")
        st.caption(word(why))
    report.lines("inventory.no_plan", t(key), [word(why)])


def _controls() -> None:
    with st.grid(4, min_column_width=160, gap="small", key="inventory.controls"):
        for name, options in CHOICES:
            key, store = state.widget(name)
            shown = named(f"inventory.{name}_", options)
            st.selectbox(t(f"inventory.{name}"), options, key=key, on_change=store, format_func=shown)
        for name in FIELDS:
            key, store = state.widget(name)
            st.text_input(
                t(f"inventory.{name}"),
                key=key,
                on_change=store,
                placeholder=t(f"inventory.{name}_placeholder"),
            )
    wrong = [name for name in FIELDS if state.value(name) and _number(name) is None]
    if wrong:
        st.caption(say("inventory.no_number", names=t("panel.and").join(t(f"inventory.{name}") for name in wrong)))


def _asked() -> PlanAsked:
    service = state.value("service")
    return PlanAsked(
        service_level=None if service == "class" else int(service) / 100,
        lead_days=_number("lead"),
        cycle_days=float(state.value("cycle")),
        minimum=_number("moq") or 1.0,
        pack=_number("pack") or 1.0,
        budget=_number("budget"),
        velocity=int(state.value("velocity")),
        forecast=state.value("quantiles") == "forecast",
    )


def _number(name: str) -> float | None:
    """A positive number from the address; None when there is none."""
    said = state.value(name).replace(",", "").replace("，", "")
    try:
        value = float(said)
    except ValueError:
        return None
    return value if 0 < value < float("inf") else None


def _summary(view: View, found: Plan) -> str:
    frame = found.frame
    late, now = (frame.filter(pl.col("urgency") == one.value).height for one in (Urgency.LATE, Urgency.NOW))
    money = value_text(float(frame["money"].sum()), Unit.MONEY, language(), view.currency)
    said = [say("inventory.plan_summary", today=day(found.today), late=count(late), now=count(now), money=money)]
    if found.counted is None:
        said.append(say("inventory.plan_uncounted"))
    elif found.counted < found.today:
        said.append(say("inventory.plan_counted", day=day(found.counted)))
    if found.leads.source is LeadSource.PURCHASES:
        said.append(say("inventory.plan_leads", lines=count(found.leads.lines), own=count(found.leads.own)))
    if found.uncosted:
        said.append(say("inventory.plan_uncosted", n=count(found.uncosted)))
    if not found.pooled:
        said.append(say("inventory.plan_short"))
    return " ".join(said)


def _list(view: View, here: Inventory, found: Plan) -> None:
    names = {one.value: t(f"inventory.urgency_{one.value}") for one in Urgency}
    rows = found.frame.with_columns(
        pl.col("rate").round(2),
        pl.col("lead_days").round(1),
        status=pl.col("urgency").replace_strict(names, default=""),
    )
    columns = [
        Column(name="status", heading=t("inventory.status")),
        Column(name="sku_id", heading=t("inventory.sku")),
        Column(name="name", heading=t("inventory.name")),
        Column(name="abc", heading="ABC"),
        Column(name="quantity", heading=t("inventory.quantity"), unit=Unit.ITEMS),
        *([Column(name="bought", heading=t("inventory.bought"), unit=Unit.ITEMS)] if found.asked.budget else []),
        Column(name="money", heading=t("inventory.money"), unit=Unit.MONEY),
        Column(name="last_order", heading=t("inventory.last_order")),
        Column(name="runs_out", heading=t("inventory.runs_out")),
        Column(name="available", heading=t("inventory.available"), unit=Unit.ITEMS),
        Column(name="inbound", heading=t("inventory.inbound"), unit=Unit.ITEMS),
        Column(name="point", heading=t("inventory.point"), unit=Unit.ITEMS),
        Column(name="rate", heading=t("inventory.rate"), unit=Unit.INDEX),
        Column(name="lead_days", heading=t("inventory.lead_time"), unit=Unit.DAYS),
        Column(name="service_level", heading=t("inventory.service"), unit=Unit.RATIO),
        Column(name="supplier_id", heading=t("inventory.supplier")),
    ]
    remark = t("inventory.list_remark")
    notes = panel.notes(view, "reorder_suggestion", query=here.query, remarks=[remark])
    table = Table(title=t("inventory.list"), frame=rows, columns=columns, notes=notes)
    tables.show(view, "inventory_reorder", table, remark=remark)


def _replayed(view: View, here: Inventory, asked: PlanAsked) -> None:
    """The rule against the past: worked out when it is asked for, because it plays every day again."""
    with st.container(border=True, key="inventory.replay"):
        st.header(say("inventory.replay"), anchor=False)
        st.caption(say("inventory.replay_remark"))
        if not st.toggle(say("inventory.replay_run"), key="inventory.replay_run"):
            return
        found = cast("Replay | None", cache.answer(view.shop, "inventory.replayed", here.query, asked))
        if found is None:
            st.markdown(say("inventory.replay_none"))
            return
        lines = [
            say("inventory.replay_days", days=found.days, products=count(found.products)),
            f"- {say('inventory.replay_ours')} {_outcome(view, found.ours)}",
            f"- {say('inventory.replay_plain')} {_outcome(view, found.plain)}",
        ]
        st.markdown("\n".join(lines))
        report.lines("inventory.replay", t("inventory.replay"), lines)


def _outcome(view: View, one: Outcome) -> str:
    money = "" if one.value is None else f" ({value_text(one.value, Unit.MONEY, language(), view.currency)})"
    return say(
        "inventory.replay_outcome",
        fill=ratio(one.fill_rate, language()),
        service=ratio(one.service, language()),
        held=number(one.held, language(), 0) + money,
    )
