"""Everything in a roadmap that can be found by words: its nodes with their values, and the owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Literal, NamedTuple, get_args

from lfroadmap.roadmap.model import ROW_VALUES, Calculator, Card, Field, Kpi, Note, Roadmap
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key, one_line
from lfroadmap.ui.search import SCATTERED, fold, offsets, query_words, scattered, score
from lfroadmap.words import Words

Kind = Literal[
    "command", "theme", "roadmap", "template", "stage", "card", "kpi", "figure", "measure", "filter", "owner",
    "task", "calculator", "field", "calculatorrow", "note", "link",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Of two that fit a query as well, the earlier kind comes first."""
Choice = tuple[str, str]
"""Kind and id of a target."""
MOST = 60
"""Most results of a query: more are read by nobody."""
INTO = " › "
"""Between a place and what is in it; on a right-to-left line it is drawn the other way round."""
EXCERPT = 160
"""Characters of a long value that are shown."""


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
            return [Found(each, _excerpt(each.name, ())) for each in self._first(recent)]
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
    shown = _excerpt(each.name, words)
    return Found(each, shown, offsets(words, shown) or scattered(words, shown) or ())


def _excerpt(text: str, words: Sequence[str]) -> str:
    """A text, of a long one the part around the first of the words."""
    if len(text) <= EXCERPT:
        return text
    folded = fold(text)
    at = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    start = max(min(at, len(text)) - EXCERPT // 4, 0)
    return ("…" if start else "") + text[start : start + EXCERPT]


@dataclass(slots=True)
class _Owned:
    """What one person has, and the first place where the name stands."""

    name: str
    first: str
    counts: dict[str, int] = field(default_factory=lambda: {"cards": 0, "tasks": 0, "kpis": 0})


class RoadmapTargets:
    """The targets of one roadmap in one language, in reading order."""

    def __init__(self, roadmap: Roadmap, labels: Labels, words: Words) -> None:
        self.roadmap, self.labels, self.words = roadmap, labels, words
        self.owners: dict[str, _Owned] = {}

    def all(self) -> Iterator[Target]:
        """Every target."""
        for stage in self.roadmap.stages:
            name, short = self._name(stage), one_line(self.labels.short(stage))
            yield target("stage", stage.id, name, about=short)
            for card in stage.cards:
                yield from self._card(card, short)
        yield from map(self._kpi, self.roadmap.kpis)
        for owned in self.owners.values():
            yield target("owner", owned.first, owned.name, self._share(owned))

    def _name(self, node: object) -> str:
        return one_line(self.labels.of(node))  # type: ignore[arg-type]

    def _card(self, card: Card, stage: str) -> Iterator[Target]:
        name, owner = self._name(card), role_value(card, "owner")
        yield target("card", card.id, name, stage, f"{owner} {self.labels.about(card)}")
        place = f"{stage}{INTO}{name}"
        for each in card.fields:
            if each.value.strip():
                yield self._field(each, place)
                if each.role == "owner":
                    self._count(each.value, each.id, "cards")
        about: dict[str, tuple[str, str]] = {}
        """Owner -> the place of a task of theirs, and the same folded: they are the same for many tasks."""
        for task in card.tasks:
            text = self._name(task)
            if task.owner not in about:
                shown = f"{place} · {one_line(task.owner)}" if task.owner.strip() else place
                about[task.owner] = shown, fold(shown)
            shown, found_by = about[task.owner]
            if shown is not place:
                self._count(task.owner, task.id, "tasks")
            yield Target("task", task.id, text, shown, "", task.done, fold(text), found_by)
            for note in task.notes:
                yield self._note(note, f"{place}{INTO}{text}")
        for calculator in card.calculators:
            yield from self._calculator(calculator, place)
        for note in card.notes:
            yield self._note(note, place)

    def _calculator(self, calculator: Calculator, place: str) -> Iterator[Target]:
        from lfroadmap.roadmap.calculators.card_tables import row_name  # noqa: PLC0415 - few cards have one

        name, kind = self._name(calculator), self.words(f"calc.{calculator.kind}")
        yield target("calculator", calculator.id, name, place, kind)
        for row in calculator.rows:
            values = " ".join(filter(None, (getattr(row, column) for column in ROW_VALUES)))
            shown = one_line(" ".join(filter(None, (row_name(row, self.labels), row.stage))))
            if shown:
                yield target("calculatorrow", row.id, shown, f"{place}{INTO}{name}", values)

    def _note(self, note: Note, place: str) -> Target:
        return target("note", note.id, one_line(note.text or ""), f"{place} · {one_line(note.author)}")

    def _field(self, each: Field, place: str) -> Target:
        day = iso_day(each.value) if each.kind == "date" else None
        value = self.words.day(day) if day else one_line(each.value)
        if each.kind == "choice":
            value = one_line(self.labels.option(each, each.value))
        return target("field", each.id, value, f"{place}{INTO}{self._name(each)}", each.value if day else "")

    def _kpi(self, kpi: Kpi) -> Target:
        texts = [self.labels.kpi(kpi, column) for column in ("definition", "target", "owner")]
        if texts[-1].strip():
            self._count(texts[-1], kpi.id, "kpis")
        return target("kpi", kpi.id, self._name(kpi), one_line(texts[0]), " ".join(texts[1:]))

    def _count(self, owner: str, node: str, kind: str) -> None:
        name = " ".join(one_line(owner).split())
        self.owners.setdefault(match_key(owner), _Owned(name, node)).counts[kind] += 1

    def _share(self, owned: _Owned) -> str:
        return ", ".join(self.words.plural(f"search.{kind}", n) for kind, n in owned.counts.items() if n)
