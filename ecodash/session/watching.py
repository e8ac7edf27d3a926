"""The watch of one workspace: its rules, those every shop begins with and its own, and the report they give."""

from dataclasses import replace
from math import isfinite

from ecodash.core.errors import InputError
from ecodash.core.text import Text
from ecodash.core.watch import HIGHEST, LOWEST, WatchRule, Where
from ecodash.metrics.dimensions import dimension
from ecodash.metrics.monitoring.watch import RULES
from ecodash.metrics.registry import resolve
from ecodash.store import Workspace


class Watching:
    """What is watched. Writing raises WorkspaceError where the workspace is open for reading only."""

    def __init__(self, workspace: Workspace) -> None:
        self._kept = workspace.notebook.watch

    def rules(self) -> list[WatchRule]:
        """The rules every shop begins with, in their order, then its own; a kept rule stands in place of a given one."""
        own = {(one.metric, one.where): one for one in self._kept.rules()}
        given = [own.pop((one.metric, one.where), one) for one in RULES]
        return [*given, *own.values()]

    def keep(self, rule: WatchRule) -> WatchRule:
        """Keep a rule, in place of an earlier one for the same number and filter.

        Raises UnknownName for the metric or a dimension, InputError for a threshold out of range.
        """
        if not isfinite(rule.threshold) or not LOWEST <= rule.threshold <= HIGHEST:
            raise InputError(
                Text(
                    f"灵敏度要在 {LOWEST:g} 到 {HIGHEST:g} 之间，现在是 {rule.threshold:g}。",
                    f"The threshold must lie between {LOWEST:g} and {HIGHEST:g}; {rule.threshold:g} does not.",
                )
            )
        resolve(rule.metric)
        for name, _ in rule.where:
            dimension(name)
        owner = " ".join("".join(sign if sign.isprintable() else " " for sign in rule.owner).split())
        kept = replace(rule, owner=owner, own=True)
        self._kept.keep(kept)
        return kept

    def remove(self, metric: str, where: Where = ()) -> None:
        """Take a kept rule away; one every shop begins with falls back to its own threshold. Raises UnknownName."""
        self._kept.remove(metric, where)
