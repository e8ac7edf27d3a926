"""MBG/NBD: customers may stop after any purchase, the first included.

Used where Pareto/NBD does not converge. Assumptions and source: beta_geometric.
"""

from functools import partial

from ecodash.analysis import beta_geometric
from ecodash.analysis.buy_till_you_die import Model

MBG_NBD = Model(
    name="MBG/NBD",
    parameters=beta_geometric.PARAMETERS,
    log_likelihood=partial(beta_geometric.log_likelihood, first=1),
    expected=partial(beta_geometric.expected, first=1),
    p_alive=partial(beta_geometric.still_there, first=1),
    without_dropout=beta_geometric.without_dropout,
    starts=beta_geometric.STARTS,
)
