"""The customers page, fourth part: what each segment buys next, how often that is right, and what is bought together."""

from typing import cast

import polars as pl
import streamlit as st

from ecodash.analysis.hit_rate import TOP, HitRate
from ecodash.analysis.next_product import Wanted
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.i18n import ratio
from ecodash.metrics.value.baskets import NextProducts
from ecodash.ui import cache, panel, tables
from ecodash.ui.customers import Customers, segment_name
from ecodash.ui.customers_value import put_off, wanted
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, t

MOST_PAIRS = 50


def upcoming(view: View, found: Customers) -> None:
    """A list per segment for a push to its community; products a customer has are not suggested to him."""
    if not wanted(found):
        put_off("next", t("customers.next"))
        return
    answer = cast("NextProducts | None", cache.answer(view.shop, "value.next", found.query, found.thresholds))
    if answer is None or answer.lists.is_empty():
        _nothing("next", t("customers.next"), t("customers.next_none"))
        return
    frame = answer.lists.with_columns(
        segment=pl.Series([segment_name(code) for code in answer.lists["group"]], dtype=pl.String)
    )
    columns = [
        Column(name="segment", heading=t("customers.segment")),
        Column(name="rank", heading=t("customers.rank"), unit=Unit.COUNT),
        Column(name="name", heading=t("customers.product")),
        Column(name="item", heading=t("customers.item")),
        Column(name="customers", heading=t("customers.could"), unit=Unit.BUYERS),
    ]
    remark = _rates(answer)
    notes = panel.notes(view, query=found.query, remarks=[remark])
    tables.show(
        view, "next", Table(title=t("customers.next"), frame=frame, columns=columns, notes=notes), remark=remark
    )


def _rates(answer: NextProducts) -> str:
    """How often the lists would have been right in the last 30 days, beside simply what is popular."""
    new = next((one for one in answer.rates if one.wanted is Wanted.NEW), None)
    said = [t("customers.next_rule")] if answer.similar else [t("customers.next_popular")]
    if new is None or new.ours is None or new.popular is None:
        return " ".join([*said, t("customers.next_unchecked")])
    return " ".join([*said, _compared(new, new.ours, new.popular)])


def _compared(one: HitRate, ours: float, popular: float) -> str:
    inside = one.interval
    better = ours > popular
    return t(
        "customers.next_better" if better else "customers.next_worse",
        k=TOP,
        n=count(one.customers),
        ours=ratio(ours, language()),
        low=ratio(inside.low, language()) if inside else "–",
        high=ratio(inside.high, language()) if inside else "–",
        popular=ratio(popular, language()),
    )


def together(view: View, found: Customers) -> None:
    """Pairs bought in one order more often than chance."""
    if not wanted(found):
        put_off("pairs", t("customers.pairs"))
        return
    answer = cast("pl.DataFrame | None", cache.answer(view.shop, "value.pairs", found.query))
    if answer is None or answer.is_empty():
        _nothing("pairs", t("customers.pairs"), t("customers.pairs_none"))
        return
    columns = [
        Column(name="first_name", heading=t("customers.first")),
        Column(name="second_name", heading=t("customers.second")),
        Column(name="baskets", heading=t("customers.baskets"), unit=Unit.ORDERS),
        Column(name="support", heading=t("customers.support"), unit=Unit.RATIO),
        Column(name="confidence", heading=t("customers.confidence"), unit=Unit.RATIO),
        Column(name="back", heading=t("customers.back"), unit=Unit.RATIO),
        Column(name="lift", heading=t("customers.lift"), unit=Unit.TIMES),
        Column(name="p", heading=t("customers.p"), unit=Unit.INDEX),
    ]
    remark = t("customers.pairs_remark", n=count(answer.height), sure=count(answer.filter(pl.col("p") < 0.05).height))  # noqa: PLR2004
    notes = panel.notes(view, query=found.query, remarks=[remark])
    table = Table(title=t("customers.pairs"), frame=answer.head(MOST_PAIRS), columns=columns, notes=notes)
    tables.show(view, "pairs", table, remark=remark)


def _nothing(key: str, title: str, why: str) -> None:
    with st.container(border=True, height="stretch", key=f"{key}.none"):
        st.header(md(title), anchor=False)
        st.caption(md(why))
