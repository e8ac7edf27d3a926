"""BG/NBD, for comparison with published figures only.

It lets nobody stop before the second purchase, so that everyone who bought once counts as alive for certain: its chance
of being alive ranks customers worse than a coin and is never shown. Use pareto_nbd, or mbg_nbd. Assumptions and source:
beta_geometric.
"""

from functools import partial

from ecodash.analysis import beta_geometric
from ecodash.analysis.buy_till_you_die import Model

BG_NBD = Model(
    name="BG/NBD",
    parameters=beta_geometric.PARAMETERS,
    log_likelihood=partial(beta_geometric.log_likelihood, first=0),
    expected=partial(beta_geometric.expected, first=0),
    p_alive=None,
    without_dropout=beta_geometric.without_dropout,
    starts=beta_geometric.STARTS,
)
