"""Typing told as one change: edits of one place that follow one another closely."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText
from lfroadmap.roadmap.model import TITLE_OF, Node
from lfroadmap.roadmap.structure import Add

PAUSE = 1.0
"""Seconds without a key that end a burst."""
LONGEST = 15.0
"""Seconds after which a burst ends though keys go on, so that undo does not take back minutes."""
TYPED = (SetField, SetKpi, SetTask, Rename, SpliceText, Add)
"""What comes key by key; a tick is always a change of its own.

A node is added with its first letter, so that the letters behind it belong to the same change.
"""


@dataclass(frozen=True, slots=True)
class Burst:
    """The change that a person is typing at."""

    change: int
    """Its number in the change log."""
    edit: Edit
    inverse: Edit
    began: float
    last: float
    """When its first and its last key came, in seconds of the monotonic clock."""

    def joined(self, edit: Edit, inverse: Edit, at: float) -> Burst | None:
        """The burst with one more edit; None where the edit is a change of its own."""
        if not self._goes_on(edit):
            return None
        if at - self.last > PAUSE or at - self.began > LONGEST:
            return None
        both = compose(self.edit, self.inverse, edit, inverse)
        return both and replace(self, edit=both[0], inverse=both[1], last=at)

    def _goes_on(self, edit: Edit) -> bool:
        """Whether the edit is of the same place, or words the node that was just added."""
        if isinstance(self.edit, Add):
            return isinstance(edit, Rename | SetKpi) and edit.touches()[0] == self.edit.node.id
        return type(edit) is type(self.edit) and edit.touches() == self.edit.touches()

    def is_nothing(self) -> bool:
        """Whether all that was typed was taken back again."""
        if isinstance(self.edit, SpliceText) and isinstance(self.inverse, SpliceText):
            return self.edit.inserted == self.inverse.inserted
        return self.edit == self.inverse


def compose(first: Edit, back: Edit, second: Edit, back_second: Edit) -> tuple[Edit, Edit] | None:
    """One edit for two of the same place, with its inverse; None for runs that do not touch."""
    if isinstance(first, Add):
        return replace(first, node=_reworded(first.node, second)), back
    if not isinstance(first, SpliceText):
        return second, back
    assert isinstance(second, SpliceText)
    assert isinstance(back, SpliceText)
    assert isinstance(back_second, SpliceText)
    start, end = first.at, first.at + len(first.inserted)
    # the run that the second one replaced, in the text that the first one left
    run, run_end = back_second.at, back_second.at + len(back_second.inserted)
    if run > end or run_end < start:
        return None
    old = back_second.inserted[: max(start - run, 0)] + back.inserted
    old += back_second.inserted[len(back_second.inserted) - max(run_end - end, 0) :]
    new = first.inserted[: max(run - start, 0)] + second.inserted + first.inserted[max(run_end - start, 0) :]
    at = min(start, run)
    return SpliceText(first.field, at, len(old), new), SpliceText(first.field, at, len(new), old)


def _reworded(node: Node, edit: Edit) -> Node:
    """The node as the edit, a Rename or SetKpi of it, leaves it."""
    if isinstance(edit, Rename):
        return replace(node, **{TITLE_OF[type(node)]: edit.text})  # type: ignore[arg-type]
    assert isinstance(edit, SetKpi)
    return replace(node, **{edit.column: edit.value})  # type: ignore[arg-type]
