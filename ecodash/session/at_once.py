"""Independent questions asked at the same time: an engine that waits for one core answers on all of them."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Answer = TypeVar("Answer")


def at_once(asks: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """What each of ``asks`` returns, in their order; the first error among them is raised when all are done."""
    running = [_pool().submit(ask) for ask in asks]
    for one in running:
        one.exception()
    return [one.result() for one in running]


@cache
def _pool() -> ThreadPoolExecutor:
    """One pool for the process: every thread keeps its cursor on the workspace."""
    return ThreadPoolExecutor(max_workers=max(os.cpu_count() or 1, 2), thread_name_prefix="question")
