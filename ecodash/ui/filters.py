"""The filters every page shares: their parameters in the address, their fields in the side bar, their chips.

Some filters choose orders ("orders that came through …"), some choose people ("customers who …"). Membership of a
cohort is decided before orders are filtered, so a filter on orders never turns a returning buyer into a new one.
"""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from ecodash.core.period import Period
from ecodash.metrics.comparison import is_open
from ecodash.session import Session
from ecodash.ui import cache, periods, state
from ecodash.ui.labels import label
from ecodash.ui.state import Param
from ecodash.ui.words import NAMES, day, named, say, t


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter: its parameter in the address and the dimension of the registry it restricts."""

    param: str
    dimension: str
    people: bool = False


FILTERS = (
    Filter(param="channel", dimension="channel"),
    Filter(param="domain", dimension="domain"),
    Filter(param="member", dimension="member"),
    Filter(param="category", dimension="category"),
    Filter(param="store", dimension="store"),
    Filter(param="province", dimension="province"),
    Filter(param="country", dimension="country"),
    Filter(param="cohort", dimension="first_month", people=True),
)
SALES_METRICS = (
    *("net_sales", "paid_amount", "orders", "active_buyers", "spend_per_buyer", "aov", "items_per_order"),
    *("units", "discount_depth", "refund_amount", "refund_rate_amount"),
)
SALES_DIMENSIONS = (
    *("channel", "domain", "category", "product", "sku", "province", "city", "country", "store", "platform"),
    *("new_returning", "member", "private", "weekday", "hour"),
)
STEPS = ("auto", "day", "week", "month")
NAMES_OF_ALL = ("period", "from", "to", "compare", "before_from", "before_to", *(one.param for one in FILTERS))


def params(*, language: str, shop: str) -> list[Param]:
    """The parameters of the address; ``language`` and ``shop`` are what holds when the address is silent."""
    return [
        Param(name="lang", default=(language,), allowed=tuple(NAMES)),
        Param(name="shop", default=(shop,), allowed=("own", "sample")),
        Param(name="period", default=("90d",), allowed=periods.PRESETS),
        Param(name="from"),
        Param(name="to"),
        Param(name="compare", default=("previous",), allowed=periods.COMPARISONS),
        Param(name="before_from"),
        Param(name="before_to"),
        *(Param(name=one.param, many=True) for one in FILTERS),
        Param(name="days", default=("90",)),
        Param(name="reading", default=("day",), allowed=("day", "order", "curve")),
        Param(name="cells", default=("percent",), allowed=("percent", "count", "amount")),
        Param(name="months", default=("12",), allowed=("12", "24", "all")),
        Param(name="sum", default=("off",), allowed=("off", "on")),
        Param(name="metric", default=("net_sales",), allowed=SALES_METRICS),
        Param(name="by", default=("channel",), allowed=SALES_DIMENSIONS),
        Param(name="events", default=("on",), allowed=("on", "off")),
        Param(name="step", default=("auto",), allowed=STEPS),
    ]


def where() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The restrictions chosen now, as the engine takes them."""
    return tuple((one.dimension, state.values(one.param)) for one in FILTERS if state.values(one.param))


def fields(shop: Session, whole: Period | None) -> None:
    """The fields in the side bar."""
    if whole is None:
        return
    _period(whole)
    _comparison(whole)
    for one in FILTERS:
        _field(shop, one)
    if any_chosen():
        st.button(say("filter.reset"), icon=":material/restart_alt:", type="tertiary", on_click=clear, key="reset")


def any_chosen() -> bool:
    """Whether anything differs from what a fresh visitor sees."""
    return any(name in state.address() for name in NAMES_OF_ALL)


def clear() -> None:
    """Everything as a fresh visitor sees it."""
    state.reset(NAMES_OF_ALL)


def chips() -> None:
    """The restrictions in force, each with a way to take it off."""
    if not where():
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for one in FILTERS:
            for value in state.values(one.param):
                st.button(
                    say("filter.chip", name=t(f"filter.{one.param}"), value=label(one.dimension, value)),
                    key=f"chip.{one.param}.{value}",
                    icon=":material/close:",
                    help=say("filter.remove"),
                    on_click=partial(take_off, one.param, value),
                )


def take_off(param: str, value: str) -> None:
    """Removes one restriction."""
    state.put(param, [kept for kept in state.values(param) if kept != value])


def last_chosen() -> tuple[str, str] | None:
    """The restriction to take off first when nothing is left: parameter and value."""
    chosen = [(one.param, value) for one in FILTERS for value in state.values(one.param)]
    return chosen[-1] if chosen else None


def label_of(param: str, value: str) -> str:
    """How a value of a filter is called."""
    return label(next(one.dimension for one in FILTERS if one.param == param), value)


def in_words() -> list[str]:
    """The restrictions as sentences, for exports."""
    return [
        t(
            "filter.chip",
            name=t(f"filter.{one.param}"),
            value=t("panel.and").join(label(one.dimension, value) for value in state.values(one.param)),
        )
        for one in FILTERS
        if state.values(one.param)
    ]


def _period(whole: Period) -> None:
    key, store = state.widget("period")
    st.selectbox(
        t("filter.period"),
        periods.PRESETS,
        key=key,
        on_change=store,
        format_func=named("period.", periods.PRESETS),
    )
    if state.value("period") == "custom":
        _days("filter.custom", ("from", "to"), whole)


def _comparison(whole: Period) -> None:
    """What to compare with; while a month, quarter or year is unfinished the period before means: to date."""
    key, store = state.widget("compare")
    preset = state.value("period")
    window = periods.resolve(preset, whole, periods.custom_from(state.value("from"), state.value("to")))
    names = {code: t(f"compare.{code}") for code in periods.COMPARISONS}
    if is_open(window, periods.UNIT_OF.get(preset)):
        names["previous"] = t("compare.to_date")
    st.selectbox(t("filter.compare"), periods.COMPARISONS, key=key, on_change=store, format_func=names.__getitem__)
    if state.value("compare") == "custom":
        _days("filter.before", ("before_from", "before_to"), whole)


def _days(key: str, names: tuple[str, str], whole: Period) -> None:
    """A field for both ends of a period; what was picked goes into the parameters ``names``."""
    chosen = periods.custom_from(*(state.value(name) for name in names))
    shown = (chosen.clip(whole) if chosen else None) or whole
    picked = st.date_input(
        t(key),
        value=(shown.start, shown.end),
        min_value=whole.start,
        max_value=whole.end,
        format="YYYY-MM-DD",
        key=f"{names[0]}.{shown.start}.{shown.end}",
    )
    if len(picked) == 2 and picked != (shown.start, shown.end):  # noqa: PLR2004
        for name, end in zip(names, picked, strict=True):
            state.put(name, [day(end)])
        st.rerun()


def _field(shop: Session, one: Filter) -> None:
    options, chosen = cache.codes(shop, one.dimension), state.values(one.param)
    if len(options) < 2 and not chosen:  # noqa: PLR2004
        return
    key, store = state.widget(one.param)
    names = {code: label(one.dimension, code) for code in (*options, *chosen)}
    st.multiselect(
        t(f"filter.{one.param}"),
        [*options, *(value for value in chosen if value not in options)],
        key=key,
        on_change=store,
        format_func=lambda code: names.get(code, code),
        placeholder=t("filter.any"),
        help=say("filter.people" if one.people else "filter.orders"),
        select_all=False,
    )


def link_text(base: str) -> str:
    """The address of exactly this view, to send to a colleague; ``base`` is the page's own address."""
    query = urlencode({**state.address(), "lang": state.values("lang"), "shop": state.values("shop")}, doseq=True)
    return f"{base.split('?', 1)[0]}?{query}"
