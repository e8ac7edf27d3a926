"""The six steps that make a workspace's numbers the operator's own: what is done, and what each step lights up.

Some steps show in the data; what only a person can confirm is kept in ``onboarding.json`` in the workspace folder.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import narwhals as nw

from ecodash.core.errors import InputError
from ecodash.core.text import Text
from ecodash.session.session import Session
from ecodash.store import problems

FILE = "onboarding.json"
DISMISSED = "dismissed"
DOMAINS = ("private", "public")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: ``page`` is where it is done, ``lights`` the pages it brings to life. ``asks`` a person to confirm."""

    code: str
    title: Text
    what: Text
    page: str
    lights: tuple[str, ...]
    asks: bool = False
    done: bool = False


STEPS = (
    Step(
        code="orders",
        title=Text("上传订单", "Upload orders"),
        what=Text("把平台导出的订单文件原样拖进来。", "Drop the order files in, just as the platforms export them."),
        page="data",
        lights=("overview", "sales"),
    ),
    Step(
        code="platform",
        title=Text("确认平台和时区", "Confirm platforms and time zone"),
        what=Text(
            "看看识别出的平台对不对；每一天都按这个时区切分。",
            "See whether the platforms were recognised; every day is cut in this time zone.",
        ),
        page="data",
        lights=("sales",),
        asks=True,
    ),
    Step(
        code="policy",
        title=Text("确认什么算一笔销售", "Confirm what counts as a sale"),
        what=Text(
            "运费、税、礼品卡、退款算在哪天；在本页下方更改或确认。",
            "Shipping, tax, gift cards, the day refunds count on: change or confirm it further down this page.",
        ),
        page="data",
        lights=("overview", "sales", "definitions"),
        asks=True,
    ),
    Step(
        code="reconcile",
        title=Text("与平台对一个月的账", "Reconcile one month with the platform"),
        what=Text(
            "输入平台后台的数字，差额会拆到每一条口径。",
            "Type the platform's own figure; the difference is taken apart policy by policy.",
        ),
        page="reconcile",
        lights=("reconcile",),
    ),
    Step(
        code="channels",
        title=Text("把渠道归到公域或私域", "Map channels to public or private"),
        what=Text(
            "建议已按平台给出；在本页下方更改或确认。",
            "A proposal is there by platform: change or confirm it further down this page.",
        ),
        page="data",
        lights=("overview", "sales", "repurchase"),
        asks=True,
    ),
    Step(
        code="more",
        title=Text("补充会员、库存和成本", "Add members, stock and costs"),
        what=Text(
            "会员表、库存快照、含成本的商品表，三样都有才完成。",
            "A member list, stock snapshots and a product table with costs: all three.",
        ),
        page="data",
        lights=("repurchase", "health"),
    ),
)
CODES = tuple(step.code for step in STEPS)


def steps(session: Session) -> list[Step]:
    """The six steps in order, each with whether it is done; nothing counts as confirmed before orders are there."""
    loaded, confirmed = session.tables_loaded(), _kept(session)
    shown = {"orders": "orders" in loaded, "more": _has_more(session, loaded)}
    agreed = {code: "orders" in loaded and code in confirmed for code in CODES}
    return [replace(step, done=shown.get(step.code, agreed[step.code])) for step in STEPS]


def confirm(session: Session, code: str) -> None:
    """A person says that a step is done. Raises KeyError for an unknown step, WorkspaceError where nothing can be kept."""
    if code not in CODES:
        raise KeyError(code)
    _keep(session, _kept(session) | {code})


def dismiss(session: Session, *, away: bool) -> None:
    """Put the checklist away or bring it back."""
    kept = _kept(session)
    _keep(session, kept | {DISMISSED} if away else kept - {DISMISSED})


def dismissed(session: Session) -> bool:
    """Whether the checklist was put away."""
    return DISMISSED in _kept(session)


def domains(session: Session) -> dict[str, str | None]:
    """The channels with orders: private, public or None, as the settings say, else as proposed."""
    orders = session.source.fact("orders").group_by("channel_id").agg(domain=nw.col("domain").max(), orders=nw.len())
    rows = orders.collect("polars").to_native().drop_nulls("channel_id").sort("orders", "channel_id", descending=True)
    return dict(rows.select("channel_id", "domain").iter_rows())


def set_domains(session: Session, chosen: Mapping[str, str]) -> None:
    """Put channels into the private or public domain from now on. Raises InputError for any other domain."""
    if unknown := sorted(set(chosen.values()) - set(DOMAINS)):
        raise InputError(Text(f"没有“{unknown[0]}”这种域。", f"There is no domain “{unknown[0]}”."))
    settings = session.settings
    kept = {"private": set(settings.private_channels), "public": set(settings.public_channels)}
    wanted = {
        domain: tuple(sorted((kept[domain] - set(chosen)) | {one for one, place in chosen.items() if place == domain}))
        for domain in DOMAINS
    }
    session.workspace.change_settings(
        replace(settings, private_channels=wanted["private"], public_channels=wanted["public"])
    )


def _has_more(session: Session, loaded: set[str]) -> bool:
    if not {"customers", "inventory", "products"} <= loaded:
        return False
    members = session.source.table("customers").filter(~nw.col("member_since").is_null() | nw.col("is_member"))
    costs = session.source.table("products").filter(~nw.col("unit_cost").is_null())
    return all(frame.head(1).collect("polars").shape[0] > 0 for frame in (members, costs))


def _place(session: Session) -> Path:
    return session.workspace.folder.root / FILE


def _kept(session: Session) -> frozenset[str]:
    try:
        said = json.loads(_place(session).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(str(code) for code in said) if isinstance(said, list) else frozenset()


def _keep(session: Session, codes: frozenset[str]) -> None:
    place = _place(session)
    with problems.explained(session.workspace.folder.root):
        fresh = place.with_suffix(".new")
        fresh.write_text(json.dumps(sorted(codes)), encoding="utf-8")
        fresh.replace(place)
