"""The line under a page's question: how far the data reach, how fresh and how healthy they are, which days are shown."""

import polars as pl
import streamlit as st

from ecodash.i18n import moment_text, ratio
from ecodash.ui import cache
from ecodash.ui.view import View
from ecodash.ui.words import count, day, language, say

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
    if view.compared is not None:
        shown.append(say("head.compared", start=day(view.compared.start), end=day(view.compared.end)))
    st.markdown("".join(shown))


def _health(view: View) -> None:
    found = [one for one in cache.findings(view.shop) if one.severe and one.count]
    if found:
        label, colour, icon = say("head.warnings", n=len(found)), "orange", ":material/warning:"
    else:
        label, colour, icon = say("head.healthy"), "green", ":material/check:"
    st.badge(label, color=colour, icon=icon)


def _last_load(view: View) -> str:
    moments = cache.loads(view.shop).filter(pl.col("active"))["loaded_at"].dt.replace_time_zone("UTC")
    local = moments.dt.convert_time_zone(view.shop.settings.business_zone).max()
    return moment_text(local)
