"""What a reader of a forecast must know: stable codes and the words."""

from collections import Counter

from ecodash.analysis.forecast import Kind, LevelForecast
from ecodash.core.estimate import Caveat
from ecodash.core.period import Period
from ecodash.core.text import Text
from ecodash.metrics.forecasting.phases import EventEffect
from ecodash.metrics.forecasting.question import Question

SHORT_HISTORY = 90


def of(
    total: LevelForecast, parts: LevelForecast, events: tuple[EventEffect, ...], history: Period
) -> tuple[Caveat, ...]:
    """Everything to be said about a forecast."""
    found = [_short(history), *_naive(total, parts), *_unseen(events), *_kinds(parts)]
    return tuple(one for one in found if one is not None)


def switched(asked: Question, used: Question) -> tuple[Caveat, ...]:
    """Says that sales are forecast where units were asked for."""
    if asked.measure is used.measure:
        return ()
    words = Text(
        "订单里没有售出件数，改为预测支付金额；导入带商品明细的订单即可按件预测。",
        "The orders tell no units sold, so the amount paid is forecast; orders with their products bring units.",
    )
    return (Caveat("units_unknown", words),)


def _short(history: Period) -> Caveat | None:
    if history.days >= SHORT_HISTORY:
        return None
    return Caveat(
        "short_history",
        Text(
            f"历史只有 {history.days} 天，不足 {SHORT_HISTORY} 天，只给朴素预测。",
            f"There are only {history.days} days of history, fewer than {SHORT_HISTORY}: a naive forecast is given.",
        ),
    )


def _naive(total: LevelForecast, parts: LevelForecast) -> list[Caveat]:
    if not total.beats_naive:
        words = Text(
            "回测中没有方法胜过朴素法，这里用的就是朴素法。",
            "In the backtest nothing beat a naive rule, so a naive rule is used.",
        )
        return [Caveat("naive_used", words)]
    if not parts.beats_naive:
        words = Text(
            "分到各部分时没有方法胜过朴素法：占比按朴素法分配，总量仍按模型。",
            "For the parts nothing beat a naive rule: their shares are naive, the total is the model's.",
        )
        return [Caveat("naive_shares", words)]
    return []


def _unseen(events: tuple[EventEffect, ...]) -> list[Caveat]:
    unseen = list(dict.fromkeys(one.name for one in events if not one.days_seen))
    if not unseen:
        return []
    zh, en = "、".join(one.zh for one in unseen), ", ".join(one.en for one in unseen)
    return [
        Caveat(
            "event_without_history",
            Text(f"没有历史可学、按平日预测：{zh}。", f"No history to learn from, forecast as ordinary days: {en}."),
        )
    ]


_KINDS = {
    Kind.NEW: Text("上架不足两周，参照同类商品预测", "on sale for under two weeks, forecast like their siblings"),
    Kind.DEAD: Text("三个月以上没有卖出，按 0 预测", "not sold for over three months, forecast as 0"),
    Kind.STOCKOUT: Text(
        "近四周有断货，断货日不算零销量", "out of stock in the last four weeks; those days are no zeros"
    ),
}


def _kinds(parts: LevelForecast) -> list[Caveat]:
    counted = Counter(parts.kinds)
    return [
        Caveat(
            f"{kind.value}_series",
            Text(f"{counted[kind]} 个序列{words.zh}。", f"{counted[kind]} series {words.en}."),
        )
        for kind, words in _KINDS.items()
        if counted[kind]
    ]
