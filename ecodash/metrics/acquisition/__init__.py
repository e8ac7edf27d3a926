"""Acquisition: what a new customer costs by channel, when he has paid that back, what ads return, and the funnel."""
