"""The private domain: who migrates into it, who leaves, what it costs; comparisons are in ``comparable``."""
