"""Everything in a roadmap that can be found by words: its nodes with their values, and the owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Literal, NamedTuple, get_args

from lfroadmap.roadmap.matching import SCATTERED, excerpt, fold, offsets, query_words, scattered, score
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import role_value
from lfroadmap.roadmap.search_entries import INTO, RoadmapEntries, SearchEntry
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key, one_line
from lfroadmap.words import Words

Kind = Literal[
    "command", "theme", "roadmap", "template", "stage", "card", "kpi", "figure", "measure", "filter", "owner",
    "task", "calculator", "field", "calculatorrow", "note", "measurement", "setting", "link", "rule",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Of two that fit a query as well, the earlier kind comes first."""
Choice = tuple[str, str]
"""Kind and id of a target."""
MOST = 60
"""Most results of a query: more are read by nobody."""


class Target(NamedTuple):
    """Something that can be found, and where it leads."""

    kind: Kind
    id: str
    """Id of the node or the command, or the name of the theme."""
    name: str
    place: str = ""
    """Where it stands, or what it does."""
    keys: str = ""
    """The key of a command, as it is printed."""
    is_done: bool = False
    folded: str = ""
    about: str = ""
    """The folded texts by which it is found: its name, and others."""

    @property
    def choice(self) -> Choice:
        """By what it is known again in another index."""
        return self.kind, self.id


Hit = tuple[float, int, Target]
"""How well a target fits, its place among the targets, and the target."""


class Found(NamedTuple):
    """A result: a target, the part of its name that is shown, and the matching letters of that."""

    target: Target
    name: str
    offsets: tuple[int, ...] = ()


def target(
    kind: Kind,
    node: str,
    name: str,
    place: str = "",
    about: str = "",
    *,
    keys: str = "",
    is_done: bool = False,
) -> Target:
    """A target that is found by its name, and less well by its place and by `about`."""
    return Target(kind, node, name, place, keys, is_done, fold(name), fold(f"{place} {about}"))


class SearchIndex:
    """Targets that are searched together."""

    def __init__(self, offered: Iterable[Target], others: Iterable[Target] = ()) -> None:
        self._offered = tuple(offered)
        self.targets = (*self._offered, *others)

    def search(self, query: str, recent: Sequence[Choice] = ()) -> list[Found]:
        """The best results of a query, the best first; of equals those that were chosen recently.

        Of an empty query the recent ones, then those that are offered before anything is typed.
        """
        words = query_words(query)
        if not words:
            return [Found(each, excerpt(each.name, ())) for each in self._first(recent)]
        hits = list(_hits(words, self.targets)) or list(_scattered(words, self.targets))
        rank = {choice: at for at, choice in enumerate(recent)}

        def order(hit: Hit) -> tuple[float, int, bool, int, int]:
            fits, at, each = hit
            return -fits, rank.get(each.choice, len(rank)), each.is_done, KINDS.index(each.kind), at

        return [_found(each, words) for _, _, each in nsmallest(MOST, hits, key=order)]

    def _first(self, recent: Sequence[Choice]) -> list[Target]:
        known = {each.choice: each for each in self.targets if each.choice in recent}
        again = [known[choice] for choice in recent if choice in known]
        return again + [each for each in self._offered if each not in again]


def _hits(words: Sequence[str], targets: Iterable[Target]) -> Iterator[Hit]:
    first = words[0]
    for at, each in enumerate(targets):
        if first in each.folded or first in each.about:
            fits = score(words, each.folded, each.about)
            if fits is not None:
                yield fits, at, each


def _scattered(words: Sequence[str], targets: Iterable[Target]) -> Iterator[Hit]:
    """The weakest matches: all letters in their order, in a short name."""
    for at, each in enumerate(targets):
        if each.kind not in ("task", "field", "calculatorrow") and scattered(words, each.name) is not None:
            yield SCATTERED, at, each


def _found(each: Target, words: Sequence[str]) -> Found:
    shown = excerpt(each.name, words)
    return Found(each, shown, offsets(words, shown) or scattered(words, shown) or ())


@dataclass(slots=True)
class _Owned:
    """What one person has, and the first place where the name stands."""

    name: str
    first: str
    counts: dict[str, int] = field(default_factory=lambda: {"cards": 0, "tasks": 0, "kpis": 0})


_OWNED = {"field": "cards", "task": "tasks", "kpi": "kpis"}
"""Kind of an entry with an owner -> what that person has."""


class RoadmapTargets:
    """The targets of one roadmap in one language, in reading order."""

    def __init__(self, roadmap: Roadmap, labels: Labels, words: Words) -> None:
        self.entries, self.words = RoadmapEntries(roadmap, labels, words), words
        self.owners: dict[str, _Owned] = {}
        self._places: dict[str, str] = {}
        """Place of a task -> the same folded: it is the same for many tasks."""

    def all(self) -> Iterator[Target]:
        """Every target."""
        for entry in self.entries.all():
            if entry.owner:
                self._count(entry.owner, entry.id, _OWNED[entry.kind])
            if entry.kind == "task":
                yield self._task(entry)
            elif entry.text and entry.kind not in ("roadmap", "measurement"):
                yield self._target(entry)
        for owner in self.owners.values():
            yield target("owner", owner.first, owner.name, self._share(owner))

    def _task(self, entry: SearchEntry) -> Target:
        task, text, shown = entry.task, entry.text, entry.place
        if entry.others:
            shown = f"{shown} · {entry.others}"
        found_by = self._places.get(shown)
        if found_by is None:
            found_by = self._places[shown] = fold(shown)
        return Target("task", entry.id, text, shown, "", task is not None and task.done, fold(text), found_by)

    def _target(self, entry: SearchEntry) -> Target:
        kind, place, others = entry.kind, entry.place, entry.others
        assert kind not in ("roadmap", "measurement")
        if kind == "card" and entry.card is not None:
            others = f"{role_value(entry.card, 'owner')} {others}"
        elif kind == "field":
            place = f"{place}{INTO}{entry.name}"
        elif kind == "note":
            place = f"{place} · {others}"
        elif kind == "kpi":
            place = entry.name
        return target(kind, entry.id, entry.text, place, others)

    def _count(self, owner: str, node: str, kind: str) -> None:
        if key := match_key(owner):
            name = " ".join(one_line(owner).split())
            self.owners.setdefault(key, _Owned(name, node)).counts[kind] += 1

    def _share(self, owned: _Owned) -> str:
        return ", ".join(self.words.plural(f"search.{kind}", n) for kind, n in owned.counts.items() if n)
