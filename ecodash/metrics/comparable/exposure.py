"""A status customers get on some day and may lose again: membership, contact with the private domain, an own channel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from ecodash.core.period import day_number
from ecodash.core.text import Text
from ecodash.facts import Frame
from ecodash.metrics.cohort_scope import members
from ecodash.metrics.collect import collected
from ecodash.metrics.reading import Reading
from ecodash.metrics.scope import Scope

NEVER = nw.lit(None, dtype=nw.Int32())
BEGAN, ENDED = "status_day", "status_end"


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """``metric`` is how the ids of its indicators begin, ``landmark`` the day on which its readings look at the status.

    ``people``: one row per customer in scope, facts with ``status_day`` (null: never) and ``status_end``; customers of
    whom the status is not known are not in it. ``upload`` says what to bring when nobody has the status.
    """

    id: str
    metric: str
    landmark: int
    having: Text
    without: Text
    upload: Text
    people: Callable[[Scope], Frame]
    more: tuple[str, ...] = ()

    def standing(self, scope: Scope, *, landmark: int) -> Frame:
        """The same people with ``held`` (0/1): had the status ``landmark`` days after the first purchase, not yet lost."""
        return self.people(scope).with_columns(held=_on(nw.col("first_day") + landmark))

    def today(self, scope: Scope) -> Frame:
        """The same people with ``held`` (0/1): have the status at the end of the data."""
        return self.on(scope, scope.span.end)

    def on(self, scope: Scope, day: date) -> Frame:
        """The same people with ``held`` (0/1): have the status on a day."""
        return self.people(scope).with_columns(held=_on(nw.lit(day_number(day))))

    def known(self, scope: Scope) -> bool:
        """Whether anybody in all the data ever had the status."""
        rows = self.people(scope).filter(~nw.col(BEGAN).is_null())
        return bool(collected(rows.head(1).select("customer_id")).height)


def _on(day: nw.Expr) -> nw.Expr:
    began = (nw.col(BEGAN) <= day).fill_null(value=False)
    still = (nw.col(ENDED) > day).fill_null(value=True)
    return (began & still).cast(nw.Int64)


def _members(scope: Scope) -> Frame:
    """Who is marked as a member without a date is left out: nobody knows when it began."""
    rows = members(scope).with_columns(nw.col("member_day").alias(BEGAN), NEVER.alias(ENDED))
    reading = Reading(source=scope.source, as_of=scope.query.as_of)
    if not reading.loaded(["customers"]):
        return rows
    marked = reading.table("customers").filter(nw.col("is_member"), nw.col("member_since").is_null())
    return rows.join(marked.select("customer_id").unique(), on="customer_id", how="anti")


def _contacts(scope: Scope) -> Frame:
    return members(scope).with_columns(
        nw.col("private_joined_day").alias(BEGAN), nw.col("private_left_day").alias(ENDED)
    )


def _own_channel(scope: Scope) -> Frame:
    """Customers won in a public channel; the status begins with the first order in a private one."""
    own = scope.fact("orders").filter(nw.col("is_sale"), nw.col("domain") == "private", ~nw.col("seq").is_null())
    firsts = own.group_by("customer_id").agg(nw.col("day").min().alias(BEGAN))
    won = members(scope).filter(nw.col("first_domain") == "public")
    return won.join(firsts, on="customer_id", how="left").with_columns(NEVER.alias(ENDED))


MEMBERSHIP = Exposure(
    id="member",
    metric="member",
    landmark=0,
    having=Text("会员", "Members"),
    without=Text("非会员", "non-members"),
    upload=Text(
        "没有一位顾客带入会日期。请上传会员名单（含客户编号和入会日期 member_since），例如有赞的客户导出。",
        "No customer has a joining date. Upload the member list with customer id and joining date (member_since), "
        "such as the customer export of Youzan.",
    ),
    people=_members,
)
CONTACT = Exposure(
    id="contact",
    metric="private",
    landmark=7,
    having=Text("已加私域的顾客", "Private contacts"),
    without=Text("未加私域的顾客", "other customers"),
    upload=Text(
        "没有一位顾客带加入私域的日期。请上传企业微信客户列表，或在客户表里填 private_joined_at（退出日期填 private_left_at）。",
        "No customer has a day of joining the private domain. Upload the WeCom customer list, or a customer list with "
        "private_joined_at (and private_left_at for those who left).",
    ),
    people=_contacts,
    more=("first_member",),
)
OWN_CHANNEL = Exposure(
    id="own_channel",
    metric="private",
    landmark=7,
    having=Text("来过自有渠道的顾客", "Own-channel buyers"),
    without=Text("只在公域的顾客", "public-only buyers"),
    upload=Text(
        "公域首购的顾客里，没有一位在自有渠道下过单。要看迁移，请让同一个人的平台账号和手机号对得上：在客户表里填 person_id。",
        "No customer won in a public channel has ordered in an own one. To see migration, link the platform account "
        "and the phone of one person: fill person_id in the customer list.",
    ),
    people=_own_channel,
    more=("first_member",),
)
EXPOSURES: dict[str, Exposure] = {one.id: one for one in (MEMBERSHIP, CONTACT, OWN_CHANNEL)}
