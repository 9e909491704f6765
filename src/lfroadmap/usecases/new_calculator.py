"""A calculator that nothing is typed into yet."""

from __future__ import annotations

from collections.abc import Callable

from lfroadmap.roadmap.model import Calculator, CalculatorKind, CalculatorRow
from lfroadmap.words import Words


def new_calculator(kind: CalculatorKind, title: str, words: Words, new_id: Callable[[], str]) -> Calculator:
    """A calculator of a kind with rows to begin with, which are named in the language of the screen."""
    names = words(f"structure.rows_{kind}").split(", ")
    return Calculator(new_id(), kind, title, tuple(CalculatorRow(new_id(), name) for name in names))
