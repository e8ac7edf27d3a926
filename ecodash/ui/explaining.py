"""The side panel behind a number: how it came about, in a fixed order, and the very rows it rests on."""

from functools import partial

import polars as pl
import streamlit as st

from ecodash.core.text import Text
from ecodash.export import FORMATS, Column, Table
from ecodash.i18n import catalogue, coverage_text, ratio
from ecodash.metrics.explanation import Explanation, Part
from ecodash.metrics.query import Query
from ecodash.metrics.registry import find
from ecodash.ui import cache, sources
from ecodash.ui.view import View
from ecodash.ui.words import count, language, md, number, say, span, t, word

ROWS_SHOWN = 200


def button(view: View, metric: str, query: Query, *, key: str) -> None:
    """The button that opens the side panel."""
    if st.button(say("explain.open"), icon=":material/help:", type="tertiary", key=f"explain.{key}"):
        title = word(find(metric).name)
        st.dialog(title, width="medium", position="right")(partial(_content, view, metric, query))()


def _content(view: View, metric: str, query: Query) -> None:
    words, rows = st.tabs([say("explain.tab_words"), say("explain.tab_rows")], key="explain.tabs", on_change="rerun")
    if words.open:
        with words:
            draw(view, view.explain(metric, query))
    if rows.open:
        with rows:
            _rows(view, metric, query)


def draw(view: View, found: Explanation) -> None:
    """The explanation: sentence, formula, definition, who, window, sources, other definitions, query."""
    st.markdown(f"**{word(found.sentence)}**")
    for warning in found.estimate.warnings:
        st.caption(f":material/warning: {word(warning.text)}")
    if found.estimate.reason is not None:
        st.caption(word(found.estimate.reason))
    _section("formula", [word(found.metric.formula), *([word(found.formula)] if found.formula else [])])
    reading = f"{word(found.definition.name)} `{found.metric.id}:{found.definition.id}`"
    _section("definition", [reading, word(found.definition.meaning), *_caveats(found)])
    if found.confusions:
        _section("not_same", [md(t("panel.and").join(name.to(language()) for name in found.confusions))])
    _section("who", [*_parts(found.included, "included"), *_parts(found.excluded, "excluded")])
    _section("window", _basis(found))
    _section("sources", sources.lines(view, found.loads))
    _section("others", [f"{word(name)} {md(number(one, view.currency, interval=True))}" for name, one in found.others])
    if found.query:
        with st.expander(say("explain.query")):
            st.code(found.query, language="sql", wrap_lines=True)


def _section(name: str, lines: list[str]) -> None:
    if lines:
        text = lines[0] if len(lines) == 1 else "".join(f"- {line}\n" for line in lines)
        st.markdown(f"**{say(f'explain.{name}')}**\n\n{text}")


def _caveats(found: Explanation) -> list[str]:
    texts: list[Text | None] = [found.metric.caveat, found.definition.caveat]
    return [word(text) for text in texts if text is not None]


def _parts(parts: tuple[Part, ...], side: str) -> list[str]:
    return [say(f"explain.{side}", name=part.name, n=count(part.count)) for part in parts]


def _basis(found: Explanation) -> list[str]:
    one = found.estimate
    lines = [md(span(one.window))] if one.window else []
    lines.append(say("explain.sample", n=count(one.n)))
    if one.low is not None:
        lines.append(say("explain.level", level=ratio(one.level, language(), 0)))
    coverage = coverage_text(one.coverage, language())
    return [*lines, *([md(coverage)] if coverage else [])]


def _rows(view: View, metric: str, query: Query) -> None:
    frame = cache.first_rows(view.shop, metric, query, ROWS_SHOWN)
    if frame.is_empty():
        st.caption(say("explain.rows_none"))
        return
    st.caption(say("explain.rows_note", shown=count(frame.height)))
    table = _rows_table(metric, frame)
    shown = {column.name: column.heading for column in table.columns}
    dated = {"day": st.column_config.DateColumn(shown.get("day"), format="YYYY-MM-DD")}
    st.dataframe(
        frame.select(list(shown)), hide_index=True, column_config={**shown, **dated}, alt=t("explain.tab_rows")
    )
    st.download_button(
        say("explain.rows_download"),
        data=partial(_all_rows, view, metric, query),
        file_name=f"ecodash-{metric}-rows.csv",
        mime=FORMATS["csv"].media_type,
        on_click="ignore",
        icon=":material/download:",
        key="explain.download",
    )


def _all_rows(view: View, metric: str, query: Query) -> bytes:
    """Every row as a file, made when it is asked for."""
    return FORMATS["csv"].write(_rows_table(metric, view.shop.rows(metric, query)), view.reader)


def _rows_table(metric: str, frame: pl.DataFrame) -> Table:
    """The rows with their place in the files first, headings in the reader's words where there are some."""
    words = catalogue(language())
    first = [name for name in ("file", "row_no") if name in frame.columns]
    names = [*first, *(name for name in frame.columns if name not in {*first, "load_id"})]
    columns = [Column(name=name, heading=words.get(f"row.{name}", name)) for name in names]
    return Table(title=find(metric).name.to(language()), frame=frame, columns=columns)
