"""Monitoring: what every number should be, what left its band and why, and orders worth a second look."""
