"""What the N-day repurchase rate can be at most and at least when the buyer of some orders is not known.

One order changes what is known of one person only, so a bound asks which changes help most per order:

1. A person counts as *watched* (first purchase in the window, N days before the data end) and perhaps as *back*.
2. An unmatched order can make a lapsed customer come back, open a new customer, or come before a known first purchase:
   more than N days before it turns a customer who came back into one who did not; before the window it takes the
   customer out of the cohort.
3. The lowest rate spends every order on losing a customer who came back, the highest on bringing one back.

The bounds hold whoever the buyers are; ``all_new`` and ``all_old`` are the two plain scenarios between them.
Source: worst-case bounds in the manner of C. F. Manski, Nonparametric bounds on treatment effects, AER 80 (1990).
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Unmatched:
    """Orders without a known buyer, by when they were placed.

    ``before`` the window; ``early`` in the window and more than N days before ``last``, the last day on which a
    first purchase is watched; ``late`` in the window after that; ``after`` in the N days after ``last``.
    ``openers`` are those of ``early`` and ``late`` that pass the filters, so that they could open a customer in question.
    """

    before: int = 0
    early: int = 0
    late: int = 0
    after: int = 0
    openers: int = 0


@dataclass(frozen=True, kw_only=True)
class IdentityBounds:
    """Shares 0–1; None where nobody would be watched. ``low`` ≤ ``all_new`` ≤ ``observed`` ≤ ``all_old`` ≤ ``high``.

    ``all_new``: every unmatched order is a new customer who did not come back. ``all_old``: every one of them brings
    back a customer who seems lost. ``low`` and ``high`` hold whoever placed the unmatched orders.
    """

    observed: float | None
    all_new: float | None
    all_old: float | None
    low: float | None
    high: float | None


def identity_bounds(back: int, watched: int, unmatched: Unmatched, *, filtered: bool = False) -> IdentityBounds:
    """Bounds of ``back`` ÷ ``watched``; raises ValueError unless 0 ≤ back ≤ watched.

    ``filtered``: the cohort is a part of the shop, so that an earlier order elsewhere takes a customer out of it.
    """
    if not 0 <= back <= watched:
        raise ValueError(f"{back} back out of {watched} watched")
    usable = unmatched.early + unmatched.late + unmatched.after
    lapsed = watched - back
    return IdentityBounds(
        observed=_share(back, watched),
        all_new=_share(back, watched + unmatched.openers),
        all_old=_share(back + min(lapsed, usable), watched),
        low=_lowest(back, watched, unmatched, filtered=filtered),
        high=_highest(lapsed, watched, unmatched),
    )


def _lowest(back: int, watched: int, unmatched: Unmatched, *, filtered: bool) -> float | None:
    """Every early order turns one success into a failure, one before the window takes one out, a late one adds one.

    Where the cohort is a part of the shop a late one may take one out instead; the extremes of both uses are tried.
    """
    turned = max(back - unmatched.early, 0)
    gone, late = unmatched.before, unmatched.late
    outcomes = [_less(turned, watched, gone=gone, added=late)]
    if filtered:
        taken = min(late, max(turned - gone, 0))
        outcomes.append(_less(turned, watched, gone=gone + taken, added=late - taken))
    known = [share for share in outcomes if share is not None]
    if watched == 0:
        return 0.0 if unmatched.early + unmatched.late else None
    return min(known, default=0.0)


def _less(back: int, watched: int, *, gone: int, added: int) -> float | None:
    taken = min(gone, back)
    return _share(back - taken, watched - taken + added)


def _highest(lapsed: int, watched: int, unmatched: Unmatched) -> float | None:
    """Every order in reach brings one lapsed customer back; one before the window takes a lapsed one out."""
    usable = unmatched.early + unmatched.late + unmatched.after
    left = max(lapsed - usable, 0)
    gone = min(unmatched.before, left)
    if watched == 0:
        return 1.0 if unmatched.early + unmatched.late else None
    return _share(watched - left, watched - gone) if left > gone else 1.0


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
