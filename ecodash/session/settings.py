"""Settings by name, as the command line and the settings form change them."""

from dataclasses import fields, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ecodash.core.errors import MappingError, UnknownName
from ecodash.core.settings import SalesPolicy, Settings
from ecodash.core.text import Text

YES, NO = frozenset({"true", "yes", "1", "是"}), frozenset({"false", "no", "0", "否"})
CHOICES = {"policy.refund_dating": ("order", "refund"), "policy.order_day": ("paid", "created")}


def changed(settings: Settings, pairs: dict[str, str]) -> Settings:
    """``settings`` with the named ones changed. Raises UnknownName for a name, MappingError for a value."""
    policy: dict[str, object] = {}
    own: dict[str, object] = {}
    for name, text in pairs.items():
        place, key, holder = (
            (policy, name.removeprefix("policy."), settings.policy)
            if name.startswith("policy.")
            else (own, name, settings)
        )
        if key == "policy" or key not in {field.name for field in fields(holder)}:
            raise UnknownName(Text("设置项", "setting"), name, _names())
        place[key] = _value(name, text, getattr(holder, key))
    new_policy = replace(settings.policy, **policy)  # type: ignore[arg-type]
    return replace(settings, policy=new_policy, **own)  # type: ignore[arg-type]


def _names() -> list[str]:
    own = [field.name for field in fields(Settings) if field.name != "policy"]
    return own + [f"policy.{field.name}" for field in fields(SalesPolicy)]


def _value(name: str, text: str, present: object) -> object:
    word = text.strip()
    if isinstance(present, bool):
        if word.lower() not in YES | NO:
            raise _refused(name, text, Text("是或否", "yes or no"))
        return word.lower() in YES
    if isinstance(present, int):
        if not word.isdigit():
            raise _refused(name, text, Text("非负整数", "a whole number"))
        return int(word)
    if isinstance(present, tuple):
        return tuple(part.strip() for part in word.split("|") if part.strip())
    return _word(name, word)


def _word(name: str, word: str) -> str:
    if name == "business_zone":
        try:
            return ZoneInfo(word).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise _refused(name, word, Text("时区名（如 Asia/Shanghai）", "a time zone (Asia/Shanghai)")) from error
    if name in CHOICES and word not in CHOICES[name]:
        raise _refused(name, word, Text("、".join(CHOICES[name]), " or ".join(CHOICES[name])))
    if name == "base_currency":
        if len(word) != 3 or not word.isalpha():  # noqa: PLR2004
            raise _refused(name, word, Text("三位货币代码（如 CNY）", "a three-letter currency code (such as CNY)"))
        return word.upper()
    return word


def _refused(name: str, value: str, expected: Text) -> MappingError:
    return MappingError(
        Text(
            f"设置 {name} 的值“{value}”无效，应为{expected.zh}。",
            f"“{value}” is no value of {name}; expected {expected.en}.",
        )
    )
