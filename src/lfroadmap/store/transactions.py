"""Performing requests in one transaction, and the answers to those that cannot be performed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.store.document.reader import touched_ids
from lfroadmap.store.events import DocumentState, Merged, MissingUpdate, Outcome, Undone
from lfroadmap.store.requests import ApplyEdit, Merge, Missing, State, UndoRedo, Work

if TYPE_CHECKING:
    from lfroadmap.store.replica import Replica


class Performed(NamedTuple):
    """The results of requests."""

    outcomes: list[Outcome]
    undone: set[str]
    """Ids of the nodes that an undo or redo changed, or of what was restored with more than was seen."""
    merged: set[str]
    """Ids of the nodes that peers changed."""


def perform(replica: Replica, works: Sequence[Work]) -> Performed:
    """Process requests in order; updates of peers that follow each other are read as one.

    Without requests, the updates that wait for others are merged as far as these have come.
    """
    done = Performed([], set(), set())
    if not works:
        _merge(replica, (), done)
    for is_merge, group in groupby(works, lambda work: isinstance(work, Merge)):
        if is_merge:
            _merge(replica, [work for work in group if isinstance(work, Merge)], done)
            continue
        for work in group:
            before = replica.roadmap
            if (outcome := replica.perform(work)) is not None:
                done.outcomes.append(outcome)
            if isinstance(work, UndoRedo):
                done.undone.update(touched_ids(before, replica.roadmap))
            elif replica.brought_more and isinstance(work, ApplyEdit):
                done.undone.update(touched_ids(work.edit.on(before), replica.roadmap))
            replica.brought_more = False
    return done


def _merge(replica: Replica, requests: Sequence[Merge], done: Performed) -> None:
    before = replica.roadmap
    done.outcomes.extend(replica.merge(requests))
    if replica.roadmap is not before:
        done.merged.update(touched_ids(before, replica.roadmap))


def failure(work: Work, error: RoadmapError) -> Outcome | None:
    """The answer to a request that cannot be performed; None where saving reports it."""
    match work:
        case UndoRedo(kind=kind):
            return Undone(kind, "failed", "")
        case Merge(number=number):
            return Merged(number, "failed", error)
        case Missing(number=number):
            return MissingUpdate(number, error=error)
        case State(number=number):
            return DocumentState(number, error=error)
        case _:
            return None
