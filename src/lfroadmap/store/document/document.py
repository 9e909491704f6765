"""The Yjs document of a roadmap: maps by id, so that offline edits of several windows merge.

Root maps `stages`, `cards`, `fields`, `tasks`, `kpis` have a map for each node: `parent`, `pos` (see
`position`), `deleted`, and the node's attributes that are not at their default; the value of a long field
is a Text. `meta` has the roadmap's own id, title and template, and the document's lineage: two documents
that were filled by themselves have no common history, and merging them would lose work. No Yjs arrays:
reordering duplicates.
A Document belongs to one thread.
"""

from __future__ import annotations

from functools import partial

from lfroadmap.machine import new_id
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edit import Edit, RoadmapEdit
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import Node, Roadmap
from lfroadmap.roadmap.tree import Place, find, siblings
from lfroadmap.store.document.arrived_stamps import ArrivedStamps
from lfroadmap.store.document.devices import person_of, write_person
from lfroadmap.store.document.hidden_edits import HiddenEdit
from lfroadmap.store.document.insertion_runs import insertion_runs
from lfroadmap.store.document.node_maps import LINEAGE, META
from lfroadmap.store.document.restored import RemovedAt, restoring
from lfroadmap.store.document.stamps import Stamp, stamps_for
from lfroadmap.store.document.yjs import Map
from lfroadmap.store.document.yjs_document import YjsDocument


class Document(YjsDocument):
    """A roadmap as a Yjs document; `take_updates` returns the updates of its edits."""

    def stamps_for(self, edit: Edit, node: Node | None) -> tuple[Stamp, ...]:
        """The stamps that may be of what an edit changed, of a node as it was before or is after it."""
        values = self._roots[type(node)].get(node.id) if node else self._meta
        kind = Roadmap if node is None else type(node)
        return stamps_for(edit, kind, values if isinstance(values, Map | dict) else {})

    def restoring(self, edit: Edit, device: str, removed_at: RemovedAt) -> Edit:
        """An edit that restores removed nodes, without taking back what others did in them meanwhile.

        It is to be applied at once, on this `device`.
        """
        self._nodes.clear()
        self._has_read_nodes = True
        return restoring(edit, self._nodes, device, removed_at)

    _has_read_nodes = False
    """True while what was read for `restoring` is as good for the edit that follows."""
    _unwritten: tuple[str, str] | None = None
    """This device and its person, before the first edit."""

    def introduce(self, device: str, actor: str) -> None:
        """Set whose this device is, as far as that is known; the next edit writes it into the document."""
        self._unwritten = (device, actor) if device and actor else None

    def person_of(self, device: str) -> str:
        """The id of the person who works on a device; empty where it is unknown."""
        return person_of(self._meta, device)

    @property
    def is_roadmap(self) -> bool:
        """True if it has a roadmap's id."""
        return isinstance(self._meta.get("id"), str)

    @property
    def lineage(self) -> str:
        """Random id that a document shares with its copies alone; empty in files before version 3."""
        lineage = self._meta.get(LINEAGE)
        return lineage if isinstance(lineage, str) else ""

    def begin_lineage(self) -> None:
        """Give the document a lineage of its own: it is merged with no earlier copy of it any more."""
        self._meta[LINEAGE] = new_id()

    def fill(self, roadmap: Roadmap) -> None:
        """Write a first roadmap into an empty document."""
        with self._doc.transaction():
            self.begin_lineage()
            for name in META:
                self._meta[name] = getattr(roadmap, name)
            self._writer.put_children(roadmap.id, roadmap, fresh=True)

    def apply(self, edit: Edit, before: Roadmap, stamp: str = "") -> Roadmap:
        """Apply an edit to the document, which is at `before`; returns the roadmap after it.

        `stamp` is written beside every value that the edit sets; empty: none.
        """
        if not self._has_read_nodes:
            self._nodes.clear()
        self._has_read_nodes = False
        self._positions.clear()
        self._writer.stamp = stamp
        with self._doc.transaction():
            after = self._apply(edit, before)
            if self._unwritten is not None and after is not before:
                write_person(self._meta, *self._unwritten)
                self._unwritten = None
        self._reader.note_edit(before, after)
        return after

    def _apply(self, edit: Edit, before: Roadmap) -> Roadmap:
        if isinstance(edit, Batch | RoadmapEdit):
            return self._apply_all(edit, before)
        after = edit.on(before)
        if after is not before:
            old, new = find(before, edit.touches()[0]), find(after, edit.touches()[0])
            self._writer.write(
                edit, old and old.node, new and new.node, lambda: _order_among_siblings(after, new)
            )
        return after

    def _apply_all(self, edit: Edit, before: Roadmap) -> Roadmap:
        """Apply an edit of many parts, each at the same cost however large the roadmap is."""
        draft = Draft(before)
        edit = Batch(edit.singles_on(before)) if isinstance(edit, RoadmapEdit) else edit
        self._positions.runs = insertion_runs(edit)
        for part in draft.singles(edit):
            node_id = part.touches()[0]
            old = draft.node(node_id)
            if draft.apply_single(part):
                self._writer.write(part, old, draft.node(node_id), partial(draft.order_of, node_id))
        return draft.roadmap()

    def roadmap(self, previous: Roadmap | None = None) -> Roadmap:
        """The roadmap in it, for any content of its maps; nodes equal to those in `previous` are reused.

        It is read quickly where `previous` is the one that was read last, with the edits since.
        """
        return self._reader.roadmap(previous)

    def hidden_edits(self, arrived: ArrivedStamps) -> list[HiddenEdit]:
        """What peers did in removed nodes since the last reading, by those whose stamps came."""
        return self._reader.hidden_edits(arrived)

    def begin_at(self, roadmap: Roadmap, left_out: int) -> None:
        """Take the roadmap that it holds now, and what is left out of it, from an earlier reading."""
        self._reader.begin_at(roadmap, left_out)

    @property
    def left_out(self) -> int:
        """Number of things in it that could not be read when it was read last."""
        return self._reader.left_out


def _order_among_siblings(roadmap: Roadmap, place: Place | None) -> LinkedOrder:
    """The order of the siblings that a node is in."""
    assert place is not None
    return LinkedOrder(node.id for node in siblings(roadmap, place.parent, place.node) or ())
