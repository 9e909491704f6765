"""Reading a document again and again: after the first time only what changed, where that is enough."""

from __future__ import annotations

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.document.arrived_stamps import ArrivedStamps
from lfroadmap.store.document.changed_nodes import ChangedNodes
from lfroadmap.store.document.changed_reader import read_changed
from lfroadmap.store.document.hidden_edits import HiddenEdit, hidden_edits
from lfroadmap.store.document.node_maps import NodeMaps, read_meta, read_values
from lfroadmap.store.document.reader import read


class DocumentReader:
    """The last reading of a document, and the nodes that changed since."""

    def __init__(self, maps: NodeMaps, *, follows: bool) -> None:
        self._maps = maps
        self.follows = follows
        """False if the document is always read as a whole."""
        self.left_out = 0
        """Number of things that could not be read at the last reading."""
        self._last: Roadmap | None = None
        """The roadmap of the last reading, with the edits since; None before."""
        self._changed: ChangedNodes | None = None

    def roadmap(self, previous: Roadmap | None) -> Roadmap:
        """The roadmap for any content of the maps; nodes equal to those in `previous` are reused.

        Only the changed nodes are read where `previous` is the last reading with the edits since, nothing was
        left out of it, and the nodes alone show that a whole reading would have the same result.
        """
        roadmap = self._read_changed(previous)
        if roadmap is None:
            values = {kind: read_values(root, kind) for kind, root in self._maps.roots.items()}
            roadmap, self.left_out = read(read_meta(self._maps.meta), values, previous)
        self.begin_at(roadmap, self.left_out)
        return roadmap

    def _read_changed(self, previous: Roadmap | None) -> Roadmap | None:
        changed = self._changed
        if self.left_out or previous is None or previous is not self._last or changed is None:
            return None
        return read_changed(previous, self._maps, changed) if changed.is_complete else None

    def hidden_edits(self, arrived: ArrivedStamps) -> list[HiddenEdit]:
        """What was done in removed nodes since the last reading, by those whose stamps came."""
        return [] if self._changed is None else hidden_edits(self._maps, self._changed, arrived)

    def begin_at(self, roadmap: Roadmap, left_out: int) -> None:
        """Begin with an earlier reading of the document as it is now."""
        self._last, self.left_out = roadmap, left_out
        if self._changed is not None:
            self._changed.clear()
        elif self.follows:
            self._changed = ChangedNodes(self._maps)

    def note_edit(self, before: Roadmap, after: Roadmap) -> None:
        """Note the roadmap after an edit of the document."""
        if self._last is before:
            self._last = after
