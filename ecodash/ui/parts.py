"""The parts of a change as people read them: what each is called, how it is written, which were the largest."""

from ecodash import charts
from ecodash.core.unit import Unit
from ecodash.i18n import value_text
from ecodash.metrics.decomposed import Decomposition, Part, PartKind
from ecodash.metrics.dimensions import DIMENSIONS
from ecodash.ui.labels import label
from ecodash.ui.view import View
from ecodash.ui.words import language, say, t

SIDES = {PartKind.MIX: "sales.part_mix", PartKind.RATE: "sales.part_rate"}


def name(found: Decomposition, part: Part) -> str:
    """What a part is called: its group by its own name, and whether its share or its rate moved."""
    if part.group is None or found.dimension is None:
        return part.words.to(language())
    group = label(found.dimension, part.group)
    return t(SIDES[part.kind], name=group) if part.kind in SIDES else group


def signed(view: View, value: float, unit: Unit) -> str:
    """A change as it is written: +¥1.2万, −¥300, +2.1 pp."""
    return charts.waterfall.signed(charts.Step(label="", value=value), unit, view.reader)


def written(view: View, found: Decomposition, part: Part) -> str:
    """The number of a part with its sign."""
    return signed(view, part.value, found.unit)


def from_to(view: View, part: Part) -> str:
    """What a part was and is, such as 1,234 → 1,180; empty where nobody knows."""
    if part.was is None or part.now is None:
        return ""
    return " → ".join(value_text(one, part.unit, language(), view.currency) for one in (part.was, part.now))


def largest(view: View, found: Decomposition) -> str:
    """The two parts that moved most, as a sentence."""
    ordered = sorted(found.parts, key=lambda part: -abs(part.exact))[:2]
    listed = t("panel.and").join(f"{name(found, part)} {written(view, found, part)}" for part in ordered)
    split = DIMENSIONS[found.dimension].name if found.dimension else ""
    return say("sales.answer_parts", dimension=split, parts=listed)
