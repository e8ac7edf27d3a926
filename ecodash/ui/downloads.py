"""Files to take away: a table in every format, a page as a report. Made when they are asked for."""

from functools import partial

import streamlit as st

from ecodash.export import FORMATS, Table
from ecodash.export.report import Report, chromium, html_bytes, pdf_bytes
from ecodash.ui import report, state
from ecodash.ui.view import View, current
from ecodash.ui.words import say

SUFFIXES = ("csv", "xlsx")


def downloads(view: View, table: Table, key: str) -> None:
    """A button per format; the file is made when it is asked for."""
    with st.popover(say("panel.download"), icon=":material/download:", type="tertiary", key=f"downloads.{key}"):
        for suffix in SUFFIXES:
            form = FORMATS[suffix]
            st.download_button(
                say(f"panel.{suffix}"),
                data=partial(form.write, table, view.reader),
                file_name=f"ecodash-{key}.{suffix}",
                mime=form.media_type,
                on_click="ignore",
                key=f"download.{key}.{suffix}",
                type="tertiary",
            )


def page() -> None:
    """At the end of a page: the whole of it as one file; nothing when the page drew nothing to keep."""
    draft = state.draft()
    if draft is None or not draft.sections:
        return
    view = current()
    made = report.finish(view)
    if made is None:
        return
    with st.popover(say("report.save"), icon=":material/file_save:", key="report"):
        st.caption(say("report.save_help"))
        _report_button(view, made, "html", f"ecodash-{draft.name}")
        if chromium() is not None:
            _report_button(view, made, "pdf", f"ecodash-{draft.name}")


def html(made: Report, view: View) -> bytes:
    """The report as HTML, dated now."""
    return html_bytes(report.dated(made, view), report.look())


def pdf(made: Report, view: View) -> bytes:
    """The report as PDF, dated now. Raises EcodashError when the browser fails."""
    return pdf_bytes(html(made, view))


def _report_button(view: View, made: Report, suffix: str, name: str) -> None:
    make, mime = {"html": (html, "text/html"), "pdf": (pdf, "application/pdf")}[suffix]
    st.download_button(
        say(f"report.{suffix}"),
        data=partial(make, made, view),
        file_name=f"{name}.{suffix}",
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        key=f"report.{suffix}",
        type="tertiary",
    )
