"""Formulas as data: names and signs, which are shown in words and in numbers."""

from __future__ import annotations

from typing import NamedTuple


class Formula(NamedTuple):
    """A result, and the names, numbers and signs that it is calculated by."""

    result: str
    parts: tuple[str, ...]
    """Names such as `spend`, whole numbers, and the signs `×`, `÷`, `−`, `+`, `Σ`, `(` and `)`."""


SIGNS = frozenset("×÷−+Σ()")


def formula(text: str) -> Formula:
    """The formula in a text such as `cac = spend ÷ customers`."""
    result, _, rest = text.partition(" = ")
    return Formula(result, tuple(rest.split()))
