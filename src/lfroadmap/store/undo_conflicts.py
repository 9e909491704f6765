"""The newer change that keeps a step from being undone."""

from __future__ import annotations

from lfroadmap.roadmap.codec import load_edit
from lfroadmap.store.history.change_entries import ChangeEntry, change_entry
from lfroadmap.store.history.undo import EditPair, conflicts, removes_place
from lfroadmap.store.sqlite.file_schema import Change, StepKind
from lfroadmap.store.sqlite.log import Log


def edit_pair(change: Change) -> EditPair:
    """The edit of a row and its inverse; raises ValueError for a damaged row."""
    return load_edit(change.edit), load_edit(change.inverse)


def newer_change(log: Log, change: Change, others: list[Change]) -> ChangeEntry | None:
    """The latest change of somebody else that hinders the undo of `change`; None where it is unknown."""
    try:
        mine = edit_pair(change)
        found = [other for other in others if conflicts(mine, edit_pair(other))]
        found = found or [other for other in others if removes_place(mine, edit_pair(other))]
    except ValueError:
        return None
    return change_entry(found[-1], step_kind(log, found[-1])) if found else None


def step_kind(log: Log, change: Change) -> StepKind | None:
    """`undo` or `redo` for a change that took another one back; None for any other."""
    from lfroadmap.store.history.undo_chain import UndoChain  # noqa: PLC0415 - for few changes only

    def lookup(number: int) -> object:
        row = log.change(number)
        return row and row.undo_of

    return UndoChain().kind(change.seq, lookup)
