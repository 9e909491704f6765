"""The rows of the change log for what peers changed: in their updates, and in what was removed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.document.arrived_stamps import ArrivedStamps
from lfroadmap.store.history.remote_changes import remote_changes
from lfroadmap.store.sqlite.file_schema import Change

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document


def peer_changes(
    document: Document, before: Roadmap, after: Roadmap, arrived: ArrivedStamps, at: int
) -> list[Change]:
    """The rows that lead from one roadmap to another, with the persons who made them as far as known."""
    rows = remote_changes(before, after, document.stamps_for, arrived, at)
    return [row._replace(actor=document.person_of(row.origin)) for row in rows]


def hidden_changes(document: Document, seen: Roadmap, after: Roadmap, device: str, at: int) -> list[Change]:
    """The rows for what peers did in removed nodes, once these are restored.

    `seen` is the roadmap with the nodes as they were removed. Nothing of this was done on this `device`.
    """
    stamps = ArrivedStamps((document.full_update(),), but_of=device)
    return peer_changes(document, seen, after, stamps, at)
