"""A document that is read after each update, compared with the same read as a whole."""

from __future__ import annotations

from foreign_peer import Write, foreign_update
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.roadmap.tree import children, descendants
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.reader import touched_ids


class Reading:
    """A document that is read after each update of others, and the same read as a whole."""

    def __init__(self, roadmap: Roadmap) -> None:
        self.document = Document()
        self.document.fill(roadmap)
        self.roadmap = self.document.roadmap()

    def edits(self, edit: Edit) -> None:
        """Apply an edit to the document itself."""
        self.roadmap = self.document.apply(edit, self.roadmap)

    def takes(self, update: bytes) -> None:
        """Take an update and read; the result is that of a whole reading."""
        self.document.merge(update)
        before = self.roadmap
        self.roadmap = self.document.roadmap(before)
        copy = Document()
        copy.merge(self.document.full_update())
        assert (self.roadmap, self.document.left_out) == (copy.roadmap(), copy.left_out)
        assert set(touched_ids(before, self.roadmap)) == differing_ids(before, self.roadmap)

    def writes(self, write: Write) -> None:
        """A peer that has everything writes, and the update comes back."""
        self.takes(foreign_update([self.document.full_update()], write))

    def peer_edits(self, *several: Edit) -> None:
        """A peer with the same document makes edits, and each update comes back."""
        peer = Document()
        peer.merge(self.document.full_update())
        roadmap = peer.roadmap()
        for edit in several:
            roadmap = peer.apply(edit, roadmap)
        for update in peer.take_updates():
            self.takes(update)


def differing_ids(before: Roadmap, after: Roadmap) -> set[str]:
    """The ids of nodes with other values, another parent or other children, by the definition."""

    def values(node: Node | Roadmap) -> object:
        own = [getattr(node, name) for name in ATTRIBUTES[type(node)]]
        return own, [[child.id for child in children(node, name)] for name, _ in CHILDREN[type(node)]]

    def shells(roadmap: Roadmap) -> dict[str, object]:
        below = {
            node.id: (type(node), parent != roadmap.id and parent, values(node))
            for node, parent in descendants(roadmap)
        }
        return {roadmap.id: values(roadmap), **below}

    old, new = shells(before), shells(after)
    return {node_id for node_id in old | new if old.get(node_id) != new.get(node_id)}
