"""Weak, neutral and implicit rules (W1 to I2) for one isolating run sequence, as a string of classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Bracket = tuple[int, str, bool]
"""A bracket of a sequence: its place, the opening bracket that names its pair, whether it opens."""

MOST_OPEN_BRACKETS = 63

_MARKS = re.compile("([^m])(m+)")
_AFTER_ARABIC = re.compile("A[^LR]*")
_ONE_SEPARATOR = re.compile("(?<=E)[sc](?=E)|(?<=N)c(?=N)")
_TERMINATORS = re.compile("(?<=E)t+|(?<!t)t++(?=E)")
_AFTER_LATIN = re.compile("L[^LR]*")
_NEUTRALS = re.compile("[PTWO6-9]+")
_STRONG = re.compile(b"[LREN]")
_SIDES = {"L": re.compile(b"L"), "R": re.compile(b"[REN]")}
_LEFTOVERS = str.maketrans("stc", "OOO")
_RAISED = ({"L": 0, "R": 1, "E": 2, "N": 2}, {"L": 1, "R": 0, "E": 1, "N": 1})


def _mark(match: re.Match[str]) -> str:
    """A letter or sign with its marks, which take its class (W1)."""
    carrier, marks = match.groups()
    return carrier + ("O" if carrier in "6789" else carrier) * len(marks)


def _weak(kinds: str, before: str) -> str:
    """The classes after rules W1 to W7; `before` is the direction at the start."""
    kinds = before + kinds
    if "m" in kinds:
        kinds = _MARKS.sub(_mark, kinds)
    if "A" in kinds:
        kinds = _AFTER_ARABIC.sub(lambda match: match[0].replace("E", "N"), kinds).replace("A", "R")
    kinds = _ONE_SEPARATOR.sub(lambda match: kinds[match.start() - 1], kinds)
    if "t" in kinds:
        kinds = _TERMINATORS.sub(lambda match: "E" * len(match[0]), kinds)
    kinds = kinds.translate(_LEFTOVERS)
    if "E" in kinds:
        kinds = _AFTER_LATIN.sub(lambda match: match[0].replace("E", "L"), kinds)
    return kinds[1:]


def bracket_pairs(brackets: Iterable[Bracket]) -> list[tuple[int, int]]:
    """Places of brackets that belong together, in the order of the opening ones (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, name, opens in brackets:
        if opens:
            if len(opened) == MOST_OPEN_BRACKETS:
                return []
            opened.append((name, place))
            continue
        depth = next((at for at in range(len(opened) - 1, -1, -1) if opened[at][0] == name), None)
        if depth is not None:
            pairs.append((opened[depth][1], place))
            del opened[depth:]
    return sorted(pairs)


def _bracketed(kinds: str, typed: str, pairs: list[tuple[int, int]], before: str, strong: str) -> str:
    """The classes after rule N0: brackets go with what they hold, or with what is before them.

    `typed` are the classes before the weak rules, in which marks can still be seen.
    """
    settled, context, swept = bytearray(kinds, "ascii"), before, 0
    other = "L" if strong == "R" else "R"
    for opening, closing in pairs:
        for match in _STRONG.finditer(settled, swept, opening):
            context = "L" if match[0] == b"L" else "R"
        swept = opening
        if _SIDES[strong].search(settled, opening + 1, closing):
            side = strong
        elif _SIDES[other].search(settled, opening + 1, closing):
            side = context
        else:
            continue
        for place in (opening, closing):
            _settle(settled, typed, place, side)
    return settled.decode("ascii")


def _settle(settled: bytearray, typed: str, place: int, side: str) -> None:
    """Give a bracket and the marks on it their direction."""
    end = place + 1
    while end < len(typed) and typed[end] == "m":
        end += 1
    settled[place:end] = side.encode("ascii") * (end - place)


def _neutral(kinds: str, before: str, after: str, strong: str) -> str:
    """The classes after rules N1 and N2: neutrals between two sides that agree go with them."""

    def resolved(match: re.Match[str]) -> str:
        around = match.string[match.start() - 1], match.string[match.end()]
        on_left, on_right = ("L" if kind == "L" else "R" for kind in around)
        return (on_left if on_left == on_right else strong) * len(match[0])

    return _NEUTRALS.sub(resolved, before + kinds + after)[1:-1]


def sequence_levels(
    kinds: str, level: int, before: str, after: str, brackets: Sequence[Bracket] = ()
) -> list[int]:
    """The levels of one isolating run sequence of a given level, by rules W1 to I2."""
    strong = "LR"[level & 1]
    resolved = _weak(kinds, before)
    pairs = bracket_pairs(bracket for bracket in brackets if resolved[bracket[0]] == "O")
    if pairs:
        resolved = _bracketed(resolved, kinds, pairs, before, strong)
    raised = _RAISED[level & 1]
    return [level + raised[kind] for kind in _neutral(resolved, before, after, strong)]
