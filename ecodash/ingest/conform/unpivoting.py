"""Wide tables made long: one column per channel or week becomes one row each.

``unpivot = "tv_S:tv,ooh_S:ooh value=spend name=channel"``: the columns named (``header:label``) become rows; their cells
go to the field ``value``, their labels to the field ``name``. A pattern (``W*``) takes every column it fits, labelled by
what the star stands for.
"""

import re
from dataclasses import dataclass, replace

import polars as pl

from ecodash.core.errors import MappingError
from ecodash.core.text import Text
from ecodash.ingest.conform.draft import Context
from ecodash.ingest.raw import ROW


@dataclass(frozen=True, kw_only=True)
class Unpivot:
    """``labels``: header → label, in the order of the file; ``value`` and ``name``: the canonical fields they fill."""

    labels: dict[str, str]
    value: str
    name: str


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
                labels[name] = label or (found[1] if "*" in header else name)
    if not labels:
        raise MappingError(
            Text(f"unpivot“{rule}”没有匹配到任何列。", f"unpivot “{rule}” fits no column of the file."),
            advice=Text("可用的列：" + "、".join(headers[:20]), "Columns: " + ", ".join(headers[:20])),
        )
    return Unpivot(labels=labels, value=words.get("value", "spend"), name=words.get("name", "channel"))


def unpivoted(context: Context) -> Context:
    """The context with long rows in place of wide ones, and the two new fields mapped."""
    rule = context.options.unpivot
    if not rule:
        return context
    shape = parsed(rule, [name for name in context.text.columns if name != ROW])
    kept = [name for name in context.text.columns if name not in shape.labels]
    label, cell = f"·{shape.name}", f"·{shape.value}"
    long = context.text.unpivot(list(shape.labels), index=kept, variable_name=label, value_name=cell)
    long = long.with_columns(pl.col(label).replace(shape.labels)).sort(ROW, maintain_order=True)
    mapping = context.recognition.mapping
    gone = set(shape.labels)
    columns = {field: tuple(h for h in headers if h not in gone) for field, headers in mapping.columns.items()}
    columns = {field: headers for field, headers in columns.items() if headers}
    columns |= {shape.name: (label,), shape.value: (cell,)}
    return replace(
        context, text=long, recognition=replace(context.recognition, mapping=replace(mapping, columns=columns))
    )
