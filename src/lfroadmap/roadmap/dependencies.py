"""What waits for what: which cards and tasks are blocked and ready, and the circles that are not to be.

A card is done when all its tasks are, and none of them can begin before the card can. So a circle may lead
through a card and a task in it: each card has a beginning and an end, which its tasks are between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from lfroadmap.roadmap.circles import Edge, circles, path
from lfroadmap.roadmap.model import Card, Relation, Roadmap, Task

_WITH_RELATIONS = attrgetter("relations")
_NONE: frozenset[str] = frozenset()
_Lists = dict[str, tuple[str, ...]]
Point = tuple[str, str]
"""The beginning (`from`) or the end (`to`) of a card, or a task (`at`), with its id."""


class _Part(NamedTuple):
    """A card as far as something depends on it."""

    card: Card
    relations: tuple[tuple[str, Relation], ...]
    """The relations of the card and its tasks, each with the id of what has it."""
    wanted: frozenset[str]
    """The ids that relations name, in the whole roadmap."""
    tasks: tuple[Task, ...] = ()
    """The tasks that relations name."""
    shape: tuple[object, ...] = ()
    """All that it says but what is done."""
    done: Mapping[str, bool] = {}
    """Id of the card, where a relation names it, and of those tasks -> True if it is done."""


class Dependencies:
    """The dependencies of a roadmap; `after` gives those of a later state, where only what changed is read.

    Of each card only its relations and the tasks that relations name are kept, and what leads where is found
    again only where that is another than before: what a tick costs does not depend on the number of tasks.
    """

    def __init__(self, roadmap: Roadmap, before: Dependencies | None = None) -> None:
        self.roadmap = roadmap
        self._parts: dict[str, _Part] = _parts(roadmap, before._parts if before else {})
        self._kpis = tuple(kpi.id for kpi in roadmap.kpis)
        wanted = next((part.wanted for part in self._parts.values()), _NONE)
        self._shape: tuple[object, ...] = tuple(part.shape for part in self._parts.values()) if wanted else ()
        if before and before._shape == self._shape and before._kpis == self._kpis:
            self.ignored = before.ignored
            self._homes: dict[str, str] = before._homes
            lists = before._targets, before._moved, before._uncounted
        else:
            self._homes = {each: card_id for card_id, part in self._parts.items() for each in part.done}
            related = any(part.relations for part in self._parts.values())
            self.ignored = frozenset(circles(self._edges(_NONE, _NONE))) if related else _NONE
            lists = self._counted()
        self._targets: _Lists
        self._moved: _Lists
        self._uncounted: _Lists
        self._targets, self._moved, self._uncounted = lists

    ignored: frozenset[str]
    """Ids of the relations that do not count, as edits that people made apart closed a circle.

    Of a circle those whose ids come first count; so it is the same choice wherever the roadmap is the same.
    """

    def after(self, roadmap: Roadmap) -> Dependencies:
        """The dependencies of the roadmap as it is later."""
        return self if roadmap is self.roadmap else Dependencies(roadmap, self)

    @property
    def is_empty(self) -> bool:
        """True if nothing has a relation to what is there."""
        return not (self._targets or self._moved or self._uncounted)

    def targets(self, node_id: str) -> tuple[str, ...]:
        """The cards and tasks that a card or a task waits for, done or not, as far as they are there."""
        return self._targets.get(node_id, ())

    def waits(self, node_id: str) -> tuple[str, ...]:
        """The open cards and tasks that a card or a task still waits for; none where it is done itself."""
        if node_id not in self._homes or self._is_done(node_id):
            return ()
        return tuple(target for target in self.targets(node_id) if not self._is_done(target))

    def _is_done(self, node_id: str) -> bool:
        return self._parts[self._homes[node_id]].done[node_id]

    def is_blocked(self, node_id: str) -> bool:
        """True for what is open and waits for something that is open."""
        return bool(self.waits(node_id))

    def is_ready(self, node_id: str) -> bool:
        """True for what is open, and all that it waited for is done."""
        targets = self.targets(node_id)
        return bool(targets) and not self._is_done(node_id) and all(map(self._is_done, targets))

    @property
    def blocked(self) -> tuple[str, ...]:
        """The ids of all that is blocked, in reading order."""
        return tuple(filter(self.is_blocked, self._targets))

    @property
    def ready(self) -> tuple[str, ...]:
        """The ids of all that is ready, in reading order."""
        return tuple(filter(self.is_ready, self._targets))

    def moved_by(self, kpi_id: str) -> tuple[str, ...]:
        """The ids of the cards that move a KPI, in reading order."""
        return self._moved.get(kpi_id, ())

    def moves(self, card_id: str) -> tuple[str, ...]:
        """The ids of the KPIs that a card moves, in their order."""
        return tuple(kpi for kpi in self._kpis if card_id in self._moved.get(kpi, ()))

    def node(self, node_id: str) -> Card | Task | None:
        """A card, or a task that a relation names or has; None for any other id."""
        part = self._parts.get(self._homes.get(node_id, node_id))
        if part is None or part.card.id == node_id:
            return part.card if part else None
        return next(task for task in part.tasks if task.id == node_id)

    def uncounted(self, node_id: str) -> tuple[str, ...]:
        """What a card or a task does not wait for, as that would close a circle."""
        return self._uncounted.get(node_id, ())

    @property
    def circles(self) -> tuple[tuple[str, str], ...]:
        """What does not wait, and what for, in reading order: each would close a circle."""
        return tuple((node, target) for node, targets in self._uncounted.items() for target in targets)

    def path_to(self, waiting: str, target: str) -> tuple[str, ...]:
        """The circle that would be closed if one waited for the other: from `waiting` round to it again.

        Empty where there would be none.
        """
        extra = frozenset((waiting, target))
        points = self._points(extra)
        if waiting not in points or target not in points:
            return ()
        found = path(self._edges(extra, self.ignored), points[target][1], points[waiting][0])
        ids = [waiting, *(node_id for _, node_id in found)]
        way = tuple(node for at, node in enumerate(ids) if not at or node != ids[at - 1])
        return () if not found else way if len(way) > 1 else (waiting, waiting)

    # the graph

    def _points(self, extra: frozenset[str] = frozenset()) -> dict[str, tuple[Point, Point]]:
        """Id of what can wait and be waited for -> the point that waits, and the one that is waited for."""
        found: dict[str, tuple[Point, Point]] = {}
        for card_id, part in self._parts.items():
            found[card_id] = ("from", card_id), ("to", card_id)
            for task in (*part.tasks, *_tasks_of(part.card, extra)):
                found[task.id] = ("at", task.id), ("at", task.id)
        return found

    def _edges(self, extra: frozenset[str], without: frozenset[str]) -> list[Edge[Point]]:
        """What each point needs to be done before it, relations by their ids and what cards imply without."""
        out: list[Edge[Point]] = []
        points = self._points(extra)
        for card_id, part in self._parts.items():
            begins, ends = points[card_id]
            out.append(Edge(ends, begins))
            for task in (*part.tasks, *_tasks_of(part.card, extra)):
                out += [Edge(ends, ("at", task.id)), Edge(("at", task.id), begins)]
        out += [
            Edge(points[waiting][0], points[relation.target][1], relation.id)
            for waiting, relation in self._waiting(points)
            if relation.id not in without
        ]
        return out

    def _waiting(self, points: dict[str, tuple[Point, Point]]) -> Iterator[tuple[str, Relation]]:
        """The relations of what waits for something that is there."""
        for part in self._parts.values():
            for waiting, relation in part.relations:
                if relation.kind == "waits_for" and relation.target in points:
                    yield waiting, relation

    def _counted(self) -> tuple[_Lists, _Lists, _Lists]:
        """What each node waits for, the cards that move each KPI, and what does not count; all of it once."""
        targets: dict[str, dict[str, None]] = {}
        uncounted: dict[str, dict[str, None]] = {}
        moved: dict[str, dict[str, None]] = {}
        for waiting, relation in self._waiting(self._points()):
            into = uncounted if relation.id in self.ignored else targets
            into.setdefault(waiting, {})[relation.target] = None
        kpis = frozenset(self._kpis)
        for card_id, part in self._parts.items():
            for having, relation in part.relations:
                if relation.kind == "moves" and having == card_id and relation.target in kpis:
                    moved.setdefault(relation.target, {})[card_id] = None
        return _lists(targets), _lists(moved), _lists(uncounted)


def _lists(found: Mapping[str, Iterable[str]]) -> _Lists:
    return {key: tuple(ids) for key, ids in found.items()}


def _parts(roadmap: Roadmap, before: dict[str, _Part]) -> dict[str, _Part]:
    """The cards in reading order; those that are the same objects as before are not looked at again."""
    parts: dict[str, _Part] = {}
    for card in (card for stage in roadmap.stages for card in stage.cards):
        old = before.get(card.id)
        parts[card.id] = old if old and old.card is card else _Part(card, _relations(card), frozenset())
    wanted = next((part.wanted for part in before.values()), _NONE)
    relations = [part.relations for part in parts.values()]
    if relations != [part.relations for part in before.values()]:
        named = (pair for pairs in relations for pair in pairs)
        wanted = frozenset(node_id for having, each in named for node_id in (having, each.target))
    for card_id, part in parts.items():
        if part is not before.get(card_id) or part.wanted is not wanted:
            parts[card_id] = _with_tasks(part, wanted)
    return parts


def _with_tasks(part: _Part, wanted: frozenset[str]) -> _Part:
    """The card with the tasks that relations name, and what of all that is done."""
    card, tasks = part.card, _tasks_of(part.card, wanted)
    done = {task.id: task.done for task in tasks} | ({card.id: _is_done(card)} if card.id in wanted else {})
    shape = card.id, card.id in wanted, part.relations, tuple(task.id for task in tasks)
    return part._replace(wanted=wanted, tasks=tasks, shape=shape, done=done)


def _tasks_of(card: Card, wanted: frozenset[str]) -> tuple[Task, ...]:
    """The tasks of a card with these ids."""
    if not wanted or wanted.isdisjoint(map(attrgetter("id"), card.tasks)):
        return ()
    return tuple(task for task in card.tasks if task.id in wanted)


def _relations(card: Card) -> tuple[tuple[str, Relation], ...]:
    own = [(card.id, relation) for relation in card.relations]
    tasks: Iterable[Task] = filter(_WITH_RELATIONS, card.tasks)  # in C: most tasks have none
    return (*own, *((task.id, relation) for task in tasks for relation in task.relations))


def _is_done(card: Card) -> bool:
    """True if a card has tasks and all of them are done."""
    return bool(card.tasks) and all(map(attrgetter("done"), card.tasks))
