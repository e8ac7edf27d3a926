"""The line under a page's question: how far the data reach, how fresh and how healthy they are, which days are shown."""

from datetime import datetime

import polars as pl
import streamlit as st

from ecodash.i18n import ratio
from ecodash.metrics.comparison import Comparison
from ecodash.session.places import bundle_root
from ecodash.ui import cache, state
from ecodash.ui.view import View
from ecodash.ui.words import count, day, language, local_moment, say

LOW_COVERAGE = 0.8


def line(view: View) -> None:
    """Draws the line."""
    if view.whole is None or view.window is None:
        return
    said = [say("head.covers", start=day(view.whole.start), end=day(view.whole.end))]
    said += [say("head.channels", n=count(len(cache.codes(view.shop, "channel"))))]
    coverage = view.ask("orders")[0].coverage
    if coverage is not None:
        said.append(say("head.coverage", share=ratio(coverage, language())))
    said.append(say("head.fresh", moment=_last_load(view)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="scope"):
        _health(view)
        st.caption(" · ".join(said), width="content")
    shown = [say("head.window", start=day(view.window.start), end=day(view.window.end), days=view.window.days)]
    found = view.comparison
    if isinstance(found, Comparison):
        ends = {"start": day(found.before.start), "end": day(found.before.end)}
        shown.append(say("head.compared", **ends, how=found.words.to(language())))
    elif found is not None and state.value("compare") != "off":
        shown.append(say("head.not_compared", reason=found.reason.to(language())))
    st.markdown("".join(shown))


def _health(view: View) -> None:
    found = [one for one in cache.findings(view.shop) if one.severe and one.count]
    if found:
        st.page_link(
            bundle_root() / "pages" / "health.py",
            label=f":orange[{say('head.warnings', n=len(found))}]",
            icon=":material/warning:",
        )
    else:
        st.badge(say("head.healthy"), color="green", icon=":material/check:")


def _last_load(view: View) -> str:
    moments: list[datetime] = cache.loads(view.shop).filter(pl.col("active"))["loaded_at"].to_list()
    return local_moment(max(moments), view.shop.settings.business_zone) if moments else ""
