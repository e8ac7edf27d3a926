import numpy as np
import pytest
from scipy.stats import nbinom

from ecodash.analysis.negative_binomial import above, quantile


@pytest.mark.parametrize("r", [0.3, 1.0, 4.5, 60.0])
@pytest.mark.parametrize("mean", [0.05, 1.0, 12.5, 400.0])
def test_tail_and_quantiles_are_those_of_scipy(r: float, mean: float) -> None:
    p = r / (r + mean)
    counts = np.arange(-2, 60)
    assert above(counts, r, p) == pytest.approx(nbinom.sf(counts, r, p), rel=1e-9, abs=1e-14)
    levels = np.array([0.01, 0.1, 0.5, 0.8, 0.9, 0.95, 0.975, 0.999])
    assert quantile(levels, r, p).tolist() == nbinom.ppf(levels, r, p).tolist()


def test_one_trial_of_a_fair_coin_is_known_by_hand() -> None:
    # r = 1, p = 1/2: chance of 0 is 1/2, of at most 1 is 3/4, of at most 2 is 7/8
    assert above([-1, 0, 1, 2], 1.0, 0.5).tolist() == [1.0, 0.5, 0.25, 0.125]
    assert quantile([0.4, 0.6, 0.8], 1.0, 0.5).tolist() == [0.0, 1.0, 2.0]
