"""From one roadmap to another by edits: what a reset, and an import into a roadmap that is there, do."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.roadmap.edits import (
    TASK_DETAILS,
    Add,
    Batch,
    Edit,
    Move,
    Remove,
    Rename,
    SetField,
    SetKpi,
    SetTask,
    SpliceText,
    Tick,
)
from lfroadmap.roadmap.model import KPI_COLUMNS, TITLE_OF, Card, Field, Kpi, Node, Roadmap, Stage, Task


def difference(now: Roadmap, then: Roadmap) -> tuple[Edit, ...]:
    """The single edits that turn `now` into `then`, under its own id and template; none where they agree."""
    out: list[Edit] = []
    if now.title != then.title:
        out.append(Rename(now.id, then.title))
    out += _level(now.id, now.stages, then.stages)
    out += _level(now.id, now.kpis, then.kpis)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class ResetAll:
    """Bring everything back to `fresh`: fields and checks emptied, own nodes out, removed ones back in."""

    fresh: Roadmap

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap as on its first day."""
        return Batch(difference(roadmap, self.fresh)).on(roadmap)

    def inverse(self, roadmap: Roadmap) -> Edit:
        """All that was there before."""
        return Batch(difference(roadmap, self.fresh)).inverse(roadmap)

    def touches(self) -> tuple[str, str]:
        """The whole roadmap."""
        return "", "reset"


def _level(parent: str, now: tuple[Node, ...], then: tuple[Node, ...]) -> list[Edit]:
    """The edits that turn the nodes `now` under `parent` into `then`."""
    if now == then:
        return []
    kept = {node.id: node for node in now}
    wanted = {node.id for node in then}
    out: list[Edit] = [Remove(node.id) for node in now if node.id not in wanted]
    order = [node.id for node in now if node.id in wanted]
    after = ""
    for index, node in enumerate(then):
        old = kept.get(node.id)
        if old is None or type(old) is not type(node):
            out.append(Add(node, parent, after))
            order.insert(index, node.id)
        else:
            if order[index] != node.id:
                out.append(Move(node.id, parent, after))
                order.remove(node.id)
                order.insert(index, node.id)
            out += _node(old, node)
        after = node.id
    return out


def _node(old: Node, new: Node) -> list[Edit]:
    """The edits that turn one node into another with the same id."""
    if old == new:
        return []
    out: list[Edit] = []
    name = TITLE_OF[type(new)]
    if not isinstance(new, Kpi) and getattr(old, name) != getattr(new, name):
        out.append(Rename(new.id, getattr(new, name)))
    if isinstance(old, Stage) and isinstance(new, Stage):
        out += _level(new.id, old.cards, new.cards)
    elif isinstance(old, Card) and isinstance(new, Card):
        out += _level(new.id, old.fields, new.fields)
        out += _level(new.id, old.tasks, new.tasks)
    elif isinstance(old, Field) and isinstance(new, Field):
        if old.value != new.value:
            long = new.kind == "long"
            out.append(
                SpliceText(new.id, 0, len(old.value), new.value) if long else SetField(new.id, new.value)
            )
    elif isinstance(old, Task) and isinstance(new, Task):
        if (old.done, old.done_on) != (new.done, new.done_on):
            out.append(Tick(new.id, new.done, new.done_on))
        out += [
            SetTask(new.id, detail, getattr(new, detail))
            for detail in TASK_DETAILS
            if getattr(old, detail) != getattr(new, detail)
        ]
    elif isinstance(old, Kpi) and isinstance(new, Kpi):
        out += [
            SetKpi(new.id, column, getattr(new, column))
            for column in KPI_COLUMNS
            if getattr(old, column) != getattr(new, column)
        ]
    return out
