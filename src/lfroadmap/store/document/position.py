"""Fractional positions: strings that sort, so that a node moves without touching its siblings.

A position is a fraction in base 62 without trailing zeros. Initial ones have a head of six digits, in
the middle of the range and far apart, so that rows put last or first a hundred thousand times stay short.
"""

from __future__ import annotations

from lfroadmap.store.document.limits import MAX_ID

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_HEAD_DIGITS = 6
_STEP = _BASE**3
_RANGE = _BASE**_HEAD_DIGITS
_TAIL = _DIGITS[_BASE // 2]


def is_position(value: object) -> bool:
    """True for a position that others can be placed beside."""
    return (
        type(value) is str
        and value.isalnum()
        and value.isascii()
        and value[-1] != "0"
        and len(value) <= MAX_ID
    )


def spread(count: int) -> list[str]:
    """`count` positions in ascending order, around the middle of the range."""
    step = min(_STEP, _RANGE // (2 * (count + 1)))
    start = _RANGE // 2 - step * (count // 2)
    return [_format(start + step * index) for index in range(count)]


def between(low: str, high: str) -> str:
    """A position between `low` and `high`; empty = unbounded. `low` < `high` where both are given."""
    if not high:
        head = _number(low) + _STEP if low else _RANGE // 2
        return _format(head) if head < _RANGE else _middle(low, "")
    if not low:
        head = _number(high) - _STEP
        return _format(head) if head > 0 else _middle("", high)
    return _middle(low, high)


def among(low: str, high: str, count: int) -> list[str]:
    """`count` positions in ascending order between the two, as short as bisection makes them."""
    if not low and not high:
        return spread(count)
    if count <= 0:
        return []
    half, middle = count // 2, between(low, high)
    return [*among(low, middle, half), middle, *among(middle, high, count - half - 1)]


def _format(number: int) -> str:
    out = _TAIL
    for _ in range(_HEAD_DIGITS):
        number, digit = divmod(number, _BASE)
        out = _DIGITS[digit] + out
    return out


def _number(position: str) -> int:
    number = 0
    for digit in position[:_HEAD_DIGITS].ljust(_HEAD_DIGITS, "0"):
        number = number * _BASE + _DIGITS.index(digit)
    return number


def _middle(low: str, high: str) -> str:
    out = ""
    bounded = bool(high)
    for index in range(max(len(low), len(high)) + 2):
        floor = _DIGITS.index(low[index]) if index < len(low) else 0
        ceiling = _BASE
        if bounded:
            ceiling = _DIGITS.index(high[index]) if index < len(high) else 0
        digit = (floor + ceiling) // 2
        if digit > floor:
            return out + _DIGITS[digit]
        out += _DIGITS[floor]
        bounded = bounded and floor == ceiling
    raise ValueError(f"no place between {low!r} and {high!r}")
