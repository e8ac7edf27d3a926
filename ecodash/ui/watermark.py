"""The sample shop's watermark: its words across every page, faint, out of the way of the pointer and unheard by screen readers."""

from html import escape

import streamlit as st

_ROWS, _PER_ROW = 9, 14
_SHEET = (
    "position:fixed;inset:-20vh -20vw;z-index:9;overflow:hidden;pointer-events:none;user-select:none;"
    "display:flex;flex-direction:column;justify-content:space-around;transform:rotate(-18deg);opacity:.045"
)
_LINE = "white-space:nowrap;font-size:1.5rem;font-weight:700;letter-spacing:.08em"


def watermark(words: str) -> None:
    """Draws ``words`` all over the page; they take no place, no click and no focus, and are printed with it."""
    line = escape("\u2003\u2003".join([words] * _PER_ROW))
    rows = "".join(
        f'<div style="{_LINE};margin-left:{"-6rem" if row % 2 else "0"}">{line}</div>' for row in range(_ROWS)
    )
    st.html(f'<div class="watermark" aria-hidden="true" style="{_SHEET}">{rows}</div>', width="content")
