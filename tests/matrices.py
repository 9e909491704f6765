"""Cases of a test, of which a few run always and the rest with the long proofs."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet


def quick_first(cases: Iterable[object], quick: int = 1) -> list[ParameterSet]:
    """The first cases as they are, the others marked as proofs; a tuple is one case of several parameters."""
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)), marks=() if number < quick else pytest.mark.proof
        )
        for number, case in enumerate(cases)
    ]
