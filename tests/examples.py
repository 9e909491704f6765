"""How many examples a property is tried with."""

from __future__ import annotations

from hypothesis import settings

QUICK = 10


def examples(most: int) -> settings:
    """So many examples, but no more than QUICK where the long proofs are left out."""
    quick = settings.get_current_profile_name() == "quick"
    return settings(deadline=None, max_examples=min(most, QUICK) if quick else most)
