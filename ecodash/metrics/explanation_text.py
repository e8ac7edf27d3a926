"""An explanation as text in either language, and as plain values; always eight parts in the same order."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from ecodash.analysis.identity_bounds import IdentityBounds
from ecodash.core.text import LANGUAGES, Language, Text
from ecodash.i18n import coverage_text, interval_text, moment_text, period_text, ratio
from ecodash.metrics.explanation import Explanation, Origin, Other, Population, number, share

PARTS = (
    Text("1 一句话", "1 In plain words"),
    Text("2 公式，代入本次数字", "2 The formula with these numbers"),
    Text("3 口径，以及不同于什么", "3 The definition, and what it is not"),
    Text("4 谁计入，谁没有", "4 Who is in and who is not"),
    Text("5 时间、识别率、样本与区间", "5 Window, coverage, sample, interval"),
    Text("6 来自哪些文件", "6 Files, rows and load times"),
    Text("7 查询", "7 The query"),
    Text("8 同样的数据，换一种口径", "8 Other definitions on the same data"),
)


def to_text(found: Explanation, language: Language, zone: str = "UTC") -> str:
    """The eight parts, each under its heading; ``zone`` is where load times are shown."""
    bodies = (
        [found.sentence, *_remarks(found)],
        [found.metric.formula, *([found.formula] if found.formula else [])],
        _definition(found),
        [line for one in found.populations for line in population_lines(one)],
        basis_lines(found),
        [origin_line(origin, zone) for origin in found.origins],
        [*([found.statement.words, _plain(found.statement.sql)] if found.statement else [])],
        [other_line(one, found) for one in found.others],
    )
    nothing = Text("（没有）", "(none)")
    written = [
        "\n".join(
            [title.to(language), *("  " + line.to(language).replace("\n", "\n  ") for line in lines or [nothing])]
        )
        for title, lines in zip(PARTS, bodies, strict=True)
    ]
    return "\n".join(written)


def to_json(found: Explanation) -> dict[str, object]:
    """Plain values, the keys in the order of the parts; words in both languages."""
    definition = found.definition
    return {
        "metric": found.metric.id,
        "sentence": _words(found.sentence),
        "formula": _words(found.metric.formula),
        "with_numbers": _words(found.formula) if found.formula else None,
        "definition": {
            "id": definition.id,
            "name": _words(definition.name),
            "meaning": _words(definition.meaning),
            "source": definition.source,
        },
        "not_the_same_as": list(found.metric.not_the_same_as),
        "populations": [_population(one) for one in found.populations],
        "estimate": found.estimate.to_json(),
        "as_of": found.as_of,
        "identity_bounds": _bounds(found.bounds),
        "origins": [_origin(one) for one in found.origins],
        "query": {
            "words": _words(found.statement.words) if found.statement else None,
            "sql": found.statement.sql if found.statement else None,
            "engine": found.query,
        },
        "others": [
            {"name": _words(one.name), "differs": one.differs, **one.estimate.to_json()} for one in found.others
        ],
    }


def population_lines(one: Population) -> list[Text]:
    """How many cases there are, how many count, and the others by reason; one line each."""
    head = one.what + Text(
        f"：共 {one.total:,}，计入 {one.counted:,}", f": {one.total:,} in all, {one.counted:,} counted"
    )
    return [
        head,
        *(Text("未计入 ", "left out: ") + p.name + Text(f"：{p.count:,}", f", {p.count:,}") for p in one.excluded),
    ]


def basis_lines(found: Explanation) -> list[Text]:
    """Window, state of knowledge, coverage with its bounds, sample, interval."""
    estimate, lines = found.estimate, []
    if estimate.window:
        days = period_text(estimate.window)
        lines.append(Text(f"时间：{days}", f"Window: {days}"))
    if found.as_of is not None:
        lines.append(Text(f"按第 {found.as_of} 次导入后所知", f"As known after load {found.as_of}"))
    if estimate.coverage is not None:
        lines.append(Text(coverage_text(estimate.coverage, "zh") or "", coverage_text(estimate.coverage, "en") or ""))
    if found.bounds:
        lines += bounds_lines(found.bounds)
    lines.append(Text(f"样本：{estimate.n:,}", f"Sample: {estimate.n:,}"))
    if estimate.low is not None:
        lines.append(_interval(found))
    return lines


def _interval(found: Explanation) -> Text:
    level = f"{found.estimate.level:.0%}"
    low_high = Text(*(interval_text(found.estimate, spoken, found.currency) for spoken in LANGUAGES))
    return Text(f"{level} 置信区间：", f"{level} interval: ") + low_high


def bounds_lines(bounds: IdentityBounds) -> list[Text]:
    """The rate if all unmatched buyers were new or old, and the limits that hold whoever they are."""
    if bounds.all_new is None or bounds.all_old is None:
        return []
    new, old = _percent(bounds.all_new), _percent(bounds.all_old)
    said = Text("如果未识别的买家都是没再来的新客：", "If every unmatched buyer were new and never back: ") + new
    lines = [said + Text("；都是回来的老客：", "; if every one were an old one coming back: ") + old]
    if (
        bounds.low is not None
        and bounds.high is not None
        and (bounds.low, bounds.high) != (bounds.all_new, bounds.all_old)
    ):
        limits = _percent(bounds.low) + Text("–", "–") + _percent(bounds.high)
        lines.append(Text("无论他们是谁，都在 ", "Whoever they are, it lies within ") + limits)
    return lines


def origin_line(origin: Origin, zone: str) -> Text:
    """One load: its file, when it was loaded, and how many of the rows it brought."""
    loaded = origin.loaded_at
    when = moment_text(loaded.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))) if loaded else ""
    said = [part for part in (origin.file, when) if part]
    place = f"{' · '.join(said)} " if said else ""
    return Text(
        f"{place}第 {origin.load_id} 次导入：{origin.rows:,} 行", f"{place}load {origin.load_id}: {origin.rows:,} rows"
    )


def other_line(one: Other, found: Explanation) -> Text:
    """Another reading with its number and how far it is from this one."""
    said = one.name + Text("：", ": ") + share(one.estimate, found.currency)
    return said + Text("。", ". ") + one.meaning


def _remarks(found: Explanation) -> list[Text]:
    reason = [found.estimate.reason] if found.estimate.reason else []
    return [*reason, *(warning.text for warning in found.estimate.warnings)]


def _definition(found: Explanation) -> list[Text]:
    definition = found.definition
    identifier = f"{found.metric.id}:{definition.id}"
    lines = [definition.name + Text(f"（{identifier}）。", f" ({identifier}). ") + definition.meaning]
    lines += [text for text in (definition.caveat, found.metric.caveat) if text]
    lines.append(Text(f"出处：{definition.source}", f"Source: {definition.source}"))
    if found.confusions:
        lines.append(Text("不同于：", "Not the same as: ") + _joined(found.confusions))
    return lines


def _joined(parts: Sequence[Text]) -> Text:
    return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _percent(value: float) -> Text:
    return Text(ratio(value, "zh"), ratio(value, "en"))


def _plain(text: str) -> Text:
    return Text(text, text)


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _population(one: Population) -> dict[str, object]:
    reasons = [{"code": part.code, "what": _words(part.name), "count": part.count} for part in one.excluded]
    return {"what": _words(one.what), "total": one.total, "counted": one.counted, "excluded": reasons}


def _bounds(bounds: IdentityBounds | None) -> dict[str, float | None] | None:
    if bounds is None:
        return None
    return {"all_new": bounds.all_new, "all_old": bounds.all_old, "low": bounds.low, "high": bounds.high}


def _origin(one: Origin) -> dict[str, object]:
    loaded = one.loaded_at.isoformat() if one.loaded_at else None
    return {"load_id": one.load_id, "file": one.file, "loaded_at": loaded, "rows": one.rows}


__all__ = [
    "PARTS",
    "basis_lines",
    "bounds_lines",
    "number",
    "origin_line",
    "other_line",
    "population_lines",
    "to_json",
    "to_text",
]
