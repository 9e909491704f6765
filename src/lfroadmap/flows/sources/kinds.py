"""The meanings of kinds of events: those that are named, remembered, or known by their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lfroadmap.errors import UsageError
from lfroadmap.flows.sources.heads import Pairs
from lfroadmap.roadmap.import_words import listed_words, plain_text

_TABLE = "event_kinds"
_MOST_SHOWN = 30


def known_meanings() -> tuple[str, ...]:
    """The meanings that a kind may have."""
    return tuple(dict.fromkeys(listed_words(_TABLE).values()))


def check_kinds(chosen: Pairs) -> None:
    """Raise UsageError for a meaning that there is not, and for a kind with two."""
    seen: dict[str, str] = {}
    for meaning, kind in chosen:
        if meaning not in known_meanings():
            raise UsageError("flows_meaning", meaning=meaning[:80], known=", ".join(known_meanings()))
        if seen.setdefault(kind, meaning) != meaning:
            raise UsageError("flows_kind_twice", kind=kind[:80])
        seen[kind] = meaning


def meanings_of(kinds: Iterable[str], chosen: Pairs, remembered: Pairs = ()) -> Mapping[str, tuple[str, ...]]:
    """Meaning -> the kinds that have it.

    A meaning that is chosen has these kinds alone, one that is remembered those that are there; of the others
    the kind that is the surest word of it, so that `order` and `payment` of one sale do not count twice.
    Raises UsageError for a chosen kind that no event has.
    """
    there = tuple(kinds)
    given: dict[str, tuple[str, ...]] = {}
    for meaning, kind in chosen:
        if kind not in there:
            raise UsageError("flows_no_kind", kind=kind[:80], kinds=shown(there))
        given[meaning] = (*given.get(meaning, ()), kind)
    for meaning, kind in remembered:
        if kind in there and meaning not in dict(chosen) and kind not in {each for _, each in chosen}:
            given[meaning] = (*given.get(meaning, ()), kind)
    taken = {kind for found in given.values() for kind in found}
    for meaning in known_meanings():
        if meaning not in given:
            given[meaning] = _guessed(meaning, [kind for kind in there if kind not in taken])
    return given


def _guessed(meaning: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """The kinds that are the first of the meaning's words that is there, in any case and spelling."""
    keys = {kind: plain_text(kind.replace("_", " ").replace("-", " ")) for kind in kinds}
    for word, of in listed_words(_TABLE).items():
        found = tuple(kind for kind, key in keys.items() if key == word) if of == meaning else ()
        if found:
            return found
    return ()


def shown(names: Sequence[str]) -> str:
    """The first of some names, for a message."""
    return ", ".join((*names[:_MOST_SHOWN], *(("…",) if len(names) > _MOST_SHOWN else ()))) or "—"
