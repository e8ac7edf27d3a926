"""The registry: every metric declared once, and the engine that computes it.

A metric is declared as data (``metric``; families in ``sales_*``, ``buyers``, ``repurchase``, ``windows`` and
``cohorts``), gathered in ``registry`` and computed by ``engine.compute``; ``rows`` gives the very rows behind a number
and ``explain`` puts the number in words. Everything here reads facts through the ``source.Source`` protocol and
collects aggregates only.
"""
