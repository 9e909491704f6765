"""Weak, neutral and implicit rules (W1 to I2) for one isolating run sequence, as a string of classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Bracket = tuple[int, str, bool]
"""A bracket of a sequence: its position, the opening bracket that identifies its pair, True if it opens."""

MAX_OPEN_BRACKETS = 63
"""Size of the bracket stack in BD16."""

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


def _resolve_marks(match: re.Match[str]) -> str:
    """A base character with its nonspacing marks, which take its class (W1)."""
    base, marks = match.groups()
    return base + ("O" if base in "6789" else base) * len(marks)


def _weak(kinds: str, before: str) -> str:
    """The classes after rules W1 to W7; `before` is the direction before the first character (sos)."""
    kinds = before + kinds
    if "m" in kinds:
        kinds = _MARKS.sub(_resolve_marks, kinds)
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
    """Positions of paired brackets, in the order of the opening ones (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for position, name, opens in brackets:
        if opens:
            if len(opened) == MAX_OPEN_BRACKETS:
                return []
            opened.append((name, position))
            continue
        depth = next((at for at in range(len(opened) - 1, -1, -1) if opened[at][0] == name), None)
        if depth is not None:
            pairs.append((opened[depth][1], position))
            del opened[depth:]
    return sorted(pairs)


def _resolve_brackets(
    kinds: str, original: str, pairs: list[tuple[int, int]], before: str, strong: str
) -> str:
    """The classes after rule N0: brackets take the direction of their content or of the text before them.

    `original` are the classes before the weak rules, in which nonspacing marks can still be recognized.
    """
    resolved, context, scanned = bytearray(kinds, "ascii"), before, 0
    other = "L" if strong == "R" else "R"
    for opening, closing in pairs:
        for match in _STRONG.finditer(resolved, scanned, opening):
            context = "L" if match[0] == b"L" else "R"
        scanned = opening
        if _SIDES[strong].search(resolved, opening + 1, closing):
            side = strong
        elif _SIDES[other].search(resolved, opening + 1, closing):
            side = context
        else:
            continue
        for position in (opening, closing):
            _set_direction(resolved, original, position, side)
    return resolved.decode("ascii")


def _set_direction(resolved: bytearray, original: str, position: int, side: str) -> None:
    """Set the direction of a bracket and of the nonspacing marks after it."""
    end = position + 1
    while end < len(original) and original[end] == "m":
        end += 1
    resolved[position:end] = side.encode("ascii") * (end - position)


def _neutral(kinds: str, before: str, after: str, strong: str) -> str:
    """The classes after rules N1 and N2: neutrals between two equal directions take that direction."""

    def resolved(match: re.Match[str]) -> str:
        around = match.string[match.start() - 1], match.string[match.end()]
        on_left, on_right = ("L" if kind == "L" else "R" for kind in around)
        return (on_left if on_left == on_right else strong) * len(match[0])

    return _NEUTRALS.sub(resolved, before + kinds + after)[1:-1]


def sequence_levels(
    kinds: str, level: int, before: str, after: str, brackets: Sequence[Bracket] = ()
) -> list[int]:
    """The levels of the characters of one isolating run sequence, by rules W1 to I2."""
    strong = "LR"[level & 1]
    resolved = _weak(kinds, before)
    pairs = bracket_pairs(bracket for bracket in brackets if resolved[bracket[0]] == "O")
    if pairs:
        resolved = _resolve_brackets(resolved, kinds, pairs, before, strong)
    raised = _RAISED[level & 1]
    return [level + raised[kind] for kind in _neutral(resolved, before, after, strong)]
