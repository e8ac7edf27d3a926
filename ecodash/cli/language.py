"""Which language a command speaks."""

import argparse
import locale

from ecodash.core.text import Language


def language_of(arguments: argparse.Namespace) -> Language:
    """The language of the words: ``--lang``, else the locale of the terminal, else English."""
    chosen = getattr(arguments, "lang", None)
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
