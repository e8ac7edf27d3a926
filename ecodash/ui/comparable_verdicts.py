"""The readings of a comparison held against the figure of the document: a verdict each, the ambiguity beside it."""

import polars as pl

from ecodash.core.unit import Unit
from ecodash.export import Column, Table
from ecodash.framework.verdict import Judgement, judge_all
from ecodash.i18n import value_text
from ecodash.ui import panel, tables
from ecodash.ui.comparable import Compared, text
from ecodash.ui.view import View
from ecodash.ui.words import language, t

VERDICT = ("reading", "value", "target", "verdict", "sure")


def verdicts(view: View, found: Compared) -> None:
    """Every reading of the document's figure with its verdict and how sure it is; the ambiguity stands beside it."""
    relative, points, fair = found.start.lift.relative, found.start.lift.points, found.adjusted.relative
    plain = {"comparable.reading_window": found.window, "comparable.reading_plain": found.today}
    judged = [(t(key), judge_all([one.lift.relative], found.figure)[0]) for key, one in plain.items()]
    judged += [(one.reading.to(language()), one) for one in judge_all([relative, points, fair], found.figure)]
    frame = pl.DataFrame([_verdict(name, one) for name, one in judged], schema=dict.fromkeys(VERDICT, pl.String))
    names = [Column(name=name, heading=t(f"comparable.verdict_{name}")) for name in VERDICT]
    title = t("comparable.verdicts", figure=found.figure.name)
    remark = t("comparable.ambiguity", text=found.figure.ambiguity)
    table = Table(title=title, frame=frame, columns=names, notes=panel.notes(view, query=found.query, remarks=[remark]))
    tables.show(view, "verdicts", table, remark=remark)


def _verdict(name: str, one: Judgement) -> dict[str, str]:
    unit = one.estimate.unit if one.estimate else Unit.RATIO
    sure = {True: t("comparable.sure"), False: t("comparable.unsure"), None: ""}[one.certain]
    return {
        "reading": name,
        "value": text(one.estimate) if one.estimate else "—",
        "target": f"≥ {value_text(one.target.value, unit, language())}",
        "verdict": one.verdict.label.to(language()),
        "sure": one.reason.to(language()) if one.reason else sure,
    }
