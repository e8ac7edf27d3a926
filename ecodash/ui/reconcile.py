"""Reconciliation: the platform's own total typed in, the difference to ours taken apart policy by policy."""

from decimal import Decimal, InvalidOperation
from typing import cast

import polars as pl
import streamlit as st

from ecodash import charts
from ecodash.charts import Step, StepKind
from ecodash.core.decimals import from_scaled
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import money
from ecodash.metrics.query import Query
from ecodash.session.reconciliation import Part, Reconciliation
from ecodash.ui import cache, downloads, health_rows, panel, parts, reconcile_fields, report, state
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import count, language, say, span, t, word

SHOWN = 100


def explained(view: View) -> Reconciliation | None:
    """The fields, and the answer to what was typed; None while nothing was."""
    asked = reconcile_fields.fields(view)
    if asked is None:
        return None
    stated = _amount(asked.stated)
    if stated is None:
        st.info(say("reconcile.type_it"), icon=":material/edit:")
        return None
    chosen = tuple(state.values("policies")) or None
    with st.spinner(say("reconcile.working"), show_time=True):
        found = cache.answer(view.shop, "reconciled", str(stated), asked.period, asked.channel, chosen)
    return cast("Reconciliation", found)


def kpis(view: View, found: Reconciliation) -> None:
    """Theirs, ours, the difference and what is left of it."""
    amounts = {"stated": found.stated, "ours": found.ours, "difference": found.difference, "rest": found.rest}
    with st.container(horizontal=True, key="reconcile.kpis"):
        for name, amount in amounts.items():
            said, value = say(f"reconcile.{name}"), _exact(view, amount)
            report.metric("reconcile", said, value, border=True, meaning=t(f"reconcile.{name}_help"))


def answer(view: View, found: Reconciliation) -> None:
    """One sentence: which policies explain it, and what remains."""
    if not found.difference:
        st.success(say("reconcile.equal"), icon=":material/check_circle:")
        return
    if not found.parts:
        st.warning(say("reconcile.nothing", rest=_exact(view, found.rest)), icon=":material/help:")
        return
    names = t("panel.and").join(part.switch.name.to(language()) for part in found.parts)
    kind = "reconcile.all_of_it" if not found.rest else "reconcile.part_of_it"
    said = say(kind, names=names, rest=_exact(view, found.rest))
    st.markdown(said)
    report.lines("answer", "", [said])
    if found.suggested:
        st.caption(say("reconcile.suggestion"))


def bridge(view: View, found: Reconciliation) -> None:
    """From our figure to theirs, part by part; the rest is a part like any other."""
    ours, stated = (
        Step(label=t(f"reconcile.{name}"), value=_value(amount), kind=StepKind.LEVEL)
        for name, amount in (("ours", found.ours), ("stated", found.stated))
    )
    steps = [Step(label=part.switch.name.to(language()), value=_value(part.amount)) for part in found.parts]
    rest = [Step(label=t("reconcile.rest"), value=_value(found.rest))] if found.rest else []
    difference = parts.signed(view, _value(found.difference), Unit.MONEY)
    title = t("reconcile.bridge", period=span(found.period).replace("\u2060", ""), difference=difference)
    figure = charts.waterfall.bridge([ours, *steps, *rest, stated], unit=Unit.MONEY, reader=view.reader, title=title)
    query = Query(window=found.period, where=(("channel", (found.channel,)),) if found.channel else ())
    panel.show(
        view,
        Block(
            key="reconcile",
            figure=figure,
            table=_table(view, found, title),
            metric="net_sales",
            query=query,
            remark=t("reconcile.sums"),
        ),
    )


def each(view: View, found: Reconciliation) -> None:
    """Every part with the documents it concerns."""
    for part in found.parts:
        with st.container(border=True, key=f"part.{part.switch.code}"):
            moved = parts.signed(view, _value(part.amount), Unit.MONEY)
            st.markdown(f"**{word(part.switch.name)}**  {say('reconcile.moved', money=moved, n=count(part.documents))}")
            if not part.switch.settings:
                st.caption(say("reconcile.no_setting"))
            if st.toggle(say("health.rows"), key=f"part.rows.{part.switch.code}"):
                _rows(view, found, part)


def others(view: View, found: Reconciliation) -> None:
    """What each policy would move by itself."""
    frame = pl.DataFrame(
        [(one.switch.name.to(language()), _value(one.amount), one.documents) for one in found.alone],
        schema={"policy": pl.String, "amount": pl.Float64, "documents": pl.Int64},
        orient="row",
    )
    units = {"policy": None, "amount": Unit.MONEY, "documents": Unit.ORDERS}
    columns = [Column(name=name, heading=t(f"reconcile.column_{name}"), unit=unit) for name, unit in units.items()]
    with st.expander(say("reconcile.alone"), icon=":material/tune:"):
        st.caption(say("reconcile.alone_help"))
        reconcile_fields.policies(found)
        panel.grid(view, Table(title=t("reconcile.alone"), frame=frame, columns=columns))


def _rows(view: View, found: Reconciliation, part: Part) -> None:
    chosen = tuple(one.switch.code for one in found.parts)
    code = part.switch.code
    rows = cast("pl.DataFrame", cache.answer(view.shop, "part_rows", found.period, code, found.channel, chosen))
    title = part.switch.name.to(language())
    panel.grid(view, health_rows.table(rows.head(SHOWN), title=title))
    if rows.height > SHOWN:
        st.caption(say("health.first_rows", n=SHOWN, most=count(rows.height)))
    downloads.downloads(view, health_rows.table(rows, title=title), f"reconcile-{code}")


def _table(view: View, found: Reconciliation, title: str) -> Table:
    lines: list[tuple[str, float, int | None]] = [(t("reconcile.ours"), _value(found.ours), None)]
    lines += [(part.switch.name.to(language()), _value(part.amount), part.documents) for part in found.parts]
    lines += [(t("reconcile.rest"), _value(found.rest), None), (t("reconcile.stated"), _value(found.stated), None)]
    schema = {"policy": pl.String, "amount": pl.Float64, "documents": pl.Int64}
    units = {"policy": None, "amount": Unit.MONEY, "documents": Unit.ORDERS}
    columns = [Column(name=name, heading=t(f"reconcile.column_{name}"), unit=unit) for name, unit in units.items()]
    notes = panel.notes(view, "net_sales", query=Query(window=found.period), remarks=[t("reconcile.sums")])
    return Table(title=title, frame=pl.DataFrame(lines, schema=schema, orient="row"), columns=columns, notes=notes)


def _amount(text: str) -> Decimal | None:
    """An amount as people copy it from a back office; None when it is none, which is said."""
    plain = text.strip().lstrip("¥￥$€£").replace(",", "").replace("，", "").replace(" ", "")
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= Decimal(10) ** 13:
        st.warning(say("reconcile.no_amount", text=text), icon=":material/error:")
        return None
    return found


def _value(scaled: int) -> float:
    return float(from_scaled(scaled))


def _exact(view: View, scaled: int) -> str:
    return money(_value(scaled), language(), view.currency, exact=True)
