"""The monitoring page: rules of the watch, with the false alarms a month shown while a rule is edited."""

from dataclasses import replace

import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.core.watch import HIGHEST, LOWEST, THRESHOLD, WatchRule, Where
from ecodash.i18n import number
from ecodash.metrics.metric import Measured, Ratio, Sum
from ecodash.metrics.monitoring.watch import RULES, Watch, WatchReport, rings_by_chance
from ecodash.metrics.registry import METRICS
from ecodash.ui import cache, monitoring, shell, state
from ecodash.ui.labels import label
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t

YEAR = 365


def rules(view: View, made: WatchReport) -> None:
    """The workspace's own rules with a way to take each off, and the form for another one."""
    with st.container(border=True, key="watch.rules"):
        st.header(say("monitoring.rules"), anchor=False)
        st.caption(say("monitoring.rules_remark"))
        for one in made.watches:
            if one.rule.own:
                _line(view, one)
        if view.shop.moment is None and not view.sample:
            with st.expander(say("monitoring.edit"), icon=":material/tune:"):
                _form(view, made)
        else:
            st.caption(say("monitoring.looking_only"))


def _line(view: View, one: Watch) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        threshold = number(one.rule.threshold, language(), 1)
        rings = "—" if one.false_alarms is None else number(one.false_alarms, language(), 2)
        said = say("monitoring.rule", name=monitoring.name(one.rule), threshold=threshold, rings=rings)
        st.markdown(" · ".join(part for part in (said, md(one.rule.owner)) if part), width="stretch")
        key = f"watch.off.{one.rule.metric}.{hash(one.rule.where)}"
        if st.button(say("goals.remove"), icon=":material/close:", type="tertiary", key=key):
            view.shop.watching.remove(one.rule.metric, one.rule.where)
            st.rerun()


def _form(view: View, made: WatchReport) -> None:
    """Number, channel and threshold; what the threshold would have meant stands below while it is moved."""
    names = {one: METRICS[one].name.to(language()) for one in _watchable()}
    everything = t("monitoring.everywhere")
    channels = {"": everything} | {one: label("channel", one) for one in cache.codes(view.shop, "channel")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        metric = st.selectbox(t("monitoring.number"), list(names), format_func=names.__getitem__, key="rule.metric")
        channel = st.selectbox(
            t("filter.channel"), list(channels), format_func=channels.__getitem__, key="rule.channel"
        )
        owner = st.text_input(t("goals.owner"), key="rule.owner")
    threshold = st.slider(
        t("monitoring.threshold"), LOWEST, HIGHEST, THRESHOLD, 0.1, key="rule.threshold", help=say("monitoring.slider")
    )
    where: Where = (("channel", (channel,)),) if channel else ()
    rule = WatchRule(metric=metric, where=where, threshold=threshold, owner=owner)
    _preview(view, rule, made)
    if st.button(say("monitoring.keep"), type="primary", key="rule.keep"):
        _keep(view, rule)


def _preview(view: View, rule: WatchRule, made: WatchReport) -> None:
    """How often this rule would ring by chance, and how often it would have rung in the last year."""
    plain = replace(rule, threshold=THRESHOLD, owner="")
    tried = cache.answer(view.shop, "monitoring.watch", (plain,), made.days.days, view.shop.moment)
    one = tried.watches[0] if isinstance(tried, WatchReport) else None
    if one is None or one.course is None:
        reason = one.reason.reason.to(language()) if one and one.reason else t("empty.nothing.what")
        st.info(md(reason))
        return
    rings = rings_by_chance(one.course, rule.threshold)
    rung = one.course.rung(rule.threshold, YEAR)
    st.info(
        say(
            "monitoring.preview",
            name=monitoring.name(rule),
            rings="—" if rings is None else number(rings, language(), 2),
            rung=rung,
        ),
        icon=":material/notifications:",
    )


def _keep(view: View, rule: WatchRule) -> None:
    try:
        view.shop.watching.keep(rule)
    except EcodashError as error:
        shell.problem(error)
        return
    state.leave_message(t("monitoring.kept"))
    st.rerun()


def _watchable() -> list[str]:
    """Numbers that have a value of their own every day, the usual ones first."""
    daily = [name for name, one in METRICS.items() if isinstance(one.default.how, Sum | Ratio | Measured)]
    return list(dict.fromkeys([*(rule.metric for rule in RULES), *daily]))
