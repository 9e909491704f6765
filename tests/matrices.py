"""Cases of a test, of which a few run always and the rest with the long proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from _pytest.mark import ParameterSet


def quick_first(cases: Iterable[object], quick: int = 1) -> list[ParameterSet]:
    """The first cases as they are, the others marked as proofs; a tuple is one case of several parameters."""
    return _marked(cases, lambda number: number < quick)


def quick_every(step: int, cases: Iterable[object]) -> list[ParameterSet]:
    """The first of every so many cases as it is, the others marked as proofs; for long lists of all kinds."""
    return _marked(cases, lambda number: number % step == 0)


def _marked(cases: Iterable[object], is_quick: Callable[[int], bool]) -> list[ParameterSet]:
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=() if is_quick(number) else pytest.mark.proof,
        )
        for number, case in enumerate(cases)
    ]
