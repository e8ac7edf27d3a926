"""Wide tables made long: one column per channel or week becomes one row each.

``unpivot = "tv_S:tv,ooh_S:ooh value=spend name=channel"``: the columns named (``header:label``) become rows; their cells
go to the field ``value``, their labels to the field ``name``. A pattern (``W*``) takes every column it fits, labelled by
what the star stands for.

Weeks without a calendar: ``W* value=paid_qty name=date step=7`` counts them from ``period_start`` in steps of seven days.
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import polars as pl

from ecodash.core.errors import MappingError
from ecodash.core.text import Text
from ecodash.ingest.conform.draft import Context
from ecodash.ingest.raw import ROW


@dataclass(frozen=True, kw_only=True)
class Unpivot:
    """``labels``: header → label, in the order of the file; ``value`` and ``name``: the canonical fields they fill.

    ``step``: days between two numbered columns, when the label is a running number of weeks or days.
    """

    labels: dict[str, str]
    value: str
    name: str
    step: int | None = None


def parsed(rule: str, headers: list[str]) -> Unpivot:
    """The rule as data; raises MappingError when it names no column of the file."""
    words = dict(part.split("=", 1) for part in rule.split() if "=" in part)
    listed = " ".join(part for part in rule.split() if "=" not in part)
    labels: dict[str, str] = {}
    for part in filter(None, re.split(r"[,;]", listed)):
        header, _, label = part.strip().partition(":")
        pattern = re.compile(re.escape(header).replace(r"\*", "(.*)"))
        for name in headers:
            found = pattern.fullmatch(name)
            if found and name not in labels:
                star = found[1] if "*" in header else name
                labels[name] = star if label in ("", "*") else label
    if not labels:
        raise MappingError(
            Text(f"unpivot“{rule}”没有匹配到任何列。", f"unpivot “{rule}” fits no column of the file."),
            advice=Text("可用的列：" + "、".join(headers[:20]), "Columns: " + ", ".join(headers[:20])),
        )
    step = int(words["step"]) if words.get("step", "").isdigit() else None
    return Unpivot(labels=labels, value=words.get("value", "spend"), name=words.get("name", "channel"), step=step)


def unpivoted(context: Context) -> Context:
    """The context with long rows in place of wide ones, and the two new fields mapped."""
    rule = context.options.unpivot
    if not rule:
        return context
    shape = parsed(rule, [name for name in context.text.columns if name != ROW])
    kept = [name for name in context.text.columns if name not in shape.labels]
    label, cell = f"·{shape.name}", f"·{shape.value}"
    long = context.text.unpivot(list(shape.labels), index=kept, variable_name=label, value_name=cell)
    long = long.with_columns(pl.col(label).replace(_labels(shape, context))).sort(ROW, maintain_order=True)
    mapping = context.recognition.mapping
    gone = set(shape.labels)
    columns = {field: tuple(h for h in headers if h not in gone) for field, headers in mapping.columns.items()}
    columns = {field: headers for field, headers in columns.items() if headers}
    columns |= {shape.name: (label,), shape.value: (cell,)}
    return replace(
        context, text=long, recognition=replace(context.recognition, mapping=replace(mapping, columns=columns))
    )


def _labels(shape: Unpivot, context: Context) -> dict[str, str]:
    """The labels; numbered weeks become days, counted from the start the user gives."""
    if shape.step is None:
        return shape.labels
    start = context.options.period_start
    if start is None or not all(label.isdigit() for label in shape.labels.values()):
        raise MappingError(
            Text("这些列只有序号、没有日期。", "These columns are numbered and carry no date."),
            advice=Text("请用 period_start 填写第 0 列是哪一天。", "Say with period_start which day number 0 is."),
        )
    return {header: str(start + timedelta(days=int(label) * shape.step)) for header, label in shape.labels.items()}
