"""The README of the folder: what the shop is, what was planted, what the right answers are. All figures are counted."""

import polars as pl

from ecodash.sample import effects, truths
from ecodash.sample.brand import COLUMN, PLATFORMS, PRODUCTS
from ecodash.sample.calendar import LUNAR_NEW_YEAR
from ecodash.sample.effects import Gap
from ecodash.sample.plan import CONTACT_EFFECT, ELASTICITY, RAISED_TO
from ecodash.sample.readme_words import TEMPLATE
from ecodash.sample.shop import Shop

NAMES = {
    "taobao": "淘宝 Taobao",
    "jd": "京东 JD",
    "pinduoduo": "拼多多 Pinduoduo",
    "douyin": "抖音 Douyin",
    "youzan": "有赞小程序 Youzan",
    "shopify": "独立站 Shopify",
    "store": "自有门店与 App Own stores and app",
}


def readme(shop: Shop) -> str:
    """The text of the README of the folder of ``shop``, in both languages."""
    words = _days(shop) | _counts(shop) | _programmes(shop) | {"rows": _right_answers(shop), "mix": _mix(shop)}
    return TEMPLATE.format(**words)


def _days(shop: Shop) -> dict[str, object]:
    """What follows from the plan alone."""
    plan = shop.plan
    before, after = plan.years
    return {
        "start": plan.period.start, "end": plan.end, "orders": plan.orders, "seed": plan.seed,
        "wave_from": plan.wave.start, "wave_to": plan.wave.end, "wave_sku": "`、`".join(plan.wave_skus),
        "out_from": plan.stock_out.start, "out_to": plan.stock_out.end, "out_sku": plan.stock_out_sku,
        "dead_sku": plan.dead_sku, "dead": plan.dead_after, "new_sku": plan.new_sku, "new": plan.launched,
        "repriced": plan.repriced, "raised": plan.raised, "price_sku": plan.price_sku, "elasticity": ELASTICITY,
        "old_price": f"{PRODUCTS[COLUMN[plan.price_sku]].price / 100:.0f}", "new_price": f"{RAISED_TO[0] / 100:.0f}",
        "less": _percent(1 - (RAISED_TO[0] / PRODUCTS[COLUMN[plan.price_sku]].price) ** ELASTICITY),
        "year_1": f"{before.start} – {before.end}", "year_2": f"{after.start} – {after.end}",
        "lunar": "、".join(str(day) for day in LUNAR_NEW_YEAR if plan.period.contains(day)),
        "evenings": "、".join(str(day) for day in plan.brushing), "effect": f"{CONTACT_EFFECT * 100:.0f}",
        "chances": "、".join(f"{NAMES[p.name]} {p.again:.0%}" for p in PLATFORMS if p.again),
    }  # fmt: skip


def _counts(shop: Shop) -> dict[str, object]:
    """What was counted once the dice had fallen."""
    wave_sold, wave_back = truths.wave(shop)
    late = [
        "{carrier} {0:.1%}".format(row["late"] / row["parcels"], **row)
        for row in truths.lateness(shop).to_dicts()
        if row["parcels"]
    ]
    faked = truths.brushing(shop)
    return {
        "sold": wave_sold,
        "back": wave_back,
        "lost": int(shop.lost["units"].sum()),
        "late": "、".join(late),
        "brushed": faked.height,
        "brushed_amount": f"{(faked['due'][0] if faked.height else 0) / 100:.2f}",
    }


def _programmes(shop: Shop) -> dict[str, object]:
    """The two programmes of the mini-program."""
    buyers, end = effects.first_purchases(shop), shop.plan.end
    contacts, brought = effects.brought_by_contact(shop, buyers)
    return {
        "naive": _compared(effects.naive_member_gap(buyers, end=end)),
        "fair": _points(effects.fair_member_gap(buyers, end=end)),
        "contact": _points(effects.contact_gap(buyers, end=end)),
        "contacts": contacts,
        "brought": brought,
        "brought_share": _percent(brought / contacts) if contacts else "—",
    }


def _compared(gap: Gap) -> str:
    sides = [f"{y} / {n} = {_percent(y / n) if n else '—'}" for n, y in (gap.with_it, gap.without)]
    return f"{sides[0]} vs {sides[1]}（{gap.points * 100:+.1f} points）"


def _points(gap: Gap) -> str:
    margin = 1.96 * gap.error * 100
    return (
        f"{gap.points * 100:+.1f} points（95 %: {gap.points * 100 - margin:+.1f} … {gap.points * 100 + margin:+.1f}）"
    )


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _right_answers(shop: Shop) -> str:
    pairs = zip(truths.totals(shop).rows(), truths.repurchase(shop, 90).rows(), strict=True)
    return "\n".join(_row(row, again) for row, again in pairs)


def _row(row: tuple[str, int, int, int, int, int], again: tuple[str, int, int]) -> str:
    """One line of the table; a platform that does not say who bought has no repurchase rate."""
    name, documents, paid_orders, paid, refund, buyers = row
    currency = "USD" if name == "shopify" else "CNY"
    known = name not in truths.NAMELESS
    people = f"{buyers:,}" if known else "—"
    rate = f"{again[2]} / {again[1]} = {again[2] / again[1]:.1%}" if known and again[1] else "—"
    amount = f"{paid / 100:,.2f} {currency}"
    return f"| {NAMES[name]} | {documents:,} | {paid_orders:,} | {amount} | {refund / 100:,.2f} | {people} | {rate} |"


def _mix(shop: Shop) -> str:
    """One line per platform and the whole: the value of an order in both years."""
    values = truths.order_values(shop).with_columns(pl.col("before", "after").fill_null(0.0))
    lines = []
    for name, before, after in values.select("platform", "before", "after").rows():
        change = f"{after / before - 1:+.1%}" if before else "—"
        lines.append(f"| {NAMES.get(name, '**合计 total**')} | {before:.2f} | {after:.2f} | {change} |")
    return "\n".join(lines)
