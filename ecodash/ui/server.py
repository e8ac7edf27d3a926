"""What surrounds the pages: routes, security headers, warm-up, the answer to an unexpected error.

Used by ``app.py`` only. Middleware is pure ASGI because one that reads bodies would buffer uploads.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex

import anyio
import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ecodash.core.errors import EcodashError
from ecodash.ui import uploads

log = logging.getLogger("ecodash")

MAIN_SCRIPT = str(Path(__file__).with_name("main.py"))

# Streamlit needs inline styles and, for its sparklines, compiled expressions; everything else stays on this server.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' ws: wss: data: blob:",
    "worker-src": "'self' blob:",
    "frame-ancestors": "'self'",
    "base-uri": "'self'",
    "object-src": "'none'",
}
HEADERS = (
    (b"content-security-policy", "; ".join(f"{what} {where}" for what, where in POLICY.items()).encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
)


class SecurityHeaders:
    """Adds the security headers to every HTTP answer that does not have them yet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; only the start of the answer is touched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message.get("headers", ())}
                message["headers"] = [
                    *message.get("headers", ()),
                    *(header for header in HEADERS if header[0] not in present),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def on_script_error(error: BaseException) -> bool:
    """Shows a reference id instead of a traceback and logs the traceback under it."""
    from ecodash.ui.words import t  # noqa: PLC0415  (as in ``warm_up``)

    reference = token_hex(4)
    log.error("page error %s", reference, exc_info=error)
    st.error(t("error.unexpected", reference=reference), icon=":material/error:")
    return True


def warm_up() -> None:
    """Loads the heavy libraries and opens the shop the first visitor will see; trouble is left for the page to tell."""
    from ecodash.ui import cache, view  # noqa: F401, PLC0415  (the server answers while these load)

    try:
        cache.open_first_shop()
    except EcodashError as error:
        log.warning("%s", error)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, object]]:
    """Opens the upload route and, on a thread, loads what the first page would otherwise wait for."""
    uploads.enable()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(anyio.to_thread.run_sync, warm_up)
        yield {}


ROUTES = [Route("/api/upload/{token}", uploads.receive, methods=["PUT"])]
MIDDLEWARE = [Middleware(SecurityHeaders)]
