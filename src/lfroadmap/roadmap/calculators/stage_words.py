"""The words in the name of a stage that say how its deals ended."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from lfroadmap.roadmap.import_words import plain_text

Ending = Literal["", "won", "lost", "closing", "unclear"]
"""closing: won where no probability says otherwise; unclear: the words contradict each other."""
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")


def stage_key(name: str) -> str:
    """The words of a name, without signs between them and the numbers before them."""
    found = _WORD.findall(plain_text(_CAMEL.sub(" ", name)))
    return " ".join(word for word in found if not word.isdigit())


class StageWords(NamedTuple):
    """Words and whole names by which a stage says how a deal ended, as `stage_key` makes them."""

    won: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    """Words, and names of several words; either may stand among others."""
    closing: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    """The words among `closing` that need one of `won` or `lost` where other words stand beside them."""
    signed: frozenset[str] = frozenset()
    """Whole names of stages of won deals; beside other words they may say something else."""
    negations: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()

    def ending(self, name: str) -> Ending:
        """How deals in a stage of this name ended; empty for a stage of open deals."""
        return _ending(self, stage_key(name))


@lru_cache(maxsize=4096)
def _ending(words: StageWords, key: str) -> Ending:
    if key in words.signed:
        return "won"
    if key in words.closing:
        return "closing"
    found = {*key.split()}
    is_lost = _says(words.lost, key, found)
    rest = _without(words.lost, key) if is_lost else key
    is_won = _says(words.won, rest, {*rest.split()})
    if not is_won and not is_lost:
        return "unclear" if found & words.closed else ""
    if (is_won and is_lost) or found & words.doubts:
        return "unclear"
    if {*rest.split()} & words.negations:
        return "lost" if is_won else "unclear"
    return "won" if is_won else "lost"


def _says(known: frozenset[str], key: str, found: set[str]) -> bool:
    return bool(found & known) or any(f" {name} " in f" {key} " for name in known if " " in name)


def _without(known: frozenset[str], key: str) -> str:
    """The words of a key without the names of several words in it, so that no word is read twice."""
    padded = f" {key} "
    for name in known:
        padded = padded.replace(f" {name} ", " ") if " " in name else padded
    return padded.strip()
