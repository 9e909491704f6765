"""A roadmap out of its changes alone, where every copy of it is lost: what was typed, near where it stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edits import Edit, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import IN_CARD, Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import load, names
from lfroadmap.roadmap.tree import places
from lfroadmap.store.sqlite.file_schema import Change

_HOME = "rescued"
"""Id of the roadmap, stage and card that hold what stood in something unknown."""


def glean(changes: Iterable[Change]) -> Roadmap | None:
    """What the changes say, in order, on the template that they are about; None where there is nothing."""
    changes = tuple(changes)
    draft = Draft(_first_day({change.node for change in changes}))
    for change in changes:
        for part in load_edit(change.edit).singles():
            for node, parent in _room_for(part, change, draft):
                draft.apply(Add(node, parent))
            draft.apply(part)
    roadmap = draft.roadmap()
    return roadmap if roadmap.stages or roadmap.kpis else None


def _first_day(touched: set[str]) -> Roadmap:
    """The template that has most of the nodes, or an empty roadmap where none has any."""
    known = [load(name).roadmap(_HOME) for name in names()]
    best = max(known, key=lambda roadmap: len(_ids(roadmap) & touched), default=Roadmap(_HOME))
    return best if _ids(best) & touched else Roadmap(_HOME)


def _ids(roadmap: Roadmap) -> set[str]:
    return {place.node.id for place in places(roadmap)}


def _room_for(edit: Edit, change: Change, draft: Draft) -> Iterator[tuple[Node, str]]:
    """The nodes that an edit takes for granted and that are not there, each with what it goes under."""
    node = _meant(edit, change)
    if node is None or draft.node(node.id) is not None:
        return
    if isinstance(node, IN_CARD):
        card = edit.parent if isinstance(edit, Add) else change.card or _HOME
        if not isinstance(draft.node(card), Card):
            yield Stage(f"{_HOME}-stage"), _HOME
            yield Card(card), f"{_HOME}-stage"
        yield node, card
    elif isinstance(node, Card) and isinstance(edit, Add):
        yield Stage(edit.parent), _HOME
    else:
        yield node, _HOME


def _meant(edit: Edit, change: Change) -> Node | None:
    """The node that an edit is about, as far as the edit shows."""
    node_id = edit.touches()[0]
    if isinstance(edit, Add):
        return edit.node
    if isinstance(edit, SetField | SpliceText):
        return Field(node_id, "long" if isinstance(edit, SpliceText) else "text", label=change.label)
    if isinstance(edit, Tick | SetTask):
        return Task(node_id, change.label)
    return Kpi(node_id, change.label) if isinstance(edit, SetKpi) else None
