"""The Yjs document of a roadmap: maps by id, so that offline edits of several windows merge.

Root maps `stages`, `cards`, `fields`, `tasks`, `kpis` have a map for each node: `parent`, `pos` (see
`position`), `deleted`, and the node's attributes that are not at their default; the value of a long field
is a Text. `meta` has the roadmap's own id, title and template, and the document's lineage: two documents
that were filled by themselves have no common history, and merging them would lose work. No Yjs arrays:
reordering duplicates.
A Document belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from pycrdt import Doc, Map, TransactionEvent, get_update

from lfroadmap.machine import new_id
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edit import Edit, RoadmapEdit
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import Node, Roadmap
from lfroadmap.roadmap.tree import Place, find, siblings
from lfroadmap.store.document.insertion_runs import insertion_runs
from lfroadmap.store.document.limits import MAX_TYPES, check_depth
from lfroadmap.store.document.nested_types import NestedTypes
from lfroadmap.store.document.node_maps import LINEAGE, META, ROOTS, NodeMaps, depth, read_meta, read_values
from lfroadmap.store.document.node_writer import NodeWriter
from lfroadmap.store.document.reader import read
from lfroadmap.store.document.sibling_positions import SiblingPositions
from lfroadmap.store.document.stamps import Stamp, stamp_of
from lfroadmap.store.document.update_base import is_applied, lacks_base


class SpoiledDocument(ValueError):
    """An update left the document in a state that it cannot be read in."""


class PartlyApplied(SpoiledDocument):
    """A part of an update was not applied, as it builds on others that the document does not have."""


class MissingBase(ValueError):
    """An update builds on others that the document does not have; it was not applied."""


class Document:
    """A roadmap as a Yjs document; `take_updates` returns the updates of its edits."""

    def __init__(self) -> None:
        self._doc: Doc[Any] = Doc()
        self._meta: Map[Any] = self._doc.get("meta", type=Map)
        self._roots: dict[type, Map[Any]] = {kind: self._doc.get(n, type=Map) for kind, n in ROOTS.items()}
        self._updates: list[bytes] = []
        self._nodes = NodeMaps(self._roots)
        self._positions = SiblingPositions(self._nodes)
        self._writer = NodeWriter(self._meta, self._nodes, self._positions)
        self._nested = NestedTypes()
        self.left_out = 0
        """Number of things in it that could not be read when it was read last."""
        self._subscription = self._doc.observe(self._note)

    def _note(self, event: TransactionEvent) -> None:
        # the update can only be read here, inside the callback
        self._updates.append(event.update)

    def take_updates(self) -> list[bytes]:
        """The updates made since the last call, in order."""
        updates, self._updates = self._updates, []
        return updates

    def merge(self, update: bytes) -> None:
        """Apply an update from the log.

        Raises ValueError where it cannot be decoded, and SpoiledDocument where the document is of no more
        use.
        """
        self._take_in(update)
        self._updates.clear()

    def receive(self, update: bytes) -> list[bytes]:
        """Apply a peer's update; returns the updates with what was new in it.

        Raises MissingBase, or ValueError where it cannot be decoded; after PartlyApplied and SpoiledDocument
        the document is of no more use.
        """
        with _library_errors():
            late = lacks_base(get_update(update, self.state), self.state)
        if late:
            raise MissingBase("an update on others that are not here")
        self._take_in(update)
        with _library_errors():
            if not is_applied(get_update(update, self.state), self.state):
                raise PartlyApplied("an update on others that are not here")
        return self.take_updates()

    def _take_in(self, update: bytes) -> None:
        check_depth(update)
        with _library_errors():
            self._doc.apply_update(update)
        if self._nested.may_be_deep(update):
            levels = depth((self._meta, *self._roots.values()))
            if levels >= MAX_TYPES:
                raise SpoiledDocument("nested too deeply")
            self._nested.measured(levels)

    @property
    def state(self) -> bytes:
        """The state vector: how much of each client's work is in it."""
        return self._doc.get_state()

    def update_since(self, state: bytes) -> bytes:
        """One update with everything that a peer at `state` lacks; raises ValueError for no state vector."""
        with _library_errors():
            return self._doc.get_update(state)

    def stamp_of(self, edit: Edit, node: Node | None) -> Stamp:
        """The stamp of what an edit changed, of a node as it was before or is after it."""
        values = self._roots[type(node)].get(node.id) if node else self._meta
        kind = Roadmap if node is None else type(node)
        return stamp_of(edit, kind, values if isinstance(values, Map | dict) else {})

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

    @property
    def is_empty(self) -> bool:
        """True if there is nothing in it."""
        return not (len(self._meta) or any(map(len, self._roots.values())))

    def full_update(self) -> bytes:
        """One update with the whole document."""
        return self._doc.get_update()

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
        self._nodes.clear()
        self._positions.clear()
        self._writer.stamp = stamp
        with self._doc.transaction():
            return self._apply(edit, before)

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
        """The roadmap in it, for any content of its maps; nodes equal to those in `previous` are reused."""
        values = {kind: read_values(root, kind) for kind, root in self._roots.items()}
        roadmap, self.left_out = read(read_meta(self._meta), values, previous)
        return roadmap


@contextmanager
def _library_errors() -> Iterator[None]:
    """Raise the errors of the Yjs library as ValueError, and its panics as SpoiledDocument."""
    try:
        yield
    except ValueError:
        raise
    except Exception as error:
        raise ValueError("an update that makes no sense") from error
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise SpoiledDocument("a panic of the Yjs library") from error


def merged(updates: Iterable[bytes]) -> tuple[Document, int]:
    """The document of these updates, and the number of those that were passed over as unreadable."""
    readable = list(updates)
    total = len(readable)
    while (document := _merged(readable)) is None:
        pass
    return document, total - len(readable)


def _merged(updates: list[bytes]) -> Document | None:
    """The document of the updates, less those that cannot be read; None where one of these spoiled it."""
    document = Document()
    for update in updates.copy():
        try:
            document.merge(update)
        except ValueError as error:
            updates.remove(update)
            if isinstance(error, SpoiledDocument):
                return None
    return document


def _order_among_siblings(roadmap: Roadmap, place: Place | None) -> LinkedOrder:
    """The order of the siblings that a node is in."""
    assert place is not None
    return LinkedOrder(node.id for node in siblings(roadmap, place.parent, place.node) or ())
