"""People: the customer file of the mini-program, points, invitations, reviews, service tickets."""

from pathlib import Path

import polars as pl

from ecodash.sample.brand import COLUMN
from ecodash.sample.cells import listed, of_place, of_product, of_store, padded, stamp
from ecodash.sample.ids import person
from ecodash.sample.own_shop import NEW_BUYERS
from ecodash.sample.places import CARRIERS
from ecodash.sample.plan import LATE_CARRIER
from ecodash.sample.records.own import seller
from ecodash.sample.sheet import Columns, put_plain
from ecodash.sample.shop import Shop

REVIEWED, RECENT = 0.16, 540  # share of delivered orders, of so many last days
VERIFIED, COMPANIES = 0.82, 0.03  # shares of customers
SPENT = 0.3  # share of the points earned of which half is spent again
LEFT = 0.06  # share of contacts who leave
SCANNED = 0.04  # share of the buyers on Taobao who scan the card in the parcel
INVITED = 0.12  # share of the mini-program's buyers who came by invitation
TICKETS = 0.05
MINI = "youzan/网店"  # the mini-program as its own export names it
CATEGORIES = (
    *("enquiry",) * 9, *("technical",) * 4, *("complaint",) * 3, *("refund",) * 4, "delivery", "fake", "privacy", "fraud", "ip",
)  # fmt: skip
VIA = ("invite", "share", "invite", "creator", "group")


def write(shop: Shop, directory: Path) -> list[Path]:
    """The lists about people."""
    orders = shop.orders
    return [
        _customers(shop, directory),
        _cards(shop, directory),
        _points(shop, orders, directory),
        _referrals(shop, orders, directory),
        _reviews(shop, orders, directory),
        _tickets(shop, orders, directory),
    ]


def _customers(shop: Shop, directory: Path) -> Path:
    """What the customer file adds to the platform's: age, kind of buyer, who has left, and who knows only the stores."""
    dice = shop.plan.dice(23)
    strangers = (
        shop.of("store").orders.filter(pl.col("buyer") >= NEW_BUYERS).group_by("buyer", maintain_order=True).first()
    )
    ours = shop.people.select("buyer", "place", "met", home=pl.lit(MINI))
    rows = pl.concat(
        [ours, strangers.sort("buyer").select("buyer", "place", met=None, home=pl.lit("store"))], how="vertical_relaxed"
    )
    n = rows.height
    gone = pl.col("met") + pl.duration(days=listed(dice.integers(20, 400, n)))
    left = pl.when(listed(dice.random(n) < LEFT) & (gone <= shop.plan.last_moment)).then(gone)
    yes, no = pl.lit("true"), pl.lit("false")
    columns: Columns = {
        "customer_id": person(),
        "verified": pl.when(listed(dice.random(n) < VERIFIED)).then(yes).otherwise(no),
        "buyer_type": pl.when(listed(dice.random(n) < COMPANIES)).then(pl.lit("company")).otherwise(pl.lit("person")),
        "birth_year": listed(dice.integers(1968, 2006, n)),
        "city": of_place(1),
        "first_channel_id": pl.col("home"),
        "private_left_at": left.dt.date(),
    }
    return put_plain(directory / "customer_file.csv", rows, columns)


def _cards(shop: Shop, directory: Path) -> Path:
    """Buyers on Taobao who scanned the card in the parcel and became contacts; it brought none of them back."""
    dice = shop.plan.dice(28)
    paid = shop.of("taobao").orders.filter(pl.col("paid_at").is_not_null())
    first = paid.group_by("buyer").agg(first=pl.col("paid_at").min()).sort("buyer")
    n = first.height
    some, wait = listed(dice.random(n)) < SCANNED, pl.duration(days=listed(dice.integers(3, 21, n)))
    rows = first.with_columns(met=pl.col("first") + wait).filter(some, pl.col("met") <= shop.plan.last_moment)
    columns: Columns = {
        "customer_id": padded("buyer", 6, before="taobao_tmall:示例买家"),
        "private_joined_at": pl.col("met").dt.date(),
    }
    return put_plain(directory / "parcel_card_contacts.csv", rows, columns)


def _points(shop: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    """A point per yuan for members, spent again in the mini-program or in a store."""
    joined = shop.people.filter(pl.col("joined").is_not_null()).select("buyer", "joined")
    dice = shop.plan.dice(24)
    own = orders.filter(pl.col("platform").is_in(["youzan", "store"]), pl.col("paid_at").is_not_null())
    rows = own.join(joined, on="buyer", maintain_order="left").filter(pl.col("paid_at") >= pl.col("joined"))
    rows = rows.select("buyer", "platform", at=pl.col("paid_at"), points=pl.col("paid") // 100)
    chance = listed(dice.random(rows.height))
    minutes = pl.duration(minutes=listed(dice.integers(60, 60_000, rows.height)))
    used = rows.with_columns(at=pl.col("at") + minutes, points=-(pl.col("points") // 2)).filter(chance < SPENT)
    used = used.with_columns(platform=pl.when(pl.col("points") % 3 == 0).then(pl.lit("store")).otherwise("platform"))
    both = pl.concat([rows, used]).filter(pl.col("at") <= shop.plan.last_moment, pl.col("points") != 0)
    columns: Columns = {
        "customer_id": person(),
        "at": stamp("at"),
        "channel_id": pl.when(pl.col("platform") == "store").then(pl.lit("store")).otherwise(pl.lit(MINI)),
        "points": pl.col("points"),
    }
    return put_plain(directory / "points_ledger.csv", both.sort("at", "buyer"), columns)


def _referrals(shop: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    """Who invited whom; invitations nobody took up have no invitee."""
    dice, people = shop.plan.dice(25), shop.people.sort("first", "buyer").with_row_index("at")
    first = orders.filter(pl.col("platform") == "youzan").sort("created").group_by("buyer", maintain_order=True).first()
    rows = people.join(first.select("buyer", "number", "created"), on="buyer", maintain_order="left")
    came = listed(dice.random(rows.height) < INVITED)
    by = listed(dice.random(rows.height))
    rows = rows.with_columns(by=(by * pl.col("at")).floor().cast(pl.Int64), came=came).filter(pl.col("at") > 0)
    known = people.select(by=pl.col("at").cast(pl.Int64), referrer=pl.col("buyer"))
    rows = rows.join(known, on="by", maintain_order="left").with_columns(
        taken=pl.col("came"), asked=pl.col("came") | (pl.col("at") % 5 == 0)
    )
    rows = rows.filter("asked").with_columns(nth=pl.int_range(pl.len()))
    invitee, took = person(), pl.col("taken")
    columns: Columns = {
        "referral_id": padded("nth", 6, before="INV-", plus=1),
        "referrer_id": padded("referrer", 8, before="phone:100", plus=1),
        "shared_at": pl.col("created").dt.offset_by("-3h").dt.strftime("%Y-%m-%d %H:%M:%S"),
        "via": listed(VIA).gather(pl.col("nth") % len(VIA)),
        "invitee_id": pl.when(took).then(invitee),
        "order_id": pl.when(took).then("number"),
        "reward_amount": pl.when(took).then(pl.lit("15.00")).otherwise(pl.lit("0.00")),
    }
    return put_plain(directory / "referrals.csv", rows, columns)


def _reviews(shop: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    """Reviews of the last year and a half; late parcels and faulty tees get few stars, faked orders five within the hour."""
    dice, plan = shop.plan.dice(26), shop.plan
    first = shop.lines.filter(pl.col("line") == 1).select("order", "product")
    rows = orders.filter(pl.col("done_at").is_not_null(), pl.col("day") >= plan.days - RECENT)
    rows = rows.join(first, on="order", maintain_order="left")
    n, faked = rows.height, pl.col("cause") == "brushing"
    some = listed(dice.random(n) < REVIEWED)
    wait = listed(dice.integers(3_600, 6 * 86_400, n))
    tees = pl.col("product").is_in([COLUMN[sku] for sku in plan.wave_skus])
    faulty = tees & pl.col("paid_at").dt.date().is_between(plan.wave.start, plan.wave.end)
    bad = (pl.col("carrier") == CARRIERS[LATE_CARRIER]) & (pl.col("delivered_at") > pl.col("promised_at"))
    stars = listed(5 - dice.binomial(2, 0.2, n))
    poor = listed(dice.integers(1, 4, n))
    at = pl.col("done_at") + pl.duration(seconds=pl.when(faked).then(wait % 3_000 + 60).otherwise(wait))
    rows = rows.with_columns(
        at=at, stars=pl.when(faked).then(5).when((bad | faulty).fill_null(value=False)).then(poor).otherwise(stars)
    ).filter(some | faked, pl.col("at") <= plan.last_moment)
    columns: Columns = {
        "review_id": padded("order", 8, before="RV"),
        "order_id": pl.col("number"),
        "sku_id": of_product("sku"),
        "seller_id": seller(),
        "store_id": pl.when(pl.col("platform") == "store").then(of_store()),
        "rating": pl.col("stars"),
        "reviewed_at": stamp("at"),
        "has_media": pl.when(pl.col("order") % 4 == 0).then(pl.lit("true")).otherwise(pl.lit("false")),
    }
    return put_plain(directory / "reviews.zip", rows.sort("at", "order"), columns)


def _tickets(shop: Shop, orders: pl.DataFrame, directory: Path) -> Path:
    """What customers asked and complained about; late parcels ask most."""
    dice, cutoff = shop.plan.dice(27), shop.plan.last_moment
    rows = orders.filter(pl.col("delivered_at").is_not_null())
    late = (pl.col("delivered_at") > pl.col("promised_at")).fill_null(value=False)
    chance = pl.when(late).then(6 * TICKETS).otherwise(TICKETS)
    kind = listed(CATEGORIES).gather(listed(dice.integers(0, len(CATEGORIES), rows.height)))
    wait = pl.duration(minutes=listed(dice.integers(1, 60, rows.height)))
    solved = pl.duration(minutes=listed(dice.integers(90, 4_000, rows.height)))
    csat = listed(5 - dice.binomial(4, 0.18, rows.height))
    opened = pl.col("delivered_at") + pl.duration(minutes=listed(dice.integers(30, 3_000, rows.height)))
    rows = rows.with_columns(
        kind=pl.when(late).then(pl.lit("delivery")).otherwise(kind), opened=opened, csat=csat, replied=opened + wait
    ).with_columns(resolved=pl.col("replied") + solved)
    rows = rows.filter(listed(dice.random(rows.height)) < chance, pl.col("opened") <= cutoff)
    columns: Columns = {
        "ticket_id": padded("order", 8, before="TK"),
        "order_id": pl.col("number"),
        "category": pl.col("kind"),
        "opened_at": stamp("opened"),
        "first_reply_at": stamp("replied"),
        "resolved_at": pl.when(pl.col("resolved") <= cutoff).then(stamp("resolved")),
        "csat": pl.when(pl.col("order") % 2 == 0).then(pl.col("csat")),
    }
    return put_plain(directory / "tickets.csv", rows.sort("opened", "order"), columns)
