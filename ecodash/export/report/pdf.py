"""A report as PDF, printed by the Chromium of the machine."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ecodash.core.errors import EcodashError
from ecodash.core.text import Text

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SECONDS = 90
ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # a second lock behind the file's own policy: no name is looked up
    "--window-size=760,1100",
    "--run-all-compositor-stages-before-draw",
    "--virtual-time-budget=20000",
)


@cache
def chromium() -> str | None:
    """The browser to print with: ``ECODASH_CHROMIUM``, else the first one on the path; None without."""
    return os.environ.get("ECODASH_CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)


def pdf_bytes(page: bytes) -> bytes:
    """``page`` (one self-contained HTML file) printed. Raises EcodashError without a browser or when it fails.

    The browser keeps its sandbox; only for the superuser, whom Chromium refuses otherwise, it is switched off. What it
    opens is our own file, whose policy allows two scripts by their hash and no request.
    """
    browser = chromium()
    if browser is None:
        raise EcodashError(
            Text(
                "这台机器上没有找到 Chromium 或 Chrome，无法生成 PDF。",
                "No Chromium or Chrome was found to print with.",
            ),
            advice=Text(
                "请安装后再试，或导出 HTML 后用浏览器打印。",
                "Install one, or take the HTML file and print it from a browser.",
            ),
        )
    with TemporaryDirectory(prefix="ecodash-pdf-") as place:
        source, target = Path(place, "report.html"), Path(place, "report.pdf")
        source.write_bytes(page)
        superuser = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        call = [browser, *ARGUMENTS, *superuser, f"--user-data-dir={place}/profile", f"--print-to-pdf={target}"]
        try:
            subprocess.run([*call, source.as_uri()], check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - a fixed call on our own file
            return target.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise EcodashError(
                Text(f"浏览器没能打印出 PDF（{browser}）。", f"The browser could not print the PDF ({browser})."),
                advice=Text("请改用 HTML 文件。", "Take the HTML file instead."),
            ) from error
