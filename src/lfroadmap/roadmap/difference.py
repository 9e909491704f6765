"""From one roadmap to another by edits: what a reset, and an import into a roadmap that is there, do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lfroadmap.roadmap.chain import Chain
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
from lfroadmap.roadmap.storable import hold_storable


def difference(now: Roadmap, then: Roadmap) -> tuple[Edit, ...]:
    """The single edits that turn `now` into `then`, under its own id and template; none where they agree."""
    out: list[Edit] = []
    if now.title != then.title:
        out.append(Rename(now.id, then.title))
    # what goes goes first: one of its ids may come back elsewhere
    out += _removals(now.stages, then.stages)
    out += _removals(now.kpis, then.kpis)
    out += _level(now.id, now.stages, then.stages)
    out += _level(now.id, now.kpis, then.kpis)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class ResetAll:
    """Bring everything back to `fresh`: fields and checks emptied, own nodes out, removed ones back in."""

    fresh: Roadmap

    def __post_init__(self) -> None:
        hold_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap as on its first day."""
        return Batch(difference(roadmap, self.fresh)).on(roadmap)

    def inverse(self, roadmap: Roadmap) -> Edit:
        """All that was there before."""
        return Batch(difference(roadmap, self.fresh)).inverse(roadmap)

    def touches(self) -> tuple[str, str]:
        """The whole roadmap."""
        return "", "reset"


def _stays(old: Node, new: Node | None) -> bool:
    """Whether edits of single values turn one node into the other."""
    if isinstance(old, Field) and isinstance(new, Field):
        return replace(old, label=new.label, value=new.value) == new
    return type(old) is type(new)


def _removals(now: tuple[Node, ...], then: tuple[Node, ...]) -> list[Edit]:
    """The nodes that are not in `then`, here or further down."""
    if now == then:
        return []
    wanted = {node.id: node for node in then}
    out: list[Edit] = []
    for old in now:
        new = wanted.get(old.id)
        if not _stays(old, new):
            out.append(Remove(old.id))
        elif isinstance(old, Stage) and isinstance(new, Stage):
            out += _removals(old.cards, new.cards)
        elif isinstance(old, Card) and isinstance(new, Card):
            out += _removals(old.fields, new.fields)
            out += _removals(old.tasks, new.tasks)
    return out


def _level(parent: str, now: tuple[Node, ...], then: tuple[Node, ...]) -> list[Edit]:
    """The edits that turn the nodes `now` under `parent` into `then`, once the removed ones are gone."""
    if now == then:
        return []
    wanted = {node.id: node for node in then}
    kept = {node.id: node for node in now if _stays(node, wanted.get(node.id))}
    waiting = Chain(kept)
    out: list[Edit] = []
    after = ""
    for node in then:
        old = kept.get(node.id)
        if old is None:
            out.append(Add(node, parent, after))
        else:
            if waiting.before(node.id):
                out.append(Move(node.id, parent, after))
            waiting.remove(node.id)
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
