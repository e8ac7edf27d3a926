"""Colours by role. A figure holds tokens; the theme that shows it decides what they look like, light or dark.

The tokens are the temporary colours Streamlit's chart theme replaces in the browser (its categorical, sequential and
status colours), so a figure needs no rebuilding when the reader switches the theme. ``paint`` replaces them for files.
"""

from collections.abc import Iterable
from hashlib import sha256

SERIES = tuple(f"#0000{slot:02d}" for slot in range(1, 11))
"""Ten categorical colours; the first six stay apart for every common kind of colour blindness."""
SEQUENTIAL = tuple(f"#0000{slot:02d}" for slot in range(11, 21))
"""Ten steps from little to much."""
MAIN = SERIES[0]
TARGET = SERIES[1]
GOOD = "#000032"
BAD = "#000033"
MUTED = "#000036"
FAINT = 0.45
"""Opacity of marks in MUTED, which alone is almost white in the dark theme."""
TEXT = "#000037"
PAPER = "#000038"
PALE = "#000040"

FEW = 6


def series_colors(names: Iterable[str]) -> dict[str, str]:
    """A colour per name, the same on every page that passes the same names in any order.

    Each name has a preferred slot by its hash and takes the next free one, in the order of the hashes. Beyond ten
    names there are no colours left to tell apart: the rest is MUTED.
    """
    ordered = sorted(set(names), key=lambda name: sha256(name.encode()).digest())
    slots = FEW if len(ordered) <= FEW else len(SERIES)
    taken: dict[int, str] = {}
    for name in ordered[:slots]:
        preferred = int.from_bytes(sha256(name.encode()).digest()[:4]) % slots
        free = next(slot % slots for slot in range(preferred, preferred + slots) if slot % slots not in taken)
        taken[free] = name
    colors = {name: SERIES[slot] for slot, name in taken.items()}
    return {name: colors.get(name, MUTED) for name in ordered}
