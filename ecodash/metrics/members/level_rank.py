"""The order of member levels, from their names: V1 below V2, silver below gold. What members spend is never looked at."""

import re
from collections.abc import Iterable

LADDER = (
    *(
        "普通",
        "注册",
        "basic",
        "regular",
        "standard",
        "铜",
        "青铜",
        "bronze",
        "银",
        "白银",
        "silver",
        "金",
        "黄金",
        "gold",
    ),
    *("铂金", "白金", "platinum", "钻石", "diamond", "黑金", "黑卡", "black", "至尊", "supreme"),
)
_NUMBER = re.compile(r"\d+")


def ranked(names: Iterable[str]) -> tuple[str, ...] | None:
    """The levels from low to high: by their number, else by the usual words; None when names do not say."""
    levels = sorted(set(names))
    numbers = {name: int(found[0]) for name in levels if (found := _NUMBER.search(name))}
    if len(numbers) == len(levels) and len(set(numbers.values())) == len(levels):
        return tuple(sorted(levels, key=numbers.__getitem__))
    steps = {name: step for name in levels if (step := _step(name)) is not None}
    if len(steps) == len(levels) and len(set(steps.values())) == len(levels):
        return tuple(sorted(levels, key=steps.__getitem__))
    return None


def _step(name: str) -> int | None:
    """The place on the ladder of the longest of its words in a name."""
    said = name.lower()
    fitting = [index for index, word in enumerate(LADDER) if word in said]
    return max(fitting, key=lambda index: (len(LADDER[index]), index)) if fitting else None
