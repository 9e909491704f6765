"""The Yjs document of a roadmap: maps by id, so that offline edits of several windows merge.

Root maps `stages`, `cards`, `fields`, `tasks`, `kpis` have a map for each node: `parent`, `pos` (see
`position`), `deleted`, and the node's attributes that are not at their default; the value of a long field
is a Text. `meta` has the roadmap's own id, title and template. No Yjs arrays: reordering duplicates.
A Document belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pycrdt import Doc, Map, Text, TransactionEvent

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edit import Edit, RoadmapEdit
from lfroadmap.roadmap.edits import Rename, SpliceText
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Field, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.text_diff import diff_texts
from lfroadmap.roadmap.tree import Place, children, find, siblings
from lfroadmap.store.document.document_reader import DocumentReader
from lfroadmap.store.document.insertion_runs import insertion_runs
from lfroadmap.store.document.limits import MAX_TYPES, SLOW_EVENTS, check_depth
from lfroadmap.store.document.nested_types import NestedTypes
from lfroadmap.store.document.node_maps import META, ROOTS, NodeMaps, depth
from lfroadmap.store.document.sibling_positions import SiblingPositions


class SpoiledDocument(ValueError):
    """An update left the document in a state that it cannot be read in."""


class Document:
    """A roadmap as a Yjs document; `take_updates` returns the updates of its edits."""

    def __init__(self) -> None:
        self._updates: list[bytes] = []
        self._nested = NestedTypes()
        self._use(Doc())

    def _use(self, doc: Doc[Any], *, is_deep: bool = False) -> None:
        self._doc = doc
        self._meta: Map[Any] = doc.get("meta", type=Map)
        self._roots: dict[type, Map[Any]] = {kind: doc.get(name, type=Map) for kind, name in ROOTS.items()}
        self._nodes = NodeMaps(self._meta, self._roots)
        self._positions = SiblingPositions(self._nodes)
        self._reader = DocumentReader(self._nodes, follows=not is_deep)
        # a callback with a reference to this object would keep it for ever: no cycle is seen in the library
        self._subscription = doc.observe(partial(_note_update, self._updates))

    def take_updates(self) -> list[bytes]:
        """The updates made since the last call, in order."""
        updates = self._updates.copy()
        self._updates.clear()
        return updates

    def merge(self, update: bytes) -> None:
        """Apply an update from the log.

        Raises ValueError where it cannot be decoded, and SpoiledDocument where the document is of no more
        use.
        """
        check_depth(update)
        self._nested.count(update)
        if self._reader.follows and self._nested.may_slow_events(update):
            self._check_events()
            self._nested.count(update)
        try:
            self._doc.apply_update(update)
        except Exception as error:
            raise ValueError("an update that makes no sense") from error
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            raise SpoiledDocument("a panic of the Yjs library") from error
        if self._nested.may_be_deep and self._depth() >= MAX_TYPES:
            raise SpoiledDocument("nested too deeply")
        self._updates.clear()

    def _depth(self) -> int:
        """How deep types are nested in it."""
        levels = depth((self._meta, *self._roots.values()))
        self._nested.measured(levels)
        return levels

    def _check_events(self) -> None:
        """Go on with a copy without observers where events take long, as they do also for dropped ones."""
        if self._depth() > SLOW_EVENTS:
            copy: Doc[Any] = Doc()
            copy.apply_update(self._doc.get_update())
            self._use(copy, is_deep=True)

    @property
    def is_roadmap(self) -> bool:
        """True if it has a roadmap's id."""
        return isinstance(self._meta.get("id"), str)

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
            for name in META:
                self._meta[name] = getattr(roadmap, name)
            self._put_children(roadmap.id, roadmap, fresh=True)

    def apply(self, edit: Edit, before: Roadmap) -> Roadmap:
        """Apply an edit to the document, which is at `before`; returns the roadmap after it."""
        self._nodes.clear()
        self._positions.clear()
        with self._doc.transaction():
            after = self._apply(edit, before)
        self._reader.note_edit(before, after)
        return after

    def _apply(self, edit: Edit, before: Roadmap) -> Roadmap:
        if isinstance(edit, Batch | RoadmapEdit):
            return self._apply_all(edit, before)
        after = edit.on(before)
        if after is not before:
            old, new = find(before, edit.touches()[0]), find(after, edit.touches()[0])
            self._write(edit, old and old.node, new and new.node, lambda: _order_among_siblings(after, new))
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
                self._write(part, old, draft.node(node_id), partial(draft.order_of, node_id))
        return draft.roadmap()

    def _write(
        self, edit: Edit, old: Node | None, new: Node | None, order: Callable[[], LinkedOrder]
    ) -> None:
        """Write a single edit's change of a node; `order` returns the order of its siblings."""
        if isinstance(edit, Add):
            self._put(edit.node, edit.parent, self._positions.of(edit.node, order()))
        elif isinstance(edit, Remove):
            assert old is not None
            self._map(old)["deleted"] = True
        elif isinstance(edit, Move):
            assert new is not None
            ymap = self._map(new)
            self._nodes.note_parent(new, edit.parent)
            ymap["parent"], ymap["pos"] = edit.parent, self._positions.of(new, order())
        elif isinstance(edit, Rename) and old is None:
            self._meta["title"] = edit.text
        else:
            assert old is not None and new is not None
            self._write_node(edit, old, new)

    def _write_node(self, edit: Edit, old: Node, new: Node) -> None:
        ymap = self._map(new)
        for name in ATTRIBUTES[type(new)]:
            value = getattr(new, name)
            if value == getattr(old, name):
                continue
            text = ymap.get(name)
            if isinstance(text, Text) and isinstance(value, str):
                if isinstance(edit, SpliceText) and str(text) == getattr(old, name):
                    _splice(text, edit)
                else:
                    _splice(text, _splice_between(old.id, str(text), value))
            elif name == "value" and _is_long(new):
                ymap[name] = Text(value)
            else:
                ymap[name] = _yjs_value(value)

    def _map(self, node: Node) -> Map[Any]:
        return self._nodes.map_of(type(node), node.id)

    def _put(self, node: Node, parent: str, pos: str) -> None:
        """Write a node and all its descendants exactly as given, new or restored."""
        root = self._roots[type(node)]
        exists = self._nodes.exists(node)
        self._nodes.note_parent(node, parent)
        if exists:
            self._update_node(self._map(node), node, parent, pos)
        else:
            root[node.id] = Map({"parent": parent, "pos": pos, **_attributes(node)})
        self._put_children(node.id, node, fresh=not exists)

    def _update_node(self, ymap: Map[Any], node: Node, parent: str, pos: str) -> None:
        target = {"parent": parent, "pos": pos, "deleted": False}
        for name, default in ATTRIBUTES[type(node)].items():
            value, current = getattr(node, name), ymap.get(name, default)
            if isinstance(current, Text) and _is_long(node):
                if str(current) != value:
                    _splice(current, _splice_between(node.id, str(current), value))
            elif name == "value" and _is_long(node):
                ymap[name] = Text(value)
            else:
                target[name] = _yjs_value(value)
        for name, value in target.items():
            if ymap.get(name, ATTRIBUTES[type(node)].get(name, False)) != value:
                ymap[name] = value

    def _put_children(self, parent: str, above: Node | Roadmap, *, fresh: bool) -> None:
        """Write the children of `above` under `parent`; with `fresh` there were none."""
        for name, kind in CHILDREN[type(above)]:
            nodes = children(above, name)
            kept = {node.id for node in nodes}
            for gone in set() if fresh else self._nodes.ids_under(kind, parent) - kept:
                self._nodes.map_of(kind, gone)["deleted"] = True
            for node, pos in zip(nodes, self._positions.of_all(kind, nodes), strict=True):
                self._put(node, parent, pos)

    def roadmap(self, previous: Roadmap | None = None) -> Roadmap:
        """The roadmap in it, for any content of its maps; nodes equal to those in `previous` are reused.

        It is read quickly where `previous` is the one that was read last, with the edits since.
        """
        return self._reader.roadmap(previous)

    def begin_at(self, roadmap: Roadmap, left_out: int) -> None:
        """Take the roadmap that it holds now, and what is left out of it, from an earlier reading."""
        self._reader.begin_at(roadmap, left_out)

    @property
    def left_out(self) -> int:
        """Number of things in it that could not be read when it was read last."""
        return self._reader.left_out


def _note_update(updates: list[bytes], event: TransactionEvent) -> None:
    # the update can only be read here, inside the callback
    updates.append(event.update)


def _order_among_siblings(roadmap: Roadmap, place: Place | None) -> LinkedOrder:
    """The order of the siblings that a node is in."""
    assert place is not None
    return LinkedOrder(node.id for node in siblings(roadmap, place.parent, place.node) or ())


def _is_long(node: Node) -> bool:
    return isinstance(node, Field) and node.kind == "long"


def _yjs_value(value: Any) -> Any:  # noqa: ANN401 - an attribute of any node
    return list(value) if isinstance(value, tuple) else value


def _attributes(node: Node) -> dict[str, Any]:
    out = {
        name: _yjs_value(getattr(node, name))
        for name, default in ATTRIBUTES[type(node)].items()
        if getattr(node, name) != default
    }
    if _is_long(node):
        out["value"] = Text(out.get("value", ""))
    return out


def _splice_between(node_id: str, old: str, new: str) -> SpliceText:
    return SpliceText(node_id, *diff_texts(old, new))


def _splice(text: Text, edit: SpliceText) -> None:
    current = str(text)
    start, end = edit.span(current)
    # a Text counts bytes of UTF-8
    first = len(current[:start].encode())
    last = first + len(current[start:end].encode())
    if last > first:
        del text[first:last]
    if edit.inserted:
        text.insert(first, edit.inserted)
