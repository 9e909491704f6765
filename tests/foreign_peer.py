"""Updates of a program that writes into a roadmap's document as it likes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment

from lfroadmap.store.document.document import Document
from lfroadmap.store.sqlite.file_schema import checksum

ROOTS = ("meta", "stages", "cards", "fields", "tasks", "kpis", "measurements")


class Maps:
    """The maps of a peer's document."""

    def __init__(self, doc: Doc[Any]) -> None:
        self.meta, self.stages, self.cards, self.fields, self.tasks, self.kpis, self.measurements = (
            doc.get(name, type=Map) for name in ROOTS
        )


Write = Callable[[Maps], object]


def foreign_update(updates: list[bytes], write: Write) -> bytes:
    """The update of a peer that has these updates, then writes."""
    doc: Doc[Any] = Doc()
    maps = Maps(doc)
    for update in updates:
        doc.apply_update(update)
    state = doc.get_state()
    with doc.transaction():
        write(maps)
    return doc.get_update(state)


def written(document: Document, write: Write) -> Document:
    """A document into which a peer wrote."""
    out = Document()
    for update in (document.full_update(), foreign_update([document.full_update()], write)):
        out.merge(update)
    return out


def plain_values(document: Document) -> dict[str, Any]:
    """All values of a document, those that are not read too."""
    doc: Doc[Any] = Doc()
    maps = Maps(doc)
    doc.apply_update(document.full_update())
    return {name: getattr(maps, name).to_py() for name in ROOTS}


def updates_of(path: Path) -> list[bytes]:
    """The updates in a roadmap's file."""
    db = sqlite3.connect(path, timeout=20)
    rows = [data for (data,) in db.execute("SELECT data FROM updates ORDER BY seq")]
    db.close()
    return rows


def append(path: Path, update: Callable[[list[bytes]], bytes]) -> None:
    """Append an update to a roadmap's file, as another window would."""
    data = update(updates_of(path))
    db = sqlite3.connect(path, timeout=20)
    (seq,) = db.execute("SELECT max(seq) + 1 FROM updates").fetchone()
    db.execute("INSERT INTO updates VALUES(?, 0, 'peer', ?, ?)", (seq, data, checksum(seq, data)))
    db.commit()
    db.close()


def write_by_peer(path: Path, write: Write) -> None:
    """Write into a roadmap's file as a peer."""
    append(path, lambda updates: foreign_update(updates, write))


def nest(depth: int) -> Write:
    """A task with maps in maps."""

    def write(maps: Maps) -> None:
        maps.tasks["deep"] = here = Map({"parent": "c", "pos": "V"})
        for _ in range(depth):
            here["text"] = Map({})
            here = here["text"]

    return write


def markup(depth: int) -> Write:
    """A task with elements in elements."""

    def write(maps: Maps) -> None:
        maps.tasks["deep"] = here = XmlFragment()
        for _ in range(depth):
            here = here.children.append(XmlElement("b"))

    return write


def _nested(depth: int) -> Any:  # noqa: ANN401 - lists in lists
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def circle(maps: Maps) -> None:
    maps.cards["a"] = Map({"parent": "b", "pos": "V"})
    maps.cards["b"] = Map({"parent": "a", "pos": "V"})
    maps.tasks["x"] = Map({"parent": "a", "pos": "V"})


FOREIGN: dict[str, tuple[int, Write]] = {
    "an attribute of a newer version": (0, lambda m: m.tasks["t1"].update({"effort": 3})),
    "a map of a newer version": (0, lambda m: m.tasks["t1"].update({"more": Map({"a": Map({})})})),
    "an attribute of a newer roadmap": (0, lambda m: m.meta.update({"lineage": "x"})),
    "an attribute that is called id": (0, lambda m: m.tasks["t1"].update({"id": "other", "is": "Card"})),
    "an attribute that is called tasks": (
        0,
        lambda m: m.cards["c"].update({"tasks": [{"is": "Task", "id": "q"}]}),
    ),
    "a task without parent": (1, lambda m: m.tasks.update({"x": Map({"pos": "a"})})),
    "a task of an unknown parent": (1, lambda m: m.tasks["t1"].update({"parent": "zzz"})),
    "a task of a stage": (1, lambda m: m.tasks["t1"].update({"parent": "s"})),
    "a number for a parent": (1, lambda m: m.tasks["t1"].update({"parent": 5})),
    "a task without position": (0, lambda m: m.tasks.update({"x": Map({"parent": "c"})})),
    "a number for a position": (0, lambda m: m.tasks["t1"].update({"pos": 5})),
    "a text for a position": (0, lambda m: m.tasks["t1"].update({"pos": "שלום"})),
    "the first of all positions": (0, lambda m: m.tasks["t1"].update({"pos": "0"})),
    "a long position": (0, lambda m: m.tasks["t1"].update({"pos": "V" * 5000})),
    "equal positions": (0, lambda m: [m.tasks[i].update({"pos": "V"}) for i in ("t1", "t2")]),
    "a text for a task": (1, lambda m: m.tasks.update({"x": "boo"})),
    "a shared text for a task": (1, lambda m: m.tasks.update({"x": Text("boo")})),
    "a list for a task": (1, lambda m: m.tasks.update({"x": [1]})),
    "a shared list for a task": (1, lambda m: m.tasks.update({"x": Array([1])})),
    "nothing for a task": (1, lambda m: m.tasks.update({"x": None})),
    "deep markup for a task": (1, markup(3000)),
    "markup too deep for the library": (1, markup(30_000)),
    "markup for a task": (1, lambda m: m.tasks.update({"x": XmlFragment()})),
    "a plain map for a task": (0, lambda m: m.tasks.update({"x": {"parent": "c", "pos": "a", "text": "hi"}})),
    "a plain map for a known task": (0, lambda m: m.tasks.update({"t1": {"parent": "c", "pos": "a"}})),
    "a text for a known task": (1, lambda m: m.tasks.update({"t1": "boo"})),
    "a text for a mark": (1, lambda m: m.tasks["t1"].update({"done": "yes"})),
    "a shared text for a mark": (1, lambda m: m.tasks["t1"].update({"done": Text("yes")})),
    "a number for a text": (1, lambda m: m.tasks["t1"].update({"text": 17})),
    "no number for a text": (0, lambda m: m.tasks["t1"].update({"text": float("nan")})),
    "bytes for a text": (1, lambda m: m.tasks["t1"].update({"text": b"\0\xff"})),
    "a map for a text": (1, lambda m: m.tasks["t1"].update({"text": Map({"a": 1})})),
    "a text for a deletion": (0, lambda m: m.tasks["t1"].update({"deleted": "no"})),
    "control characters": (0, lambda m: m.tasks["t1"].update({"text": "\x1b]0;x\x07\u202eabc\0"})),
    "a long text becomes a plain one": (0, lambda m: m.fields["f"].update({"value": "plain"})),
    "a long text becomes a map": (1, lambda m: m.fields["f"].update({"value": Map({"a": 1})})),
    "a plain text becomes a shared one": (0, lambda m: m.fields["g"].update({"value": Text("shared")})),
    "an unknown kind of field": (1, lambda m: m.fields["g"].update({"kind": "hologram"})),
    "options of numbers": (1, lambda m: m.fields["g"].update({"options": [1, 2]})),
    "shared options": (0, lambda m: m.fields["g"].update({"options": Array(["a", "b"])})),
    "an id in two classes": (1, lambda m: m.kpis.update({"t1": Map({"parent": "r", "pos": "a"})})),
    "no id": (1, lambda m: m.tasks.update({"": Map({"parent": "c", "pos": "a"})})),
    "the id for last": (1, lambda m: m.tasks.update({"*": Map({"parent": "c", "pos": "a"})})),
    "a long id": (1, lambda m: m.tasks.update({"x" * 5000: Map({"parent": "c", "pos": "a"})})),
    "a circle": (3, circle),
    "no roadmap's id": (0, lambda m: m.meta.pop("id")),
    "a number for the roadmap's id": (0, lambda m: m.meta.update({"id": 5})),
    "another roadmap's id": (0, lambda m: m.meta.update({"id": "other"})),
    "a number for the title": (1, lambda m: m.meta.update({"title": 5.0})),
    "an unknown template": (0, lambda m: m.meta.update({"template": "nosuch"})),
    "a deep list": (1, lambda m: m.tasks["t1"].update({"text": _nested(2000)})),
    "a deep list in the roadmap": (1, lambda m: m.meta.update({"title": _nested(2000)})),
    "deep maps": (1, nest(2000)),
    "maps too deep for the library": (1, nest(30_000)),
    "a plain map with bytes for a known task": (
        0,
        lambda m: m.tasks.update({"t1": {"parent": "c", "pos": "a", "deleted": b"", "more": [{"a": b"x"}]}}),
    ),
}
"""What a peer wrote into `PLAN`: how many things are left out, and how it was written."""
