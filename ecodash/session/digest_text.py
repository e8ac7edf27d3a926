"""A digest as Markdown or as one HTML file that needs nothing else."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from ecodash.core.errors import InputError
from ecodash.core.text import Language, Text
from ecodash.i18n import day_text, month_text, span_text, t, value_text
from ecodash.metrics.monitoring.watch import Watch
from ecodash.metrics.registry import find, resolve
from ecodash.session.digest import Digest

SUFFIXES = (".html", ".htm", ".md")
PARTS = 4
Block = tuple[str, Sequence[str] | Sequence[Sequence[str]]]
_SPECIAL = "\\`*_{}[]<>#|"
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1f2933}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #d5dbe1;padding:.35rem .6rem;"
    "text-align:left}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:1.8rem}"
)


def write(found: Digest, path: Path, language: Language) -> None:
    """Write the digest; raises InputError for a suffix that is neither .html nor .md."""
    if path.suffix.lower() not in SUFFIXES:
        said = path.suffix or path.name
        raise InputError(
            Text(
                f"简报只能写成 .html 或 .md，不能写成“{said}”。", f"A digest is written as .html or .md, not “{said}”."
            )
        )
    text = markdown(found, language) if path.suffix.lower() == ".md" else html(found, language)
    path.write_text(text, encoding="utf-8")


def markdown(found: Digest, language: Language) -> str:
    """The digest as Markdown; what comes from data is shown as it is."""
    lines = [f"# {_plain(_title(found, language))}", "", _plain(_headline(found, language)), ""]
    for heading, body in _blocks(found, language):
        lines += [f"## {_plain(heading)}", "", *_markdown(body), ""]
    return "\n".join([*lines, f"*{_plain(_foot(found, language))}*", ""])


def html(found: Digest, language: Language) -> str:
    """The digest as one HTML document without any request to elsewhere."""
    title = escape(_title(found, language))
    parts = [f"<h1>{title}</h1><p><strong>{escape(_headline(found, language))}</strong></p>"]
    for heading, body in _blocks(found, language):
        parts.append(f"<h2>{escape(heading)}</h2>{_html(body)}")
    parts.append(f"<p><small>{escape(_foot(found, language))}</small></p>")
    tag = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _title(found: Digest, language: Language) -> str:
    return t("digest.title", language, span=span_text(found.days, language))


def _headline(found: Digest, language: Language) -> str:
    changed = found.watch.changed
    judged = sum(one.tested.p is not None for one in found.watch.watches)
    if not changed:
        return t("digest.headline_quiet", language, judged=judged)
    names = t("chart.list_separator", language).join(_name(one, language) for one in changed)
    return t("digest.headline_changed", language, n=len(changed), names=names)


def _foot(found: Digest, language: Language) -> str:
    said = t("digest.foot", language, end=day_text(found.days.end))
    left_out = found.watch.left_out
    return said if left_out is None else f"{said} {t('monitoring.left_out', language, day=day_text(left_out))}"


def _blocks(found: Digest, language: Language) -> Iterable[Block]:
    changed = [line for one in found.watch.changed for line in _change(found, one, language)]
    if changed:
        yield t("digest.changed", language), changed
    yield t("digest.numbers", language), _numbers(found, language)
    findings = [t("digest.finding", language, n=one.count, text=one.text) for one in found.findings]
    yield t("digest.data", language), findings or [t("digest.healthy", language)]
    goals = [_goal(found, at, language) for at in range(len(found.paces))]
    if goals:
        yield t("digest.goals", language), goals
    yield t("monitoring.orders", language), [t("digest.orders", language, n=found.suspicious)]


def _change(found: Digest, one: Watch, language: Language) -> list[str]:
    """The number in a sentence, then the largest parts of its change."""
    rings = f"{one.false_alarms or 0.0:.2f}"
    key = "monitoring.changed"
    values = {"value": _value(found, one, one.value, language), "expected": _value(found, one, one.expected, language)}
    said = [f"{_name(one, language)} {t(key, language, **values, rings=rings)}"]
    if one.why is None:
        return said
    parts = one.why.gathered(PARTS).parts
    listed = [f"{part.words.to(language)} {_signed(found, one, part.value, language)}" for part in parts]
    against = t("monitoring.against", language, span=span_text(one.why.before, language))
    return [*said, f"{against} {t('chart.list_separator', language).join(listed)}"]


def _signed(found: Digest, one: Watch, value: float, language: Language) -> str:
    return f"{'+' if value > 0 else ''}{_value(found, one, value, language)}"


def _numbers(found: Digest, language: Language) -> list[list[str]]:
    heads = [t(f"digest.column_{name}", language) for name in ("number", "now", "expected", "verdict")]
    rows = [heads]
    for one in found.watch.watches:
        if one.course is not None:
            verdict = "none" if one.tested.p is None else "changed" if one.changed else "normal"
            rows.append(
                [
                    _name(one, language),
                    _value(found, one, one.value, language),
                    _value(found, one, one.expected, language),
                    t(f"monitoring.verdict_{verdict}", language),
                ]
            )
    return rows


def _goal(found: Digest, at: int, language: Language) -> str:
    one = found.paces[at]
    metric = find(one.goal.metric)
    written = [
        "—" if value is None else value_text(value, metric.unit, language, found.currency)
        for value in (one.actual, float(one.goal.value))
    ]
    month = month_text(one.goal.month, language)
    return t("digest.goal", language, metric=metric.name, month=month, actual=written[0], goal=written[1])


def _name(one: Watch, language: Language) -> str:
    name = resolve(one.rule.metric)[0].name.to(language)
    where = "; ".join(value for _, values in one.rule.where for value in values)
    return t("monitoring.with_filter", language, metric=name, where=where) if where else name


def _value(found: Digest, one: Watch, value: float | None, language: Language) -> str:
    unit = resolve(one.rule.metric)[0].unit
    return "—" if value is None else value_text(value, unit, language, found.currency)


def _plain(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _SPECIAL else sign for sign in text)


def _markdown(body: Sequence[str] | Sequence[Sequence[str]]) -> list[str]:
    rows = [list(row) for row in body if not isinstance(row, str)]
    if not rows:
        return [f"- {_plain(str(line))}" for line in body]
    lines = ["| " + " | ".join(_plain(cell) for cell in row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]


def _html(body: Sequence[str] | Sequence[Sequence[str]]) -> str:
    rows = [list(row) for row in body if not isinstance(row, str)]
    if not rows:
        return "<ul>" + "".join(f"<li>{escape(str(line))}</li>" for line in body) + "</ul>"
    cells = [
        "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
        for tag, row in (("th" if i == 0 else "td", row) for i, row in enumerate(rows))
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
