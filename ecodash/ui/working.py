"""A long question with a progress bar: asked in a thread of its own, so that the page can say how far it has come."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

import streamlit as st

from ecodash.ui import member_answers

Answer = TypeVar("Answer")
SOON, STEP = 0.4, 0.25


def watched(said: str, question: Callable[[], Answer]) -> Answer:
    """The answer; a bar with the words ``said`` (Markdown) stands on the page when it takes longer than a moment."""
    share = [0.0]

    def ask() -> Answer:
        member_answers.PROGRESS.set(lambda done: share.__setitem__(0, done))
        return question()

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(ask)
        wait([future], timeout=SOON)
        if not future.done():
            _bar(said, future, share)
        return future.result()


def _bar(said: str, future: "Future[Answer]", share: list[float]) -> None:
    place = st.empty()
    while not future.done():
        place.progress(min(max(share[0], 0.0), 1.0), text=said)
        wait([future], timeout=STEP)
    place.empty()
