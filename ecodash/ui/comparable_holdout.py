"""Where a lot decided: the effect of each experiment; otherwise what to upload to measure one."""

from typing import cast

import polars as pl
import streamlit as st

from ecodash.analysis.difference import Difference
from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.metrics.comparable.holdout import UPLOAD, Effect
from ecodash.ui import cache, panel, report, tables
from ecodash.ui.comparable import Compared
from ecodash.ui.view import View
from ecodash.ui.words import language, md, say, t

FRAME = {
    **dict.fromkeys(("experiment",), pl.String),
    **dict.fromkeys(("treated", "held_out"), pl.Int64),
    **dict.fromkeys(("share", "share_low", "share_high", "spend", "spend_low", "spend_high"), pl.Float64),
}


def draw(view: View, found: Compared) -> None:
    """One row per experiment: the difference of means is the effect."""
    days = found.plan.window
    effects = cast("tuple[Effect, ...]", cache.answer(view.shop, "comparable.holdout", view.query(), days))
    if not effects:
        _absent()
        return
    rows = [
        {
            "experiment": one.experiment,
            "treated": one.treated,
            "held_out": one.held_out,
            **_ends("share", one.share),
            **_ends("spend", one.spend),
        }
        for one in effects
    ]
    units = {"share": Unit.POINTS, "spend": Unit.MONEY_PER_BUYER}
    heads = [
        Column(name="experiment", heading=t("holdout.experiment")),
        Column(name="treated", heading=t("holdout.treated"), unit=Unit.BUYERS),
        Column(name="held_out", heading=t("holdout.held_out"), unit=Unit.BUYERS),
        *(
            Column(name=f"{name}{end}", heading=t(f"holdout.{name}{end}", days=days), unit=unit)
            for name, unit in units.items()
            for end in ("", "_low", "_high")
        ),
    ]
    frame = pl.DataFrame(rows, schema=FRAME)
    table = Table(title=t("holdout.title"), frame=frame, columns=heads, notes=panel.notes(view, query=view.query()))
    tables.show(view, "holdout", table, remark=t("holdout.remark", days=days))


def _ends(name: str, found: Difference | None) -> dict[str, float | None]:
    if found is None:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"))
    return {name: found.value, f"{name}_low": found.interval.low, f"{name}_high": found.interval.high}


def _absent() -> None:
    words = md(UPLOAD.to(language()))
    with st.container(border=True, key="holdout.absent"):
        st.header(say("holdout.title"), anchor=False)
        st.caption(f":material/science: {words}")
    report.lines("holdout", t("holdout.title"), [words])
