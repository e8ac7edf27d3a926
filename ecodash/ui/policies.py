"""What counts as a sale: the switches of the sales policy in words, each with what it would move last month."""

from dataclasses import asdict
from typing import cast

import streamlit as st

from ecodash.core.period import Period
from ecodash.core.unit import Unit
from ecodash.session import Session, onboarding
from ecodash.session.reconciliation import Reconciliation
from ecodash.ui import cache, parts, state
from ecodash.ui.view import View
from ecodash.ui.words import named, say, span, t

FLAGS = (
    "include_shipping",
    "include_tax",
    "include_gift_cards",
    "include_test_orders",
    "include_adjustments",
    "include_zero_amount",
)
CHOICES = {"order_day": ("paid", "created"), "refund_dating": ("order", "refund")}
OTHER_WAY = {
    "include_shipping": "shipping",
    "include_tax": "tax",
    "include_gift_cards": "gift_cards",
    "include_test_orders": "tests",
    "include_adjustments": "adjustments",
}


def draw(view: View, shop: Session) -> None:
    """The form; nothing is changed before it is sent."""
    with st.expander(say("policy.title"), icon=":material/policy:", key="policy"):
        st.caption(say("policy.about"))
        effects = _effects(shop)
        if effects is not None:
            st.caption(say("policy.effect_of", period=span(effects.period)))
        with st.form("policy.form", border=False):
            values = {name: _flag(view, shop, name, effects) for name in FLAGS}
            values |= {name: _choice(view, shop, name, effects) for name in CHOICES}
            sent = st.form_submit_button(say("policy.save"), icon=":material/check:", type="primary")
        if sent:
            _save(shop, values)
            st.rerun()


def _save(shop: Session, values: dict[str, str]) -> None:
    now = {name: str(value).lower() for name, value in asdict(shop.settings.policy).items()}
    changed = {f"policy.{name}": value for name, value in values.items() if now[name] != value}
    if changed:
        shop.change_settings(changed)
        cache.look(shop)
    onboarding.confirm(shop, "policy")
    state.leave_message(say("policy.saved" if changed else "policy.kept"), lasting=bool(changed))


def _flag(view: View, shop: Session, name: str, effects: Reconciliation | None) -> str:
    now = getattr(shop.settings.policy, name)
    words = say(f"policy.{name}") + _effect(view, effects, OTHER_WAY.get(name, ""))
    return str(st.toggle(words, value=now, key=f"policy.{name}.{now}")).lower()


def _choice(view: View, shop: Session, name: str, effects: Reconciliation | None) -> str:
    now, ways = getattr(shop.settings.policy, name), CHOICES[name]
    other = next(way for way in ways if way != now)
    code = f"day_{other}" if name == "order_day" else f"refunds_{other}"
    words = say(f"policy.{name}") + _effect(view, effects, code)
    names = named(f"policy.{name}_", ways)
    return str(
        st.radio(words, ways, index=ways.index(now), key=f"policy.{name}.{now}", format_func=names, horizontal=True)
    )


def _effect(view: View, effects: Reconciliation | None, code: str) -> str:
    """What net sales of the month would be more or less, counted the other way."""
    part = next((one for one in effects.alone if one.switch.code == code), None) if effects else None
    if part is None:
        return ""
    moved = parts.signed(view, part.amount / 10_000, Unit.MONEY) if part.amount else t("policy.no_effect")
    return f" :gray[· {say('policy.effect', money=moved)}]"


def _effects(shop: Session) -> Reconciliation | None:
    """Every switch counted the other way in the newest finished month; None without orders."""
    whole = cache.window(shop)
    if whole is None:
        return None
    months = [month for month in whole.months() if month.end <= whole.end]
    month = months[-1] if months else Period(whole.start, whole.end)
    return cast("Reconciliation", cache.answer(shop, "reconciled", "0", month, None, ()))
