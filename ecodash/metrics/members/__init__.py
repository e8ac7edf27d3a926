"""Members: levels, silent members, how members are won; the comparison with non-members is in ``comparable``."""
