"""Coalescing of typing into one change: edits of one place that follow each other closely."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edit import NodeEdit
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText
from lfroadmap.roadmap.structure import Add

PAUSE = 1.0
"""Seconds without a key that end a burst."""
LONGEST = 15.0
"""Seconds after which a burst ends even while keys go on, so that undo does not revert minutes."""
TYPED = (SetField, SetKpi, SetTask, Rename, SpliceText, Add)
"""Edits that come key by key; a tick is always a change of its own.

A node is added with its first letter, so that the following letters belong to the same change.
"""


@dataclass(frozen=True, slots=True)
class Burst:
    """The change that is being typed."""

    change: int
    """Its number in the change log."""
    edit: Edit
    inverse: Edit
    began: float
    last: float
    """Time of its first and its last key, in seconds of the monotonic clock."""

    def extended(self, edit: Edit, inverse: Edit, at: float) -> Burst | None:
        """The burst with one more edit; None where the edit is a change of its own."""
        if self._is_ended_by(edit):
            edit_all, inverse_all = _joined(self, edit, inverse)
            return replace(self, edit=edit_all, inverse=inverse_all, last=at)
        if not self._continues(edit):
            return None
        if at - self.last > PAUSE or at - self.began > LONGEST:
            return None
        both = compose(self.edit, self.inverse, edit, inverse)
        return both and replace(self, edit=both[0], inverse=both[1], last=at)

    def _continues(self, edit: Edit) -> bool:
        """True if the edit is of the same place, or sets the text of the node that was just added."""
        if isinstance(self.edit, Add):
            return isinstance(edit, Rename | SetKpi) and edit.touches()[0] == self.edit.node.id
        return type(edit) is type(self.edit) and edit.touches() == self.edit.touches()

    def _is_ended_by(self, edit: Edit) -> bool:
        """True for a batch of values of the node that is being typed, however long after the last key.

        It is what the typed line was understood as when Enter was pressed; behind a node that is being added
        it may add others, the further lines of a paste.
        """
        if not isinstance(edit, Batch) or not isinstance(self.edit, Add | Rename):
            return False
        parts = (part for part in edit.singles() if not _is_of(part, self.edit.touches()[0]))
        other = Add if isinstance(self.edit, Add) else ()
        return _is_of(next(edit.singles(), edit), self.edit.touches()[0]) and all(
            isinstance(part, other) for part in parts
        )

    def is_nothing(self) -> bool:
        """True if all that was typed was reverted."""
        if isinstance(self.edit, SpliceText) and isinstance(self.inverse, SpliceText):
            return self.edit.inserted == self.inverse.inserted
        return self.edit == self.inverse


def compose(first: Edit, inverse: Edit, second: Edit, second_inverse: Edit) -> tuple[Edit, Edit] | None:
    """One edit for two of the same place, with its inverse; None for ranges that do not touch."""
    if isinstance(first, Add) and isinstance(second, NodeEdit):
        return replace(first, node=second.on_node(first.node)), inverse
    if not isinstance(first, SpliceText):
        return second, inverse
    assert isinstance(second, SpliceText)
    assert isinstance(inverse, SpliceText)
    assert isinstance(second_inverse, SpliceText)
    start, end = first.at, first.at + len(first.inserted)
    # the range that the second edit replaced, in the text that the first one left
    other_start, other_end = second_inverse.at, second_inverse.at + len(second_inverse.inserted)
    if other_start > end or other_end < start:
        return None
    old = second_inverse.inserted[: max(start - other_start, 0)] + inverse.inserted
    old += second_inverse.inserted[len(second_inverse.inserted) - max(other_end - end, 0) :]
    new = (
        first.inserted[: max(other_start - start, 0)]
        + second.inserted
        + first.inserted[max(other_end - start, 0) :]
    )
    at = min(start, other_start)
    return SpliceText(first.field, at, len(old), new), SpliceText(first.field, at, len(new), old)


def _is_of(edit: Edit, node: str) -> bool:
    """True for an edit of a value of the node."""
    return isinstance(edit, NodeEdit) and edit.touches()[0] == node


def _joined(burst: Burst, edit: Edit, inverse: Edit) -> tuple[Edit, Edit]:
    """A burst and the batch that ends it as one edit, each value once, with its inverse."""
    if isinstance(burst.edit, Add):
        return _added(burst.edit, burst.inverse, edit, inverse)
    edits = {part.touches(): part for part in (burst.edit, *edit.singles())}
    inverses = {part.touches(): part for part in (*inverse.singles(), burst.inverse)}
    changed = [place for place in edits if place in inverses and edits[place] != inverses[place]]
    if len(changed) == 1:
        return edits[changed[0]], inverses[changed[0]]
    return Batch(tuple(map(edits.__getitem__, changed))), Batch(tuple(map(inverses.__getitem__, changed)))


def _added(add: Add, removal: Edit, edit: Edit, inverse: Edit) -> tuple[Edit, Edit]:
    """The addition of a node with the values that a batch gives it, and of the nodes that the batch adds."""
    node, others = add.node, []
    for part in edit.singles():
        if isinstance(part, NodeEdit):
            node = part.on_node(node)
        else:
            others.append(part)
    add = replace(add, node=node)
    if not others:
        return add, removal
    removals = (part for part in inverse.singles() if not _is_of(part, node.id))
    return Batch((add, *others)), Batch((*removals, removal))
