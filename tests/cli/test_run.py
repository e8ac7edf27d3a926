"""Starting the app from the command line."""

import socket
import sys
import webbrowser
from pathlib import Path

import pytest

from ecodash.cli import application
from tests.cli.terminal import call

SERVES = "import http.server,sys; http.server.HTTPServer(('127.0.0.1', {port}), http.server.BaseHTTPRequestHandler).handle_request()"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_from_a_terminal_the_app_opens_in_the_browser_once_it_listens(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, port: int
) -> None:
    fake = tmp_path / "app.py"
    fake.write_text(SERVES.format(port=port), encoding="utf-8")
    opened: list[str] = []
    popen = application.subprocess.Popen
    monkeypatch.setattr(application.subprocess, "Popen", lambda _, env: popen([sys.executable, str(fake)], env=env))
    monkeypatch.setattr(webbrowser, "open", lambda url: opened.append(url) or True)
    monkeypatch.setattr(application, "sys", _Terminal())
    code, _, _ = call("run", "--port", port)
    assert (code, opened) == (0, [f"http://127.0.0.1:{port}"])


class _Terminal:
    """``sys`` as it is in a terminal."""

    executable = sys.executable

    class stdout:  # noqa: N801
        """A screen."""

        @staticmethod
        def isatty() -> bool:
            return True


def test_an_app_that_ends_at_once_opens_nothing(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    opened: list[str] = []
    popen = application.subprocess.Popen
    gone = [sys.executable, "-c", "import sys; sys.exit(3)"]
    monkeypatch.setattr(application.subprocess, "Popen", lambda _, env: popen(gone, env=env))
    monkeypatch.setattr(webbrowser, "open", lambda url: opened.append(url) or True)
    monkeypatch.setattr(application, "sys", _Terminal())
    code, _, _ = call("run", "--port", port)
    assert (code, opened) == (3, [])
