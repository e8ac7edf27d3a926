"""Stock against demand: turnover, cover, stock-outs, ageing, classes, places, and what to order when.

Everything is worked out from stock counts (``counts``) and sales (``sales``) of a span of days; what is missing is said
in a result, never assumed. Money is in the base currency, quantities in units.
"""
