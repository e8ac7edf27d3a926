"""Forecasts on open data beside statsforecast: errors, coverage of intervals, seconds per series.

``python -m benchmarks.forecast [--data ../shared/data] [--series 200] [--origins 3] [--sets 0 1 2 3 4] [--speed 10000]``.
Everything is judged on days held out: at each origin all methods know the same past; ecodash chooses its method by a
backtest inside that past. statsforecast is needed for the comparison only and not a dependency; without it the naive
rules stand beside. Ratios below 1: ecodash is better than the best of the others. Exit code 1 when a limit is missed.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.forecast_data import Sales, sets
from ecodash.analysis.forecast import Panel, forecast_level
from ecodash.analysis.forecast.naive import moving_average, seasonal_naive
from ecodash.analysis.forecast.panel import Floats
from ecodash.analysis.forecast.scores import Score, scales, score

DAYS, WEEKS = 30, 4
LEAST = 28
SLACK, LOW, HIGH = 1.005, 0.75, 0.85
ALLOWED_SECONDS = 300.0
Runner = Callable[[Panel], Floats]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--series", type=int, default=200, help="at most so many per set, drawn with a fixed seed")
    parser.add_argument("--origins", type=int, default=3)
    parser.add_argument("--sets", type=int, nargs="*", default=None, help="numbers of the sets, from 0")
    parser.add_argument("--speed", type=int, default=0, metavar="N", help="also time N series of three years")
    chosen = parser.parse_args(arguments)
    missed = 0
    for number, sales in enumerate(sets(chosen.data)):
        if chosen.sets is None or number in chosen.sets:
            missed += _one(_drawn(sales, chosen.series), chosen.origins)
    return 1 if missed + (_speed(chosen.speed) if chosen.speed else 0) else 0


def _drawn(sales: Sales, most: int) -> Sales:
    if len(sales.keys) <= most:
        return sales
    kept = np.sort(np.random.default_rng(0).choice(len(sales.keys), most, replace=False))
    keys = tuple(sales.keys[i] for i in kept)
    return Sales(name=sales.name, keys=keys, values=sales.values[kept], rhythm=sales.rhythm, first=sales.first)


def _one(sales: Sales, count: int) -> int:
    """One set: every method from every origin; the number of limits missed."""
    horizon = DAYS if sales.rhythm.cycle > 1 else WEEKS
    panel = sales.panel(horizon)
    origins = [panel.steps - horizon * (i + 1) for i in range(count)]
    actual, held, paths, seconds = [], [], {}, {}
    for steps in origins:
        known = panel.until(steps)
        begun = known.known.sum(axis=1) >= LEAST / 7 * max(sales.rhythm.cycle, 2)
        came = np.where(begun[:, None], panel.after(steps), np.nan)
        start = time.perf_counter()
        own = forecast_level(known)
        seconds["ecodash"] = seconds.get("ecodash", 0.0) + time.perf_counter() - start
        paths.setdefault("ecodash", []).append(own.path)
        held.append(_held(came, own.steps, own.sums))
        for name, run in (*_naive(), *_others(sales)):
            start = time.perf_counter()
            paths.setdefault(name, []).append(run(known))
            seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start
        actual.append(came)
    both = [paths[name] for name in ("AutoETS", "AutoTheta") if name in paths]
    if len(both) == 2:  # noqa: PLR2004
        paths["mean of both"] = [np.mean(pair, axis=0) for pair in zip(*both, strict=True)]
    scale = scales(panel.until(origins[-1]))
    found = {name: score(np.array(actual), np.array(rows), scale) for name, rows in paths.items()}
    return _print(sales, found, seconds, held, count)


def _held(came: Floats, steps: Sequence[object], sums: Sequence[object]) -> list[float]:
    """Share of held-out steps and sums within 80 and 95 %."""
    shares = []
    for bands, truth in ((steps, came), (sums, came.sum(axis=1))):
        for band in bands:
            seen = ~np.isnan(truth)
            low, high = band.low[seen], band.high[seen]  # type: ignore[attr-defined]
            shares.append(float(((truth[seen] >= low - 1e-9) & (truth[seen] <= high + 1e-9)).mean()))
    return shares


def _print(
    sales: Sales, found: Mapping[str, Score], seconds: Mapping[str, float], held: Sequence[list[float]], count: int
) -> int:
    series = len(sales.keys)
    print(f"\n{sales.name}: {series} series, {sales.values.shape[1]} steps, {count} origins")
    print(f"{'':18}{'WAPE':>8}{'of sums':>9}{'RMSSE':>8}{'wRMSSE':>8}{'bias':>8}{'s/1000':>9}")
    for name, one in sorted(found.items(), key=lambda pair: pair[1].wrmsse or 9.0):
        numbers = (one.wape, one.wape_sum, one.rmsse, one.wrmsse, one.bias)
        told = "".join(
            f"{value:{width}.3f}" if value is not None else " " * width
            for value, width in zip(numbers, (8, 9, 8, 8, 8), strict=True)
        )
        print(f"{name:18}{told}{1000 * seconds.get(name, 0.0) / series / count:9.1f}")
    others = [one for name, one in found.items() if name != "ecodash"]
    own = found["ecodash"]
    ratios = {
        name: (getattr(own, name) or 0.0) / min(getattr(one, name) or np.inf for one in others)
        for name in ("wape", "rmsse", "wrmsse", "wape_sum")
    }
    print("ecodash ÷ best of the others: " + ", ".join(f"{name} {value:.3f}" for name, value in ratios.items()))
    shares = [float(np.nanmean([row[i] for row in held if len(row) > i])) for i in range(max(map(len, held)))]
    names = ("steps 80", "steps 95", "sums 80", "sums 95")
    print("held out within: " + ", ".join(f"{n} {s:.3f}" for n, s in zip(names, shares, strict=False)))
    missed = sum(ratios[name] > SLACK for name in ("wape", "rmsse"))
    return missed + sum(not LOW <= shares[i] <= HIGH for i in (0, 2) if i < len(shares))


def _naive() -> tuple[tuple[str, Runner], ...]:
    return (("seasonal naive", seasonal_naive), ("moving average", moving_average))


def _others(sales: Sales) -> tuple[tuple[str, Runner], ...]:
    """Models of statsforecast; none where it is not installed."""
    try:
        from statsforecast import models  # noqa: PLC0415
    except ImportError:
        return ()
    cycle = sales.rhythm.cycle
    made = {
        "AutoETS": models.AutoETS(season_length=cycle),
        "AutoTheta": models.AutoTheta(season_length=cycle),
        "CrostonSBA": models.CrostonSBA(),
        "TSB": models.TSB(alpha_d=0.2, alpha_p=0.2),
        "ADIDA": models.ADIDA(),
        "IMAPA": models.IMAPA(),
    }
    return tuple((name, _runner(model)) for name, model in made.items())


def _runner(model: object) -> Runner:
    def run(panel: Panel) -> Floats:
        rows = []
        for values in panel.values:
            known = values[~np.isnan(values)]
            try:
                path = model.forecast(y=known, h=panel.horizon)["mean"]  # type: ignore[attr-defined]
            except Exception:  # noqa: BLE001 - a model that fails on a series forecasts its mean
                path = np.full(panel.horizon, known.mean() if known.size else 0.0)
            rows.append(np.clip(np.nan_to_num(path), 0, None))
        return np.array(rows)

    return run


def _speed(series: int) -> int:
    """Three years of so many series, backtest and intervals included; 1 when it takes more than five minutes."""
    draw = np.random.default_rng(0)
    level = np.exp(draw.normal(-0.5, 1.5, (series, 1)))
    sold = draw.poisson(np.broadcast_to(level, (series, 1095))).astype(float)
    panel = Panel(
        keys=tuple(map(str, range(series))),
        values=sold,
        phases=np.zeros(1125, dtype=np.int64),
        groups=np.zeros(series, dtype=np.int64),
    )
    wall, cpu = time.perf_counter(), time.process_time()
    forecast_level(panel)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    import resource  # noqa: PLC0415 - not on every system

    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\n{series} series × 1095 days with backtest: {wall:.1f} s ({cpu:.1f} s CPU), peak {memory:.2f} GB")
    return int(min(wall, cpu) > ALLOWED_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
