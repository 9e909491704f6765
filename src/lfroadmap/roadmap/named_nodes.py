"""Finding the node that somebody means: by its id, or by words of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from lfroadmap.roadmap.model import Node, Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import Place, find, places
from lfroadmap.text import match_key

T = TypeVar("T")
Kinds = type | tuple[type, ...]


def nodes_named(
    roadmap: Roadmap,
    kind: Kinds,
    wanted: str,
    all_labels: Iterable[Labels],
    within: str = "",
) -> tuple[Place, ...]:
    """The nodes of a class, or of several, that a text may mean, in reading order; several: it is ambiguous.

    The id counts before the whole name, this before its beginning, and that before a name in which each
    word of the text begins a word. `within` is the id of the parent, where only its children are meant.
    """
    by_id = find(roadmap, wanted)
    if by_id and _is_meant(by_id, kind, within):
        return (by_id,)
    key, labels = match_key(wanted), tuple(all_labels)
    if not key:
        return ()
    meant = [
        (place, {*_names(place.node, labels)}) for place in places(roadmap) if _is_meant(place, kind, within)
    ]
    return _likest(key, meant)


def likest(wanted: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that a text may mean: the whole name counts before its beginning, that before words of it."""
    return likest_of(wanted, {name: (name,) for name in names})


def likest_of(wanted: str, names: Mapping[T, Iterable[str]]) -> tuple[T, ...]:
    """The things that a text may mean by one of their names, in the same order of likeness."""
    key = match_key(wanted)
    return _likest(key, [(one, {*map(match_key, each)}) for one, each in names.items()]) if key else ()


def _likest(key: str, meant: Iterable[tuple[T, set[str]]]) -> tuple[T, ...]:
    """Those of which a name is most like the key."""
    meant = tuple(meant)
    for fits in _LIKENESSES:
        if found := tuple(one for one, names in meant if any(fits(key, name) for name in names)):
            return found
    return ()


def _is_meant(place: Place, kind: Kinds, within: str) -> bool:
    return isinstance(place.node, kind) and within in ("", place.parent)


def _names(node: Node, all_labels: Iterable[Labels]) -> Iterator[str]:
    """The end of its id, which says what a node of a template is, and its name in all languages."""
    yield node.id.rpartition(".")[2]
    for labels in all_labels:
        yield match_key(labels.of(node))


def _has_words(key: str, name: str) -> bool:
    words = name.split()
    return all(any(word.startswith(part) for word in words) for part in key.split())


_LIKENESSES: tuple[Callable[[str, str], bool], ...] = (
    lambda key, name: name == key,
    lambda key, name: name.startswith(key),
    _has_words,
)
"""The ways in which a text names a node, the strictest first."""
