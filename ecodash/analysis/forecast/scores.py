"""How far forecasts were off. Arrays are origins × series × steps; what was not watched is missing and counts nowhere."""

from dataclasses import dataclass

import numpy as np

from ecodash.analysis.forecast.panel import TINY, Floats, Panel


@dataclass(frozen=True, kw_only=True)
class Score:
    """Errors over origins, series and steps.

    ``wape``: Σ|y−f| / Σy per step; ``wape_sum``: the same of the sums over the horizon; ``bias``: Σ(f−y) / Σy, above 0
    when too high; ``mase``: mean absolute error ÷ that of the last cycle repeated in the history; ``rmsse``: root mean
    squared error ÷ that of the last value repeated; ``wrmsse`` weighs series by their last four weeks. None where the
    denominator is 0. Sources: Hyndman & Koehler (2006); Makridakis et al. (2022), the M5 competition.
    """

    wape: float | None
    wape_sum: float | None
    bias: float | None
    mase: float | None
    rmsse: float | None
    wrmsse: float | None

    @property
    def criterion(self) -> float:
        """What methods are chosen by: error of the steps, of the sums, and bias. Lower is better."""
        parts = (self.wrmsse, self.wape_sum, abs(self.bias) if self.bias is not None else None)
        return float(sum(part for part in parts if part is not None))


@dataclass(frozen=True, kw_only=True)
class Scales:
    """Per series: mean absolute change over a cycle, mean squared change over a step, units of the last four weeks."""

    cycle: Floats
    step: Floats
    weight: Floats


def scales(panel: Panel) -> Scales:
    """Scales from the history of a panel; 0 for a series that never moved."""
    jump = np.abs(panel.values[:, panel.rhythm.cycle :] - panel.values[:, : -panel.rhythm.cycle])
    square = np.diff(panel.values, axis=1) ** 2
    return Scales(
        cycle=_row_mean(jump),
        step=_row_mean(square),
        weight=np.nan_to_num(panel.values[:, -panel.rhythm.average :]).sum(axis=1),
    )


def _row_mean(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    found: Floats = np.where(seen, values, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    return found


def score(actual: Floats, path: Floats, scale: Scales) -> Score:
    """The errors of one method."""
    seen = ~np.isnan(actual)
    truth = np.where(seen, actual, 0.0)
    error = np.where(seen, path - truth, 0.0)
    total = float(truth.sum())
    steps = seen.sum(axis=2)
    whole = np.maximum(steps, 1)
    absolute = np.abs(error).sum(axis=2) / whole / np.maximum(scale.cycle, TINY)
    squared = np.sqrt((error**2).sum(axis=2) / whole / np.maximum(scale.step, TINY))
    counted = (steps > 0) & (scale.step > TINY)
    weight = counted * scale.weight
    return Score(
        wape=_ratio(float(np.abs(error).sum()), total),
        wape_sum=_ratio(float(np.abs(error.sum(axis=2)).sum()), total),
        bias=_ratio(float(error.sum()), total),
        mase=_ratio(
            float((absolute * counted * (scale.cycle > TINY)).sum()), float((counted * (scale.cycle > TINY)).sum())
        ),
        rmsse=_ratio(float((squared * counted).sum()), float(counted.sum())),
        wrmsse=_ratio(float((squared * weight).sum()), float(weight.sum())),
    )


def pinball(actual: Floats, quantile: Floats, level: float) -> float | None:
    """Mean pinball loss of one quantile ÷ mean actual; None when nothing sold."""
    seen = ~np.isnan(actual)
    over = np.where(seen, np.where(seen, actual, 0.0) - quantile, 0.0)
    loss = np.maximum(level * over, (level - 1) * over)
    return _ratio(float(loss.sum()), float(np.where(seen, actual, 0.0).sum()))


def _ratio(above: float, below: float) -> float | None:
    return above / below if below > TINY else None
