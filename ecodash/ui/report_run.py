"""``python -m ecodash.ui.report_run ORDER``: pages as a report without a screen. ``ecodash report`` starts it.

The pages run as they are, in Streamlit's own script runner, with the address a visitor would have; what they draw is
what the report holds. The order is one JSON object (see ``Order``), and so is the answer.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from streamlit.logger import set_log_level
from streamlit.testing.v1 import AppTest

from ecodash.core.errors import EcodashError, UnknownName
from ecodash.core.text import Language, Text
from ecodash.export.report import Report, html_bytes, pdf_bytes
from ecodash.i18n import t
from ecodash.ui import filters, report, shell
from ecodash.ui.server import MAIN_SCRIPT
from ecodash.ui.words import TAGS

SECONDS = 600
SUFFIXES = (".html", ".htm", ".pdf")


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is wanted. ``address`` are parameters as they stand in a link, ``where`` restrictions by dimension.

    ``out`` names a file (one report of all pages) or a folder (one per page); ``pdf`` asks for a PDF beside each.
    """

    pages: tuple[str, ...]
    out: Path
    language: Language
    address: Mapping[str, Sequence[str]] = field(default_factory=dict)
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pdf: bool = False


def main(argv: Sequence[str]) -> int:
    """Makes what is ordered and says in one line of JSON what was written or what is wrong; 0, or 1 with a problem."""
    set_log_level("ERROR")  # a run without a server warns that there is no server
    answer: dict[str, object]
    try:
        written = make(_read(argv[0]))
    except EcodashError as error:
        answer = {"error": {"zh": error.message.zh, "en": error.message.en}}
    else:
        answer = {"written": [{"file": str(path), "pages": pages} for path, pages in written]}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return int("error" in answer)


def make(order: Order) -> list[tuple[Path, list[str]]]:
    """Writes the files; gives each with the pages in it.

    Raises UnknownName for a page or a filter there is not, and EcodashError with what a page says instead of itself.
    """
    reports = drawn(order)
    if order.out.suffix.lower() in SUFFIXES:
        together = {order.out.with_suffix(".html"): (_joined(list(reports.values()), order.language), list(reports))}
    else:
        together = {order.out / f"{name}.html": (one, [name]) for name, one in reports.items()}
    written = []
    for path, (one, names) in together.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        page, as_pdf = html_bytes(one, report.look()), order.pdf or order.out.suffix.lower() == ".pdf"
        if order.out.suffix.lower() != ".pdf":
            path.write_bytes(page)
            written.append((path, names))
        if as_pdf:
            path.with_suffix(".pdf").write_bytes(pdf_bytes(page))
            written.append((path.with_suffix(".pdf"), names))
    return written


def drawn(order: Order) -> dict[str, Report]:
    """The report of every page ordered, by its name."""
    files = {one: shell.page(one) for section in shell.PAGES.values() for one, _ in section}
    for name in order.pages:
        if name not in files:
            raise UnknownName(Text("页面", "page"), name, list(files))
    app = AppTest.from_file(MAIN_SCRIPT, default_timeout=SECONDS)
    app.context = {"locale": TAGS[order.language]}
    for name, values in _address(order).items():
        app.query_params[name] = list(values)
    app.run()
    found = {}
    for name in order.pages:
        _complain(app)
        app.switch_page(str(files[name])).run()
        _complain(app)
        draft = app.session_state["draft"]
        if draft.report is None:
            raise EcodashError(
                Text(f"页面“{name}”没有可以写进报告的内容。", f"The page “{name}” has nothing to report.")
            )
        found[name] = draft.report
    return found


def _address(order: Order) -> dict[str, Sequence[str]]:
    """The parameters of the address; a dimension may be called by its own name or by that of its filter."""
    known = {name: one.param for one in filters.FILTERS for name in (one.param, one.dimension)}
    address: dict[str, Sequence[str]] = {"shop": ["own"], "lang": [order.language], **order.address}
    for name, values in order.where.items():
        if name not in known:
            raise UnknownName(Text("筛选条件", "filter"), name, list(known))
        address[known[name]] = values
    return address


def _complain(app: AppTest) -> None:
    if app.exception:
        raise EcodashError(Text("页面出错，没有生成报告。", "A page failed; no report was made."))
    if app.error:
        said = report.unmarked(app.error[0].value)
        raise EcodashError(Text(said, said))


def _joined(reports: Sequence[Report], language: Language) -> Report:
    """All pages in one report."""
    if len(reports) == 1:
        return reports[0]
    pages = tuple(page for one in reports for page in one.pages)
    return replace(reports[0], title=f"{t('report.title_many', language)} · ecodash", pages=pages)


def _read(text: str) -> Order:
    said = json.loads(text)
    return Order(**{**said, "out": Path(said["out"]), "pages": tuple(said["pages"])})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
