"""How many examples a property is tried with."""

from __future__ import annotations

from hypothesis import settings

QUICK = 10


def is_whole_run() -> bool:
    """True where the long proofs are not left out."""
    return settings.get_current_profile_name() != "quick"


def number(most: int) -> int:
    """So many, but no more than QUICK where the long proofs are left out."""
    return most if is_whole_run() else min(most, QUICK)


def examples(most: int) -> settings:
    """So many examples, but no more than QUICK where the long proofs are left out."""
    return settings(deadline=None, max_examples=number(most))
