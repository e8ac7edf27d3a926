"""Several files confirmed together: one transaction and one refresh of the facts instead of one per file."""

from collections.abc import Callable, Sequence

from ecodash.core.errors import EcodashError
from ecodash.session.card import FileCard
from ecodash.session.session import Session
from ecodash.store import LoadResult

Outcome = LoadResult | EcodashError


def _silently(_: FileCard) -> None:
    """Nobody watches."""


def load_all(
    session: Session, cards: Sequence[FileCard], *, starting: Callable[[FileCard], None] = _silently
) -> list[Outcome]:
    """Load every card; what became of each, in their order. ``starting`` hears of every card before it is loaded.

    When one of them cannot be loaded, or one is large, each is loaded by itself, so that the others are kept.
    """
    if len(cards) > 1 and all(card.ready and not card.large for card in cards):
        try:
            with session.workspace.together():
                return [_load(session, card, starting) for card in cards]
        except EcodashError:
            pass
    return [_outcome(session, card, starting) for card in cards]


def _load(session: Session, card: FileCard, starting: Callable[[FileCard], None]) -> LoadResult:
    starting(card)
    return session.load(card)


def _outcome(session: Session, card: FileCard, starting: Callable[[FileCard], None]) -> Outcome:
    try:
        return _load(session, card, starting)
    except EcodashError as error:
        return error
