"""A card per file that waits to be confirmed: what it was recognised as, what will be kept, what not and why."""

from functools import partial
from pathlib import Path
from typing import Literal

import polars as pl
import streamlit as st

from ecodash.export import FORMATS, Column, Table
from ecodash.ingest.catalogue import FORMATS as KNOWN
from ecodash.session import FileCard, Session
from ecodash.ui import arrivals, labels, mapping_editor, state
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, say, span, t

Colour = Literal["red", "gray", "orange", "green"]
MOST_PROBLEMS = 6
REASONS_SHOWN = 12


def draw(view: View, shop: Session) -> None:
    """Every waiting file."""
    if state.waiting():
        st.header(say("data.waiting"), anchor=False)
    for key, card in list(state.waiting().items()):
        with st.container(border=True, key=f"card.{key}"):
            _head(key, card, arrivals.folder(shop))
            if card.trouble is not None:
                st.markdown(md(card.trouble.message.to(language())))
                continue
            _facts(card, shop)
            _problems(card)
            if card.needs_mapping:
                mapping_editor.draw(key, card, shop)
            refused(view, card.rejects, key=key, name=card.file)


def _head(key: str, card: FileCard, folder: Path) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{md(card.file)}**", width="stretch")
        label, colour, icon = _standing(card)
        st.badge(say(f"card.{label}"), color=colour, icon=f":material/{icon}:")
        st.button(
            say("card.drop"),
            icon=":material/close:",
            type="tertiary",
            key=f"drop.{key}",
            on_click=partial(arrivals.drop, key, folder),
        )


def _standing(card: FileCard) -> tuple[str, Colour, str]:
    if card.trouble is not None:
        return "unreadable", "red", "error"
    if card.already_loaded is not None:
        return "known_file", "gray", "history"
    if card.needs_mapping:
        return "needs_mapping", "orange", "rule"
    return "ready", "green", "check_circle"


def _facts(card: FileCard, shop: Session) -> None:
    found = card.recognition
    if found is None:
        return
    settings = shop.settings
    facts = {
        "recognised": _format_name(card),
        "period": span(card.period) if card.period else t("card.none"),
        "rows": count(card.rows),
        "kept": count(card.kept) if card.conformed else t("card.later"),
        "rejected": count(card.rejected) if card.conformed else t("card.later"),
        "overlap": _overlap(card),
        "encoding": found.encoding or t("card.workbook"),
        "currency": card.currency or t("card.default", value=settings.base_currency),
        "zone": card.zone or t("card.default", value=settings.business_zone),
    }
    with st.grid("auto", min_column_width=170, gap="small"):
        for name, value in facts.items():
            with st.container(gap=None):
                st.caption(say(f"card.{name}"))
                st.markdown(md(value))


def _format_name(card: FileCard) -> str:
    found = card.recognition
    if found is None or found.format is None:
        nearest = KNOWN.get(found.nearest) if found is not None and found.nearest else None
        return t("card.unknown_near", name=nearest.report) if nearest else t("card.unknown")
    known = KNOWN.get(found.format)
    if known is None:
        return found.format.removeprefix("canonical:")
    return known.report if language() == "zh" else f"{labels.label('platform', known.platform)} · {known.report}"


def _overlap(card: FileCard) -> str:
    if card.already_loaded is not None:
        return t("card.same_file", load=card.already_loaded)
    if card.overlap is None:
        return t("card.later")
    return t("card.overlapping", n=count(card.overlap)) if card.overlap else t("card.no_overlap")


def _problems(card: FileCard) -> None:
    lines = [f"- {md(problem.text.to(language()))}" for problem in card.problems[:MOST_PROBLEMS]]
    if len(card.problems) > MOST_PROBLEMS:
        lines.append(f"- {say('card.more', n=len(card.problems) - MOST_PROBLEMS)}")
    if lines:
        st.markdown("\n".join(lines))


def refused(view: View, rejects: pl.DataFrame | None, *, key: str, name: str) -> None:
    """What is not kept, counted by reason, with the whole list to download; nothing when all is kept."""
    if rejects is None or rejects.is_empty():
        return
    with st.expander(say("card.refused", n=count(rejects.height)), icon=":material/rule:"):
        _reasons(rejects)
        st.download_button(
            say("rejects.download"),
            data=partial(FORMATS["csv"].write, refused_table(rejects, name), view.reader),
            file_name=f"{Path(name).stem}-rejects.csv",
            mime=FORMATS["csv"].media_type,
            on_click="ignore",
            key=f"rejects.{key}",
            icon=":material/download:",
        )


def _reasons(rejects: pl.DataFrame) -> None:
    reason = f"reason_{language()}"
    counted = (
        rejects.group_by(reason, "column")
        .agg(cells=pl.len(), example=pl.col("raw").drop_nulls().first(), rows=pl.col("row_no").sort().head(5))
        .sort("cells", descending=True)
    )
    st.dataframe(
        counted.head(REASONS_SHOWN),
        hide_index=True,
        alt=t("card.refused", n=rejects.height),
        column_config={
            reason: t("rejects.reason"),
            "column": t("rejects.column"),
            "cells": st.column_config.NumberColumn(t("rejects.cells"), format="localized"),
            "example": t("rejects.example"),
            "rows": st.column_config.ListColumn(t("rejects.rows")),
        },
    )


def refused_table(rejects: pl.DataFrame, name: str) -> Table:
    """The refused cells and rows as a file for the person who has to mend them."""
    columns = {
        "file": "rejects.file",
        "row_no": "rejects.row",
        "column": "rejects.column",
        "raw": "rejects.raw",
        f"reason_{language()}": "rejects.reason",
    }
    headings = [Column(name=column, heading=t(key)) for column, key in columns.items()]
    return Table(title=t("rejects.title", file=name), frame=rejects, columns=headings)
