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

        It is what the typed line was understood as when Enter was pressed.
        """
        node = self.edit.touches()[0]
        return (
            isinstance(edit, Batch)
            and isinstance(self.edit, Add | Rename)
            and all(isinstance(part, NodeEdit) and part.touches()[0] == node for part in edit.singles())
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


def _joined(burst: Burst, edit: Edit, inverse: Edit) -> tuple[Edit, Edit]:
    """A burst and the batch that ends it as one edit, each value once, with its inverse."""
    if isinstance(burst.edit, Add):
        node = burst.edit.node
        for part in edit.singles():
            assert isinstance(part, NodeEdit)
            node = part.on_node(node)
        return replace(burst.edit, node=node), burst.inverse
    edits = {part.touches(): part for part in (burst.edit, *edit.singles())}
    inverses = {part.touches(): part for part in (*inverse.singles(), burst.inverse)}
    changed = [place for place in edits if edits[place] != inverses[place]]
    if len(changed) == 1:
        return edits[changed[0]], inverses[changed[0]]
    return Batch(tuple(map(edits.__getitem__, changed))), Batch(tuple(map(inverses.__getitem__, changed)))
