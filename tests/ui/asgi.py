"""Asks an ASGI application directly: one PUT in, status, headers and JSON out."""

import asyncio
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: dict[str, object]


def put(
    app: ASGIApp, path: str, parts: Iterable[bytes], headers: dict[str, str] | None = None, *, breaks: bool = False
) -> Answer:
    """The answer to a PUT whose body comes in ``parts``; ``breaks``: the connection is lost after them."""
    sent: list[Message] = []
    bodies = list(parts) or [b""]
    waiting: list[Message] = [
        {"type": "http.request", "body": body, "more_body": breaks or body is not bodies[-1]} for body in bodies
    ]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    named = {"host": "testserver", **(headers or {})}
    scope = {
        "type": "http",
        "method": "PUT",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }
    with ThreadPoolExecutor(1) as elsewhere:  # this thread may have a loop of its own, a browser's
        elsewhere.submit(asyncio.run, app(scope, receive, send)).result()
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    answered = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], answered, json.loads(body))
