"""The sales page: the notes that stand as flags on every chart; adding, changing, importing them."""

from datetime import date
from functools import partial

import streamlit as st

from ecodash.core.errors import EcodashError
from ecodash.core.notebook import EVERYTHING, Note
from ecodash.core.period import Period
from ecodash.export import FORMATS
from ecodash.i18n import period_text
from ecodash.ui import cache, flags, shell, state
from ecodash.ui.view import View
from ecodash.ui.words import count, md, say, t

TEMPLATE = "start,end,text,owner,scope\r\n2026-06-01,2026-06-20,618,,all\r\n2026-06-10,,price cut,,sku:A001\r\n"
SCOPES = ("channel", "store", "sku")
MOST = 100
SHOWN = 20


def notes(view: View) -> None:
    """Every note with ways to change it, the form for another one, and files of them."""
    with st.container(border=True, height="stretch", key="notes"):
        st.header(say("notes.all"), anchor=False)
        st.caption(say("notes.why"))
        key, store = state.switch("events")
        st.toggle(t("notes.events"), key=key, on_change=store, help=say("notes.events_help"))
        found = sorted(view.shop.notebook.notes(), key=lambda note: (note.days, note.id), reverse=True)
        if not found:
            st.caption(say("notes.nothing"))
        for note in found[:SHOWN]:
            _line(view, note)
        if len(found) > SHOWN:
            with st.expander(say("card.more", n=count(len(found) - SHOWN))):
                for note in found[SHOWN:]:
                    _line(view, note)
        with st.container(horizontal=True, gap="small"):
            with st.popover(say("notes.add"), icon=":material/add:"):
                _form(view, None)
            with st.popover(say("notes.file"), icon=":material/table:"):
                _file(view)


def _line(view: View, note: Note) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        about = [part for part in (flags.scope_name(note.scope), note.owner) if part]
        said = say("notes.line", when=period_text(note.days), text=note.text)
        st.markdown(f"{said}  \n:gray[{md(t('panel.and').join(about))}]", width="stretch")
        with st.popover(say("notes.edit"), icon=":material/edit:", type="tertiary", key=f"note.edit.{note.id}"):
            _form(view, note)
        if st.button(say("notes.remove"), icon=":material/close:", type="tertiary", key=f"note.off.{note.id}"):
            view.shop.notebook.remove_note(note.id)
            st.rerun()


def _form(view: View, note: Note | None) -> None:
    last = view.whole.end if view.whole else date.today()  # noqa: DTZ011 - only a proposal in an empty shop
    days = (note.days.start, note.days.end) if note else (last, last)
    scopes = _scopes(view, note)
    with st.form(f"note.{note.id if note else 'new'}", border=False, clear_on_submit=note is None):
        picked = st.date_input(t("notes.days"), value=days, format="YYYY-MM-DD", help=say("notes.days_help"))
        text = st.text_input(t("notes.text"), value=note.text if note else "", placeholder=t("notes.text_hint"))
        owner = st.text_input(t("goals.owner"), value=note.owner if note else "", placeholder=t("goals.owner_hint"))
        scope = st.selectbox(
            t("notes.scope"),
            scopes,
            index=scopes.index(note.scope) if note else 0,
            format_func={one: flags.scope_name(one) for one in scopes}.__getitem__,
        )
        if st.form_submit_button(t("goals.keep"), type="primary") and picked:
            span = Period(min(picked), max(picked))
            _keep(view, Note(days=span, text=text, owner=owner, scope=scope, id=note.id if note else 0))


def _scopes(view: View, note: Note | None) -> list[str]:
    """Everything, the channels and stores there are, the products sold most, and what the note is about already."""
    known = [f"{kind}:{code}" for kind in SCOPES for code in cache.codes(view.shop, kind)[:MOST] if code[0] != "("]
    own = [note.scope] if note and note.scope not in known else []
    return list(dict.fromkeys([EVERYTHING, *known, *own]))


def _keep(view: View, note: Note) -> None:
    book = view.shop.notebook
    try:
        if note.id:
            book.edit_note(note)
        else:
            book.add_note(note.days, note.text, owner=note.owner, scope=note.scope)
    except EcodashError as error:
        shell.problem(error)
        return
    state.leave_message(t("notes.kept"))
    st.rerun()


def _file(view: View) -> None:
    """Notes as a file: all of them, an empty form, and the way back in."""
    st.caption(say("notes.file_help"))
    files = (
        ("template", lambda: b"\xef\xbb\xbf" + TEMPLATE.encode()),
        ("export", partial(view.shop.notebook.export_notes, reader=view.reader)),
    )
    for name, content in files:
        st.download_button(
            say(f"notes.{name}"),
            data=content,
            file_name=f"ecodash-notes-{name}.csv",
            mime=FORMATS["csv"].media_type,
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
            key=f"notes.{name}",
        )
    key = f"notes.upload.{state.turn('notes')}"
    sent = st.file_uploader(t("notes.upload"), type=["csv"], key=key, max_upload_size=2)
    if sent is not None:
        _import(view, sent.getvalue(), sent.name)


def _import(view: View, content: bytes, name: str) -> None:
    try:
        new, known = view.shop.notebook.import_notes(content, file=name)
    except EcodashError as error:
        shell.problem(error)
        return
    state.turn("notes", step=True)
    state.leave_message(t("notes.imported", new=count(new), known=count(known)))
    st.rerun()
