"""The checklist of the first days: six steps, what each lights up, where it is done; can be put away."""

from functools import partial

import streamlit as st

from ecodash.session import Session, onboarding
from ecodash.session.onboarding import Step
from ecodash.ui import cache, shell, state
from ecodash.ui.labels import label
from ecodash.ui.words import md, say, t, word

HERE = "data"


def draw(shop: Session) -> None:
    """The checklist; one line with a way back once it was put away or everything is done."""
    steps = onboarding.steps(shop)
    done = sum(step.done for step in steps)
    if onboarding.dismissed(shop):
        if done < len(steps):
            with st.container(horizontal=True, vertical_alignment="center", key="onboarding.away"):
                st.caption(say("onboarding.progress", done=done, all=len(steps)), width="content")
                st.button(
                    say("onboarding.show"), type="tertiary", key="onboarding.show", on_click=_away, args=(shop, False)
                )
        return
    with st.container(border=True, key="onboarding"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(say("onboarding.title"), anchor=False, width="stretch")
            st.button(
                say("onboarding.dismiss"), type="tertiary", key="onboarding.dismiss", on_click=_away, args=(shop, True)
            )
        st.progress(done / len(steps), text=say("onboarding.progress", done=done, all=len(steps)))
        upcoming = next((step.code for step in steps if not step.done), "")
        for number, step in enumerate(steps, start=1):
            _step(shop, step, number, now=step.code == upcoming)


def _step(shop: Session, step: Step, number: int, *, now: bool) -> None:
    if step.done:
        _line(step, f":green[:material/check_circle:] {word(step.title)}")
        return
    title = f"**{word(step.title)}**" if now else word(step.title)
    lines = f":gray[:material/counter_{number}:] {title}  \n:gray[{word(step.what)}]"
    if now and step.code == "platform":
        lines += f"  \n{_recognised(shop)}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"step.{step.code}"):
        st.markdown(lines, width="stretch")
        if now and step.page != HERE:
            st.page_link(shell.page(step.page), label=say("onboarding.go"), icon=":material/arrow_forward:")
        if now and step.asks:
            st.button(say("onboarding.confirm"), key=f"confirm.{step.code}", on_click=partial(confirm, shop, step.code))
    _line(step, "")


def _line(step: Step, said: str) -> None:
    """The pages a step lights up, as links, after what is said of it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"lights.{step.code}"):
        if said:
            st.markdown(said, width="content")
        st.caption(say("onboarding.lights"), width="content")
        for page in step.lights:
            st.page_link(shell.page(page), label=say(f"{page}.nav"))


def confirm(shop: Session, code: str) -> None:
    """Notes that a person confirmed a step."""
    onboarding.confirm(shop, code)
    state.leave_message(say("onboarding.confirmed"))


def _recognised(shop: Session) -> str:
    """The platforms found and the zone in which days are cut."""
    platforms = t("panel.and").join(label("platform", code) for code in cache.codes(shop, "platform"))
    return md(t("onboarding.recognised", platforms=platforms, zone=shop.settings.business_zone))


def _away(shop: Session, away: bool) -> None:  # noqa: FBT001 - a callback is called with positions
    onboarding.dismiss(shop, away=away)
