"""Gradient boosting over all series at once, for the deep mode: pays with many series and two years of history.

Poisson loss on demand ÷ its eight-week mean, the step of the horizon is a feature (no recursion). Month and day of the
year only with two years, else they mislead. Source: scikit-learn's HistGradientBoostingRegressor.
"""

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from ecodash.analysis.forecast.panel import TINY, Floats, Panel, mean_known
from ecodash.analysis.forecast.season import has_years

BACK, MOST_ROWS, SEED = 26, 400_000, 0
SPANS = (0.25, 0.5, 1, 4)
STEPS_OF_YEAR = 364


def gradient_boosting(panel: Panel) -> Floats:
    """Expected demand of every series; needs an origin a horizon before the end, else the plain mean."""
    step = max(panel.rhythm.cycle, 2)
    last = panel.steps - panel.horizon
    origins = [last - step * k for k in range(BACK) if last - step * k >= panel.rhythm.least]
    if not origins:
        return np.repeat(mean_known(panel.values)[:, None], panel.horizon, axis=1)
    yearly = has_years(panel.until(origins[-1]))
    here, scale = _features(panel, yearly=yearly)
    rows, target, weight = _training(panel, origins, yearly=yearly)
    model = HistGradientBoostingRegressor(
        loss="poisson",
        max_iter=120,
        learning_rate=0.06,
        max_leaf_nodes=15,
        min_samples_leaf=100,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=SEED,
    ).fit(rows, target, sample_weight=weight)
    found: Floats = np.clip(model.predict(here).reshape(panel.series, panel.horizon), 0, None) * scale[:, None]
    return found


def _training(panel: Panel, origins: list[int], *, yearly: bool) -> tuple[Floats, Floats, Floats]:
    rows, target, weight = [], [], []
    for steps in origins:
        found, scale = _features(panel.until(steps), yearly=yearly)
        actual = panel.after(steps)
        usable = (~np.isnan(actual) & (panel.known[:, :steps].sum(axis=1) >= panel.rhythm.average)[:, None]).ravel()
        rows.append(found[usable])
        target.append((actual / scale[:, None]).ravel()[usable])
        weight.append(np.sqrt(np.repeat(scale, panel.horizon))[usable])
    x, y, w = np.concatenate(rows), np.concatenate(target), np.concatenate(weight)
    if len(x) > MOST_ROWS:
        kept = np.random.default_rng(SEED).choice(len(x), MOST_ROWS, replace=False)
        x, y, w = x[kept], y[kept], w[kept]
    return x, np.clip(y, 0, np.quantile(y, 0.9995)), w


def _features(panel: Panel, *, yearly: bool) -> tuple[Floats, Floats]:
    """One row per series and step of the horizon, and the scale of every series."""
    steps, month, around = panel.steps, panel.rhythm.average, panel.rhythm.around
    recent = panel.values[:, -around:]
    scale = np.maximum(mean_known(recent), 1 / month)
    sold = np.nan_to_num(panel.values) > 0
    since = np.where(sold.any(axis=1), sold[:, ::-1].argmax(axis=1), steps)
    own = [mean_known(panel.values[:, -max(1, int(month * span)) :]) / scale for span in SPANS]
    own += [np.log(scale), (np.nan_to_num(recent[:, -month:]) == 0).mean(axis=1), np.minimum(since, 90.0)]
    own += [np.nan_to_num(recent).max(axis=1) / scale, np.nan_to_num(recent).std(axis=1) / scale]
    places = panel.slots
    past, ahead = places[steps - recent.shape[1] : steps], places[steps : steps + panel.horizon]
    means = np.array([mean_known(recent[:, past == place]) for place in range(panel.rhythm.cycle)])
    shared = [np.arange(panel.horizon, dtype=np.float64), ahead, panel.phases[steps:]]
    if yearly:
        shared.append((panel.first + steps + np.arange(panel.horizon)) % STEPS_OF_YEAR)
    columns = [np.repeat(one, panel.horizon) for one in own]
    columns.append((means[ahead].T / np.maximum(scale, TINY)[:, None]).ravel())
    columns += [np.tile(one, panel.series) for one in shared]
    return np.column_stack(columns), scale
