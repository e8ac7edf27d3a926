"""The customers page, last part: the list of customers to take away, behind a switch of its own."""

from functools import partial

import streamlit as st

from ecodash.analysis.rfm import SEGMENTS
from ecodash.core.unit import Unit
from ecodash.export import FORMATS, Column, Table
from ecodash.metrics.query import Query
from ecodash.ui import panel
from ecodash.ui.customer_answers import Thresholds, listing
from ecodash.ui.customers import Customers
from ecodash.ui.view import View
from ecodash.ui.words import language, say, t

SUFFIXES = ("csv", "xlsx")
STANDINGS = ("active", "at_risk", "lapsed")


def export(view: View, found: Customers) -> None:
    """Nothing leaves before the switch is on; ids are hashes that only this workspace can make again."""
    with st.container(border=True, key="list"):
        st.header(say("customers.list"), anchor=False)
        st.caption(say("customers.list_said"))
        if not st.toggle(t("customers.list_switch"), key="customers.list"):
            return
        make = partial(_table, view, found.query, found.thresholds)
        with st.container(horizontal=True):
            for suffix in SUFFIXES:
                form = FORMATS[suffix]
                st.download_button(
                    say(f"panel.{suffix}"),
                    data=partial(_written, make, view, suffix),
                    file_name=f"ecodash-customers-{found.segments.as_of}.{suffix}",
                    mime=form.media_type,
                    on_click="ignore",
                    icon=":material/download:",
                    key=f"download.customers.{suffix}",
                )


def _written(make: partial[Table], view: View, suffix: str) -> bytes:
    return FORMATS[suffix].write(make(), view.reader)


def _table(view: View, query: Query, thresholds: Thresholds | None) -> Table:
    """One row per customer; made when it is asked for."""
    frame = listing(view.shop, query, thresholds)
    words = {code: name.to(language()) for code, name in SEGMENTS.items()}
    states = {one: t(f"customers.standing_{one}") for one in STANDINGS}
    frame = frame.with_columns(frame["segment"].replace(words), frame["standing"].replace(states))
    notes = panel.notes(view, query=query, remarks=[t("customers.list_said")])
    return Table(title=t("customers.list"), frame=frame, columns=_columns(), notes=notes)


def _columns() -> list[Column]:
    return [
        Column(name="customer", heading=t("customers.id")),
        Column(name="segment", heading=t("customers.segment")),
        Column(name="standing", heading=t("customers.standing")),
        Column(name="recency", heading=t("customers.recency"), unit=Unit.DAYS),
        Column(name="frequency", heading=t("customers.frequency"), unit=Unit.ORDERS),
        Column(name="money", heading=t("customers.money"), unit=Unit.MONEY),
        Column(name="r", heading="R"),
        Column(name="f", heading="F"),
        Column(name="m", heading="M"),
        Column(name="expected_purchases", heading=t("customers.ahead_purchases"), unit=Unit.ORDERS),
        Column(name="expected_value", heading=t("customers.ahead_value"), unit=Unit.MONEY),
        Column(name="p_alive", heading=t("customers.ahead_alive"), unit=Unit.RATIO),
    ]
