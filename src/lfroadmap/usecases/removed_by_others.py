"""What two people removed and changed at once: each learns what the other one did; the bin has it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.roadmap.model import Card, Roadmap, Stage
from lfroadmap.store.history import queries
from lfroadmap.store.history.change_entries import ChangeEntry
from lfroadmap.store.history.queries import HistoryQuery, Removed
from lfroadmap.store.sqlite.team_room import read_room

if TYPE_CHECKING:
    from lfroadmap.store.document.hidden_edits import HiddenEdit

_NEWEST = 300
"""Changes among which a removal that has just come is looked for."""


class EditedRemoved(NamedTuple):
    """A node that was removed in this file, and in which others go on."""

    removed: Removed
    authors: tuple[str, ...]
    """Their display names."""


def edited_by_others(
    path: Path, roadmap: Roadmap, edits: Collection[HiddenEdit]
) -> tuple[EditedRemoved, ...]:
    """The nodes that were removed here, and which peers have just edited; raises BrokenStore."""
    authors: dict[str, list[str]] = {}
    for edit in edits:
        for node in edit.removed:
            authors.setdefault(node, []).append(edit.author)
    found = queries.removed(path, roadmap, limit=_NEWEST) if authors else ()
    return tuple(
        EditedRemoved(each, tuple(dict.fromkeys(authors[each.node.id])))
        for each in found
        if each.entry.origin == "" and each.node.id in authors
    )


def removed_by_others(path: Path, roadmap: Roadmap, changed: Collection[str]) -> tuple[Removed, ...]:
    """The nodes among those that peers have just `changed` which they removed, and this person worked on.

    Worked on means after the removal was made, or since the server was left last: its author cannot have
    known of it. Raises BrokenStore.
    """
    newest = queries.read(path, limit=min(len(changed) + 20, _NEWEST))
    gone = {each.node for each in newest if _is_removal(each) and each.node in changed}
    if not gone:
        return ()
    room = read_room(path)
    contact = room.last_contact if room else 0
    met = datetime.fromtimestamp(contact / 1000).astimezone() if contact else None
    found = queries.removed(path, roadmap, limit=_NEWEST)
    return tuple(each for each in found if each.node.id in gone and _was_worked_on(path, each, met))


def _is_removal(entry: ChangeEntry) -> bool:
    return entry.kind == "Remove" and entry.origin != ""


def _was_worked_on(path: Path, removed: Removed, met: datetime | None) -> bool:
    node, entry = removed.node, removed.entry
    made = entry.made or entry.at
    since = min(made, met) if met else made
    query = HistoryQuery(node=node.id, since=since)
    if isinstance(node, Card):
        query = HistoryQuery(card=node.id, since=since)
    elif isinstance(node, Stage):
        query = HistoryQuery(cards=(node.id, *(card.id for card in node.cards)), since=since)
    return any(each.origin == "" for each in queries.every(path, query, upto=entry.number))
