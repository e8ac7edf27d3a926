"""How a country may be written in an export: by its code or by its name in either language."""

from functools import cache

from babel import Locale

_ALSO = {"GB": ("UK", "GREAT BRITAIN", "ENGLAND"), "US": ("USA", "UNITED STATES OF AMERICA"), "CN": ("中国大陆", "CHN")}


@cache
def spellings(code: str) -> frozenset[str]:
    """Upper-case spellings of the country with this ISO code: CN, CHINA, 中国 …; an unknown code stands for itself."""
    names = (Locale.parse(locale).territories.get(code.upper()) for locale in ("zh_CN", "en"))
    return frozenset({code.upper(), *(name.upper() for name in names if name), *_ALSO.get(code.upper(), ())})
