"""A roadmap from its changes alone, where every copy of it is lost: the typed values, near their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edits import Bind, Edit, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Note, Reading, Relation, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import load, names
from lfroadmap.roadmap.tree import places
from lfroadmap.store.sqlite.file_schema import Change

_HOME = "rescued"
"""Id of the roadmap, stage and card for nodes whose place is unknown."""


def replay(changes: Iterable[Change]) -> Roadmap | None:
    """The roadmap of the changes, in order, on the template that they are about; None where it is empty."""
    changes = tuple(changes)
    draft = Draft(_closest_template({change.node for change in changes}))
    for change in changes:
        for part in load_edit(change.edit).singles():
            for node, parent in _missing_nodes(part, change, draft):
                draft.apply(Add(node, parent))
            draft.apply(part)
    roadmap = draft.roadmap()
    return roadmap if roadmap.stages or roadmap.kpis or roadmap.measurements else None


def _closest_template(touched: set[str]) -> Roadmap:
    """The template that has most of the nodes, or an empty roadmap where none has any."""
    roadmaps = [load(name).roadmap(_HOME) for name in names()]
    best = max(roadmaps, key=lambda roadmap: len(_ids(roadmap) & touched), default=Roadmap(_HOME))
    return best if _ids(best) & touched else Roadmap(_HOME)


def _ids(roadmap: Roadmap) -> set[str]:
    return {place.node.id for place in places(roadmap)}


def _missing_nodes(edit: Edit, change: Change, draft: Draft) -> Iterator[tuple[Node, str]]:
    """The nodes that an edit presupposes and that are missing, each with its parent."""
    node = _target_node(edit, change)
    if node is None or draft.node(node.id) is not None:
        return
    if isinstance(node, Field | Task | Note | Relation):
        above = edit.parent if isinstance(edit, Add) else change.card or _HOME
        if not isinstance(draft.node(above), Card | Task):
            yield from _missing_home(above, change, draft)
        yield node, above
    elif isinstance(node, Reading) and isinstance(edit, Add):
        yield Kpi(edit.parent), _HOME
        yield node, edit.parent
    elif isinstance(node, Card) and isinstance(edit, Add):
        yield Stage(edit.parent), _HOME
    else:
        yield node, _HOME


def _missing_home(above: str, change: Change, draft: Draft) -> Iterator[tuple[Node, str]]:
    """A card with the id `above`, or a task in the card of the change; and what these are in."""
    yield Stage(f"{_HOME}-stage"), _HOME
    if change.card and change.card != above:  # a note of a task
        if draft.node(change.card) is None:
            yield Card(change.card), f"{_HOME}-stage"
        yield Task(above), change.card
    else:
        yield Card(above), f"{_HOME}-stage"


def _target_node(edit: Edit, change: Change) -> Node | None:
    """The node that an edit is about, as far as the edit shows it."""
    node_id = edit.touches()[0]
    if isinstance(edit, Add):
        return edit.node
    if isinstance(edit, SetField | SpliceText):
        return Field(node_id, "long" if isinstance(edit, SpliceText) else "text", label=change.label)
    if isinstance(edit, Tick | SetTask):
        return Task(node_id, change.label)
    return Kpi(node_id, change.label) if isinstance(edit, SetKpi | Bind) else None
