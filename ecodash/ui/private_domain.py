"""The private domain page: migration, what a contact is worth, cost per order, channels and how well they can be followed."""

from dataclasses import replace
from typing import cast

import polars as pl
import streamlit as st

from ecodash.charts.roles import BAD, MAIN, MUTED, SERIES
from ecodash.charts.sankey import Flow, Node, sankey
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.verdict import benchmark, judge_all
from ecodash.i18n import count, estimate_text, money, ratio, value_text
from ecodash.metrics.comparable.identity import comparable as can_be_compared
from ecodash.metrics.identity import Coverage
from ecodash.metrics.private_domain.cost import OrderCost
from ecodash.metrics.private_domain.migration import ENDS, STANDS, STARTS, Migration
from ecodash.metrics.query import Query
from ecodash.metrics.registry import METRICS
from ecodash.ui import ahead, cache, comparable, panel, report, state, tables, tiles
from ecodash.ui.comparable import IGNORED, Compared
from ecodash.ui.labels import label
from ecodash.ui.members_params import EXPOSURES
from ecodash.ui.panel import Block
from ecodash.ui.view import View
from ecodash.ui.words import language, md, named, say, t

KPIS = ("private_gmv_share", "private_buyer_share", "private_join_rate")
FIGURE, SOCIAL = "private_repurchase_lift", "pdd_social_cac_ratio"
COLORS = {
    "private": MAIN,
    "public": SERIES[1],
    "contact": MAIN,
    "own": SERIES[2],
    "left": BAD,
    "none": MUTED,
    "out": SERIES[1],
}


def query(view: View) -> Query:
    """The question over every first purchase."""
    return comparable.over_all(view)


def numbers(view: View) -> None:
    """Private share of sales and of buyers, join rate: of the period chosen."""
    ahead.ask(ahead.numbers(view, *KPIS, query=view.query()), ahead.before(view, *KPIS, query=view.query()))
    tiles.draw(view, tiles.over_window(view, *KPIS))


def exposure(view: View) -> str:
    """What counts as contact: the choice of the page, or the other kind where only that is in the data."""
    key, store = state.widget("exposure")
    st.segmented_control(
        t("private_domain.exposure"),
        EXPOSURES,
        key=key,
        on_change=store,
        required=True,
        format_func=named("exposure.", EXPOSURES),
        help=say("private_domain.exposure_help"),
    )
    chosen = state.value("exposure")
    other = next(one for one in EXPOSURES if one != chosen)
    if _known(view, chosen) or not _known(view, other):
        return chosen
    st.caption(say("private_domain.instead", chosen=t(f"exposure.{chosen}"), other=t(f"exposure.{other}")))
    return other


def _known(view: View, status: str) -> bool:
    return cast("bool", cache.answer(view.shop, "comparable.known", query(view), status))


def migration(view: View) -> None:
    """Where customers first bought, where they stood on the landmark day, whether and where they bought again."""
    found = cast("Migration", cache.answer(view.shop, "private.migration", query(view), comparable.landmark()))
    nodes = [
        Node(stage=stage, code=code, name=t(f"flow.{name}_{code}"), color=COLORS.get(code, MUTED))
        for stage, (name, codes) in enumerate((("start", STARTS), ("stand", STANDS), ("end", ENDS)))
        for code in codes
    ]
    flows = [
        Flow(source=(row["stage"], row["source"]), target=(row["stage"] + 1, row["target"]), n=row["n"])
        for row in found.flows.to_dicts()
    ]
    heads = [t("flow.head_start"), t("flow.head_stand", day=found.landmark), t("flow.head_end", day=found.horizon)]
    title = _migration_title(found)
    figure = sankey(nodes, flows, title=title, heads=heads, language=language())
    names = {(node.stage, node.code): node.name for node in nodes}
    frame = found.flows.with_columns(
        source=pl.Series([names[row["stage"], row["source"]] for row in found.flows.to_dicts()], dtype=pl.String),
        target=pl.Series([names[row["stage"] + 1, row["target"]] for row in found.flows.to_dicts()], dtype=pl.String),
    )
    columns = [
        Column(name="source", heading=t("flow.source")),
        Column(name="target", heading=t("flow.target")),
        Column(name="n", heading=t("flow.customers"), unit=Unit.BUYERS),
    ]
    said = [t("private_domain.migration_remark", day=found.horizon)]
    said += [] if found.moved or not found.public else [t("private_domain.no_migration")]
    remark = comparable.together(said)
    table = Table(
        title=title, frame=frame, columns=columns, notes=panel.notes(view, query=query(view), remarks=[remark])
    )
    panel.show(view, Block(key="migration", figure=figure, table=table, remark=remark, ignores=IGNORED))


def _migration_title(found: Migration) -> str:
    if not found.public:
        return t("private_domain.no_public")
    return t(
        "private_domain.migration",
        public=count(found.public, language(), exact=True),
        moved=count(found.moved, language(), exact=True),
        share=ratio(found.moved / found.public, language()),
        day=found.landmark,
    )


def worth(view: View, found: Compared) -> None:
    """What a contact is worth after adjustment, per customer; and who leaves again."""
    value = found.adjusted.value
    if value is None:
        return
    last = found.plan.landmark + found.plan.window
    text = estimate_text(value, language(), view.currency)
    if value.value is None and value.reason is not None:
        text = value.reason.to(language())
    said = [say("private_domain.worth", first=found.plan.landmark + 1, last=last, value=text)]
    said += _spend(view)
    [leaving] = view.ask("private_leave_rate", query=replace(query(view), where=()))
    if leaving.value is None:
        reason = leaving.reason.to(language()) if leaving.reason else ""
        said.append(say("private_domain.leave_unknown", reason=reason))
    else:
        said.append(say("private_domain.leave", value=estimate_text(leaving, language(), interval=True)))
    with st.container(border=True, key="worth"):
        st.header(say("private_domain.worth_title"), anchor=False)
        st.markdown("  \n".join(said))
    report.lines("worth", t("private_domain.worth_title"), said)


def _spend(view: View) -> list[str]:
    """What customers spent after the landmark by how they stood then, as it is."""
    found = cast("Migration", cache.answer(view.shop, "private.migration", query(view), comparable.landmark()))
    if not {"contact", "out"} <= set(found.spend):
        return []
    amounts = {name: money(found.spend[name], language(), view.currency) for name in ("contact", "out")}
    return [say("private_domain.spend", first=found.landmark + 1, last=found.horizon, **amounts)]


def cost(view: View) -> None:
    """Cost per order in both domains, in the period chosen."""
    found = cast("tuple[OrderCost, OrderCost]", cache.answer(view.shop, "private.costs", view.query()))
    rows = [
        {
            "domain": t(f"domain.{one.domain}"),
            "running": one.running,
            "discounts": one.discounts,
            "orders": one.orders,
            "each": one.each,
        }
        for one in found
    ]
    kinds = {
        "domain": pl.String,
        "running": pl.Float64,
        "discounts": pl.Float64,
        "orders": pl.Int64,
        "each": pl.Float64,
    }
    heads = [
        Column(name="domain", heading=t("private_domain.domain")),
        Column(name="running", heading=t("private_domain.running"), unit=Unit.MONEY),
        Column(name="discounts", heading=t("private_domain.discounts"), unit=Unit.MONEY),
        Column(name="orders", heading=t("private_domain.orders"), unit=Unit.ORDERS),
        Column(name="each", heading=t("private_domain.each"), unit=Unit.MONEY_PER_ORDER),
    ]
    remark = t("private_domain.cost_remark" if found[0].running is not None else "private_domain.cost_missing")
    notes = panel.notes(view, "private_cost_per_order", query=view.query(), remarks=[remark])
    table = Table(title=t("private_domain.cost"), frame=pl.DataFrame(rows, schema=kinds), columns=heads, notes=notes)
    tables.show(view, "cost", table, remark=remark)


def channels(view: View) -> None:
    """Each channel, its domain, and whether its buyers can be followed."""
    found = cast("list[Coverage]", cache.answer(view.shop, "private.coverage", view.query()))
    domains = cast("dict[str, str | None]", cache.answer(view.shop, "domains"))
    rows = [
        {
            "channel": label("channel", one.code),
            "domain": t(f"domain.{domains[one.code]}") if domains.get(one.code) else t("private_domain.no_domain"),
            "orders": one.orders,
            "paid": one.paid,
            "share": one.share,
            "verdict": t("private_domain.comparable" if can_be_compared(one) else "private_domain.not_comparable"),
        }
        for one in found
    ]
    kinds = {
        "channel": pl.String,
        "domain": pl.String,
        "orders": pl.Int64,
        "paid": pl.Float64,
        "share": pl.Float64,
        "verdict": pl.String,
    }
    heads = [
        Column(name="channel", heading=t("overview.channel")),
        Column(name="domain", heading=t("private_domain.domain")),
        Column(name="orders", heading=t("private_domain.orders"), unit=Unit.ORDERS),
        Column(name="paid", heading=t("private_domain.paid"), unit=Unit.MONEY),
        Column(name="share", heading=t("private_domain.identified"), unit=Unit.RATIO),
        Column(name="verdict", heading=t("private_domain.followed")),
    ]
    table = Table(
        title=t("private_domain.channels"),
        frame=pl.DataFrame(rows, schema=kinds),
        columns=heads,
        notes=panel.notes(view, query=view.query()),
    )
    tables.show(view, "channels", table, remark=t("private_domain.channels_remark"))


def social(view: View) -> None:
    """The documents' figure on what a customer won through friends costs, with its verdict."""
    figure = benchmark(SOCIAL)
    found = view.ask("social_cac_ratio", query=view.query()) if "social_cac_ratio" in METRICS else []
    for one in judge_all(found, figure):
        value = estimate_text(one.estimate, language(), view.currency) if one.estimate else "—"
        target = value_text(one.target.value, Unit.TIMES, language())
        words = say("private_domain.social", figure=figure.name, value=value, target=target, verdict=one.verdict.label)
        more = [md(one.reason.to(language()))] if one.reason else []
        more.append(say("comparable.ambiguity", text=figure.ambiguity))
        with st.container(border=True, key="social"):
            st.header(say("private_domain.social_title"), anchor=False)
            st.markdown(words)
            st.caption("  \n".join(more))
        report.lines("social", t("private_domain.social_title"), [words, *more])
