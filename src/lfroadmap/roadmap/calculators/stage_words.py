"""The words in the name of a stage that say how its deals ended."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from lfroadmap.roadmap.import_words import plain_text, stage_marks

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
    """Words that turn around a word behind them."""
    doubts: frozenset[str] = frozenset()
    """Words that leave open whether a word behind them is so."""

    def ending(self, name: str) -> Ending:
        """How deals in a stage of this name ended; empty for a stage of open deals."""
        return _ending(self, stage_key(name))


def known_words() -> StageWords:
    """The words of both languages."""
    return StageWords(*map(stage_marks, StageWords._fields))


@lru_cache(maxsize=4096)
def _ending(words: StageWords, key: str) -> Ending:
    if key in words.signed:
        return "won"
    if key in words.closing:
        return "closing"
    lost = _before(words.lost, key)
    won = _before(words.won, _without(words.lost, key))
    if lost is None and won is None:
        return "unclear" if words.closed & {*key.split()} else ""
    before = {*(lost or won or ())}
    if (lost is not None and won is not None) or before & words.doubts:
        return "unclear"
    if before & words.negations:
        return "lost" if won is not None else "unclear"
    return "won" if won is not None else "lost"


def _before(known: frozenset[str], key: str) -> list[str] | None:
    """The words before the first known one, or name of several words; None where there is none."""
    padded = f" {key} "
    places = [place for name in known if (place := padded.find(f" {name} ")) >= 0]
    return padded[: min(places)].split() if places else None


def _without(known: frozenset[str], key: str) -> str:
    """The words of a key without the known ones, so that no word is read twice."""
    padded = f" {key} "
    for name in known:
        padded = padded.replace(f" {name} ", " ")
    return padded.strip()
