"""A roadmap over time, out of its change log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit, Tick
from lfroadmap.roadmap.model import Card, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import descendants, ids_under
from lfroadmap.store.history.change_entries import local_time
from lfroadmap.store.history.kpi_values import kpi_values
from lfroadmap.store.history.queries import done_changes, first_changes
from lfroadmap.store.sqlite.file_schema import Change


def activity(path: Path, roadmap: Roadmap, upto: int | None = None) -> Activity:
    """The activity up to the change with the number `upto`, after which `roadmap` was as given.

    The log is walked back by the inverses, so that what an import, a reset or an undo did counts like what
    was typed. A damaged change is skipped. Raises BrokenStore.
    """
    changes = [(change, *_edits(change)) for change in done_changes(path, upto)]
    first_days = _first_days(path, roadmap, changes, upto)
    done, planned = _tasks_by_day(roadmap, changes)
    return Activity(first_days, done, kpi_values(path, roadmap, upto), planned=planned)


_Edits = tuple[Change, tuple[Edit, ...], tuple[Edit, ...]]
"""A change, its edits, and those that take it back."""


def _edits(change: Change) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    try:
        return tuple(load_edit(change.edit).singles()), tuple(load_edit(change.inverse).singles())
    except ValueError:
        return (), ()


def _first_days(path: Path, roadmap: Roadmap, changes: Iterable[_Edits], upto: int | None) -> dict[str, date]:
    """Id of each card -> the first day on which something in it changed."""
    first = dict(first_changes(path, upto))
    cards = [card for stage in roadmap.stages for card in stage.cards]
    home = {node_id: card.id for card in cards for node_id in ids_under(card)}
    for change, edits, _ in changes:
        for edit in edits if change.kind == Batch.__name__ else ():
            card = home.get(edit.touches()[0], "")
            if card:
                first[card] = min(first.get(card, change.at), change.at)
    return {card: local_time(at).date() for card, at in first.items() if card in home}


_Counts = tuple[tuple[date, int], ...]
"""Days on which a number changed, each with the number at its end, in order."""


def _tasks_by_day(roadmap: Roadmap, changes: Iterable[_Edits]) -> tuple[_Counts, _Counts]:
    """The tasks done by day, and all tasks by day with their number at first."""
    tasks = _DoneTasks(roadmap)
    done: dict[date, int] = {}
    planned: dict[date, int] = {}
    for change, _, inverses in changes:
        after, total = tasks.count, tasks.total
        for edit in inverses:
            tasks.apply(edit)
        if tasks.count != after:
            done.setdefault(local_time(change.at).date(), after)
        if tasks.total != total:
            planned.setdefault(local_time(change.at).date(), total)
    return tuple(sorted(done.items())), ((date.min, tasks.total), *sorted(planned.items()))


class _DoneTasks:
    """The tasks, and those that are done, while the log is walked back."""

    def __init__(self, roadmap: Roadmap) -> None:
        self._done = {node.id: node.done for node, _ in descendants(roadmap) if isinstance(node, Task)}
        self._under: dict[str, set[str]] = {}
        """Id of a stage or card -> those of what is in it."""
        self._parents: dict[str, str] = {}
        for node, parent in descendants(roadmap):
            self._put(node.id, parent)
        self.count = sum(self._done.values())

    @property
    def total(self) -> int:
        """The number of all tasks."""
        return len(self._done)

    def apply(self, edit: Edit) -> None:
        """Apply an edit of an inverse."""
        if isinstance(edit, Tick) and edit.task in self._done:
            self._set(edit.task, done=edit.done)
        elif isinstance(edit, Remove):
            self._remove(edit.node)
        elif isinstance(edit, Add):
            self._add(edit.node, edit.parent)
        elif isinstance(edit, Move):
            self._put(edit.node, edit.parent)

    def _put(self, node: str, parent: str) -> None:
        self._under.get(self._parents.get(node, ""), set()).discard(node)
        self._under.setdefault(parent, set()).add(node)
        self._parents[node] = parent

    def _set(self, task: str, *, done: bool) -> None:
        self.count += done - self._done.get(task, False)
        self._done[task] = done

    def _remove(self, node: str) -> None:
        if node in self._done:
            self.count -= self._done.pop(node)
        for below in self._under.pop(node, ()):
            self._remove(below)

    def _add(self, node: Node, parent: str) -> None:
        below = [(node, parent), *(descendants(node) if isinstance(node, Stage | Card) else ())]
        for each, above in below:
            self._put(each.id, above)
            if isinstance(each, Task):
                self._set(each.id, done=each.done)
