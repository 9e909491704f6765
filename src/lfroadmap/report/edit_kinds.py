"""What edits are about, as far as their descriptions differ by it."""

from __future__ import annotations

from lfroadmap.roadmap.edits import Edit, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Field, Node, Relation, Task
from lfroadmap.roadmap.structure import Add, Remove


def reshaped(edit: Edit) -> Node | None:
    """The node that an edit gives values which no edit of values gives: it is removed and added again."""
    match tuple(edit.singles()):
        case (Remove(node=node_id), Add(node=node)) if node.id == node_id:
            return node
    return None


def is_long(edit: Edit, node: Node | None) -> bool:
    """True if an edit sets a long text, or may do so as its field is unknown."""
    if isinstance(edit, SetField):
        return not isinstance(node, Field) or node.kind == "long"
    return isinstance(edit, SpliceText)


def made_by_tick(several: tuple[Edit, ...]) -> tuple[Tick, Task] | None:
    """The tick of a task that repeats and the next one that came of it; None where the edits are others."""
    match several:
        case (Tick(done=True) as tick, Add(node=Task() as made)) if made.repeat:
            return tick, made
    return None


def relation_action(relation: Relation, *, added: bool) -> str:
    """The key of the sentence about a relation that came or went."""
    return (
        ("wait" if added else "unwait") if relation.kind == "waits_for" else "moves" if added else "unmoves"
    )
