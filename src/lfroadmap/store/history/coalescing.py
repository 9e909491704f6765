"""Coalescing of typing into one change: edits of one place that follow each other closely."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText
from lfroadmap.roadmap.model import TITLE_OF, Node
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

    def is_nothing(self) -> bool:
        """True if all that was typed was reverted."""
        if isinstance(self.edit, SpliceText) and isinstance(self.inverse, SpliceText):
            return self.edit.inserted == self.inverse.inserted
        return self.edit == self.inverse


def compose(first: Edit, inverse: Edit, second: Edit, second_inverse: Edit) -> tuple[Edit, Edit] | None:
    """One edit for two of the same place, with its inverse; None for ranges that do not touch."""
    if isinstance(first, Add):
        return replace(first, node=_reworded(first.node, second)), inverse
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


def _reworded(node: Node, edit: Edit) -> Node:
    """The node after the edit, a Rename or SetKpi of it."""
    if isinstance(edit, Rename):
        return replace(node, **{TITLE_OF[type(node)]: edit.text})  # type: ignore[arg-type]
    assert isinstance(edit, SetKpi)
    return replace(node, **{edit.column: edit.value})  # type: ignore[arg-type]
