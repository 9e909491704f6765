"""The difference between an undo and a redo: both take another change back, which may have done so itself."""

from __future__ import annotations

from collections.abc import Callable

from lfroadmap.store.sqlite.file_schema import StepKind

Lookup = Callable[[int], object]
"""Returns the number of the change that a change took back; None for one that took none back."""


class UndoChain:
    """The kinds of the changes that were asked about so far, each found in as many steps as are new."""

    def __init__(self) -> None:
        self._kinds: dict[int, StepKind | None] = {}

    def kind(self, number: int, lookup: Lookup) -> StepKind | None:
        """`undo` for a change that took another back, `redo` for one that took an undo back; else None."""
        chain: list[int] = []
        here: int | None = number
        while here is not None and here not in self._kinds:
            target = lookup(here)
            chain.append(here)
            if target is None:
                self._kinds[chain.pop()] = None
            # a damaged row may hold anything, and a chain never leads to a later change
            here = target if isinstance(target, int) and target < here else None
        for each in reversed(chain):
            self._kinds[each] = "redo" if here is not None and self._kinds[here] == "undo" else "undo"
            here = each
        return self._kinds[number]
