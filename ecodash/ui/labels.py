"""What the codes of a dimension are called: platforms and channels, domains, yes and no, unknown."""

from ecodash.core.schema import TABLES
from ecodash.i18n import catalogue
from ecodash.metrics.dimensions import UNKNOWN
from ecodash.ui.words import language, t

BY_PLATFORM = frozenset({"channel", "platform", "first_channel", "first_platform"})
BY_WORD = {
    "domain": "domain",
    "first_domain": "domain",
    "member": "flag",
    "first_member": "flag",
    "private": "flag",
    "new_returning": "buyer",
    "region": "region",
    "weekday": "weekday",
    "stock": "parcel_stock",
    "sale_days": "sale_days",
    "reason": "return_reason",
    "carrier_type": "carrier_type",
}


def label(dimension: str, code: str) -> str:
    """The name of a code in the reader's language; a code nobody named is shown as it is."""
    if code == UNKNOWN:
        return t("dimension.unknown")
    if dimension == "hour":
        return t("chart.hours.hour", hour=code)
    if dimension in BY_PLATFORM:
        platform, _, detail = code.partition("/")
        name = _word("platform", platform)
        return f"{name} · {detail}" if detail else name
    return _word(BY_WORD[dimension], code) if dimension in BY_WORD else code


def entity(code: str) -> str:
    """What one row of a file is: a word of ours, else the name of the canonical table, else the code."""
    own = TABLES[code].label.to(language()) if code in TABLES else code
    return catalogue(language()).get(f"entity.{code}", own)


def _word(section: str, code: str) -> str:
    return catalogue(language()).get(f"{section}.{code}", code)
