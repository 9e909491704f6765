"""The rows of the change log for what is done in this window."""

from __future__ import annotations

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.tree import find, home_of
from lfroadmap.store.history.change_rows import Where, change_row
from lfroadmap.store.identity import Author
from lfroadmap.store.sqlite.file_schema import Change


def own_change(author: Author, edit: Edit, inverse: Edit, before: Roadmap, after: Roadmap) -> Change:
    """The row for an edit that leads from one roadmap to another, without its time and update."""
    node = edit.touches()[0]
    row = change_row(edit, inverse, _where(before, node), _where(after, node))
    return row._replace(author=author.name, actor=author.actor)


def _where(roadmap: Roadmap, node_id: str) -> Where | None:
    """A node, or the roadmap itself, with its parent."""
    if node_id == roadmap.id:
        return Where(roadmap)
    place = find(roadmap, node_id)
    return place and Where(place.node, place.parent, home_of(roadmap, place))
