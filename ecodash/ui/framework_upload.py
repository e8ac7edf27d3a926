"""What to upload: tables that were never loaded, what is in them, and the way to the page that takes them."""

from collections.abc import Sequence

import streamlit as st

from ecodash.core.schema import TABLES
from ecodash.ingest.catalogue import FORMATS
from ecodash.ui import shell
from ecodash.ui.empty import PLATFORMS
from ecodash.ui.labels import label
from ecodash.ui.words import language, md, say, t

ENTITIES = {
    "orders": ("orders", "order_lines"),
    "order_items": ("order_lines",),
    "products": ("products",),
    "customers": ("customers",),
    "inventory": ("inventory",),
    "returns": ("refunds",),
    "shipments": ("shipments",),
    "ad_spend": ("ads_daily",),
    "traffic_daily": ("traffic_daily", "shop_daily"),
    "settlements": ("settlement",),
}
"""What the catalogue of export formats calls the reports that bring a table; others are tables of one's own."""
COLUMNS_NAMED = 6


def how_to_export(tables: Sequence[str], *, key: str) -> None:
    """The tables that would supply what is missing, those that unlock most first, each with where it comes from."""
    with st.expander(say("framework.upload", n=len(tables)), icon=":material/upload_file:", key=f"upload.{key}"):
        for name in tables:
            table = TABLES[name]
            columns = t("panel.and").join(one.meaning.to(language()) for one in table.columns[:COLUMNS_NAMED])
            st.markdown(
                f"**{md(table.label.to(language()))}** · {md(table.grain.to(language()))}  \n:gray[{md(columns)} …]"
            )
            st.caption(_from(name))
        st.page_link(shell.page("data"), label=say("empty.missing.load"), icon=":material/upload_file:")


def _from(name: str) -> str:
    """The platforms whose own export brings the table, and how to get orders out of each; else: a table of one's own."""
    formats = [one for one in FORMATS.values() if one.entity in ENTITIES.get(name, ())]
    platforms = list(dict.fromkeys(one.platform for one in formats))
    if not platforms:
        return say("framework.own_table", table=name)
    named = t("panel.and").join(dict.fromkeys(label("platform", one) for one in platforms))
    said = [say("framework.platform_exports", names=named)]
    if name in {"orders", "order_items"}:
        said += [f"{md(label('platform', one))}: {say(f'export.{one}')}" for one in PLATFORMS]
    return "  \n".join(said)
