"""All state of the interface, and the only file that touches the session state or the address bar.

What a colleague should see when you send him the link is a *parameter*: it lives in the address with a stable code,
the same in both languages, and survives page changes, reload, back and a language switch. What is only passing
(files waiting to be confirmed, a message to show once) lives in the session and dies with it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from ecodash.session import FileCard
from ecodash.ui.report_draft import Draft

LONGEST = 120
TOKENS_AT_HAND = 12


@dataclass(frozen=True, kw_only=True)
class Param:
    """One parameter of the address: its ``default`` is not written; ``allowed`` None means any short text."""

    name: str
    default: tuple[str, ...] = ()
    allowed: tuple[str, ...] | None = None
    many: bool = False

    def clean(self, values: Sequence[str]) -> tuple[str, ...] | None:
        """The usable ones among ``values`` from an address; None when none is usable."""
        kept = tuple(dict.fromkeys(v for v in values if 0 < len(v) <= LONGEST and self._allows(v)))
        if not kept:
            return None
        return kept if self.many else kept[-1:]

    def _allows(self, value: str) -> bool:
        return self.allowed is None or value in self.allowed


def declare(params: Sequence[Param]) -> None:
    """Names the parameters of this session; once per run, before anything is read."""
    st.session_state["params"] = {param.name: param for param in params}


def values(name: str) -> tuple[str, ...]:
    """The values of a parameter now; none while the parameters are not declared."""
    declared: dict[str, Param] = st.session_state.get("params", {})
    found: tuple[str, ...] = st.session_state.get(f"q.{name}", declared[name].default if name in declared else ())
    return found


def value(name: str) -> str:
    """The value of a single parameter now; empty text when it has none."""
    found = values(name)
    return found[-1] if found else ""


def put(name: str, new: Sequence[str]) -> None:
    """Sets a parameter, here and in the address."""
    param: Param = st.session_state["params"][name]
    st.session_state[f"q.{name}"] = tuple(new)
    _write(param)
    st.session_state[f"url.{name}"] = _read(param)


def reset(names: Sequence[str]) -> None:
    """Gives the parameters their defaults again."""
    for name in names:
        put(name, st.session_state["params"][name].default)


def sync(page: str) -> None:
    """Brings session and address together; once per run, after the navigation and before any widget.

    A new address (a link opened, back, forward) wins over the session; changing the page keeps what was chosen.
    """
    moved = st.session_state.get("page") not in {None, page}
    st.session_state["page"] = page
    for param in st.session_state["params"].values():
        now, seen = _read(param), st.session_state.get(f"url.{param.name}")
        if now is not None and now != seen:
            st.session_state[f"q.{param.name}"] = now
        elif now is None and seen is not None and not moved and param.name not in st.query_params:
            st.session_state[f"q.{param.name}"] = param.default
        _write(param)
        st.session_state[f"url.{param.name}"] = _read(param)


def address() -> dict[str, list[str]]:
    """The parameters that differ from their defaults, as they stand in the address."""
    params: dict[str, Param] = st.session_state["params"]
    return {name: list(values(name)) for name, param in params.items() if values(name) not in {param.default, ()}}


def widget(name: str) -> tuple[str, Callable[[], None]]:
    """The key of the widget that edits a parameter, holding its value, and the callback that stores a change."""
    key = f"w.{name}.{value('lang')}"
    param: Param = st.session_state["params"][name]
    held: object = list(values(name)) if param.many else (value(name) or None)
    if st.session_state.get(key) != held:
        st.session_state[key] = held

    def store() -> None:
        chosen = st.session_state[key]
        new = chosen if isinstance(chosen, list) else [chosen] if chosen else []
        if not new or param.clean(new):  # a label that was renamed meanwhile comes back as text: what was stays
            put(name, new)

    return key, store


def switch(name: str) -> tuple[str, Callable[[], None]]:
    """Like ``widget`` for a parameter that is ``on`` or ``off``: the widget holds True or False."""
    key = f"w.{name}.{value('lang')}"
    if st.session_state.get(key) != (value(name) == "on"):
        st.session_state[key] = value(name) == "on"

    def store() -> None:
        put(name, ["on" if st.session_state[key] else "off"])

    return key, store


def shell_ran(*, now: bool) -> bool:
    """Whether the shell ran before this page in this run; notes ``now`` for the next question."""
    before = bool(st.session_state.get("shell", False))
    st.session_state["shell"] = now
    return before


@dataclass(frozen=True, kw_only=True)
class Message:
    """Something to say in the next run; a ``lasting`` one stands on the page, others pass by."""

    text: str
    icon: str
    lasting: bool


def leave_message(text: str, icon: str = ":material/check_circle:", *, lasting: bool = False) -> None:
    """Leaves a message for the next run."""
    st.session_state.setdefault("messages", []).append(Message(text=text, icon=icon, lasting=lasting))


def messages() -> Iterator[Message]:
    """The messages left by the last run, once."""
    yield from st.session_state.pop("messages", [])


def new_key() -> str:
    """A key no waiting file has."""
    return f"f{turn('waiting', step=True)}"


def waiting() -> dict[str, FileCard]:
    """The files of this session that were received and not confirmed yet, by token; change it in place."""
    files: dict[str, FileCard] = st.session_state.setdefault("waiting", {})
    return files


def arrived(key: str) -> list[dict[str, str]]:
    """The files the upload field with this key reported as sent: token and name each."""
    said = st.session_state.get(key) or {}
    return list(said.get("done") or ())


def upload_tokens(still_open: Callable[[list[str]], list[str]], fresh: Callable[[int], list[str]]) -> list[str]:
    """A dozen tokens that can still take a file; the used ones among them are replaced."""
    usable = still_open(st.session_state.get("tokens", []))
    st.session_state["tokens"] = [*usable, *fresh(TOKENS_AT_HAND - len(usable))]
    return list(st.session_state["tokens"])


def turn(name: str, *, step: bool = False) -> int:
    """A counter to put into widget keys; with ``step`` it grows, so that the widget starts afresh."""
    counters: dict[str, int] = st.session_state.setdefault("turns", {})
    counters[name] = counters.get(name, 0) + int(step)
    return counters[name]


def new_draft(draft: Draft) -> None:
    """Begins the report of a page; whatever another page left is forgotten."""
    st.session_state["draft"] = draft


def draft() -> Draft | None:
    """The report of this page as far as it is drawn; None before a page began."""
    found: Draft | None = st.session_state.get("draft")
    return found


def held(key: str) -> object:
    """What a widget with this key holds; None when it was not drawn yet."""
    return st.session_state.get(key)


def _read(param: Param) -> tuple[str, ...] | None:
    return param.clean(st.query_params.get_all(param.name))


def _write(param: Param) -> None:
    now = values(param.name)
    if now == param.default or not now:
        if param.name in st.query_params:
            del st.query_params[param.name]
    elif tuple(st.query_params.get_all(param.name)) != now:
        st.query_params[param.name] = list(now)
