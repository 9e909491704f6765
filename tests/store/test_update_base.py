"""Reading what an update needs: it agrees with the library, for any content."""

from __future__ import annotations

import random
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment, XmlText, get_update

from lfroadmap.store.document.update_base import missing_base, read_clocks, read_deleted
from lfroadmap.store.document.update_reader import Clocks, UpdateReader, read_structs

Docs = list[Doc[Any]]


def write(doc: Doc[Any], chance: random.Random) -> None:
    """Change anything in a document, by every sort of content."""
    values, items, text, tree = (
        doc.get("map", type=Map),
        doc.get("list", type=Array),
        doc.get("text", type=Text),
        doc.get("tree", type=XmlFragment),
    )
    key = chance.choice("abc")
    match chance.randrange(10):
        case 0:
            values[key] = chance.choice(
                (True, None, 5, -70, 2**40, 1.5, "שלום 😀", [1, {"x": [None]}], b"\xff\0")
            )
        case 1:
            values[key] = Map({"title": Text("long"), "list": Array([1, "x"])})
        case 2 if isinstance(values.get(key), Map):
            values[key]["title"] = Text("again 😀")
        case 3:
            items.append(chance.choice((Map({"x": 1}), Text("x"), {"y": {"z": [1]}}, b"abc")))
        case 4 if len(items):
            del items[chance.randrange(len(items))]
        case 5:
            text.insert(0, "😀ab", {"bold": True})
        case 6 if len(text):
            del text[: min(4, len(text))]
        case 7:
            tree.children.append(XmlElement("p", {"class": "x"}, [XmlText("inside")]))
        case 8 if len(items):
            items[0] = Doc()
        case _:
            values.pop(key, None)


def worked(seed: int) -> tuple[Docs, list[bytes]]:
    """Documents that got some of each other's updates, and all updates in order."""
    chance = random.Random(seed)
    docs: Docs = [Doc() for _ in range(3)]
    updates: list[bytes] = []
    for _ in range(40):
        doc = chance.choice(docs)
        before = doc.get_state()
        with doc.transaction():
            for _ in range(chance.randrange(1, 4)):
                write(doc, chance)
        updates.append(doc.get_update(before))
        other = chance.choice(docs)
        if other is not doc and chance.random() < 0.5:
            other.apply_update(doc.get_update(other.get_state()))
    return docs, updates


@pytest.mark.parametrize("seed", range(30))
def test_the_clocks_of_an_update_are_those_of_the_state(seed: int) -> None:
    docs, _ = worked(seed)
    for doc in docs:
        reader = UpdateReader(doc.get_update())
        ends = {run.client: run.end for run in read_structs(reader)}
        assert ends == read_clocks(doc.get_state())
        assert read_deleted(reader).keys() <= ends.keys()
        assert missing_base(doc.get_update(), {}) == ()


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.quick_cases(9)
def test_an_update_has_its_base_exactly_if_the_library_can_apply_it(seed: int) -> None:
    """In any order, with losses; what is said to be missing is really needed."""
    docs, updates = worked(seed)
    chance = random.Random(seed)
    chance.shuffle(updates)
    full: Doc[Any] = Doc()
    for doc in docs:
        full.apply_update(doc.get_update())
    here: list[bytes] = []
    waited = 0
    for update in updates:
        doc = replayed(here)
        clocks = read_clocks(doc.get_state())
        needs = missing_base(get_update(update, doc.get_state()), clocks)
        doc.apply_update(update)
        assert (needs == ()) == is_in(update, doc)
        waited += bool(needs)
        if not needs:
            here.append(update)
        else:
            assert all(clock > clocks.get(client, 0) for client, clock in needs)
            assert all(clock <= read_clocks(full.get_state())[client] for client, clock in needs)
    assert waited


def replayed(updates: list[bytes]) -> Doc[Any]:
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc


def is_in(update: bytes, doc: Doc[Any]) -> bool:
    """True if the document has all structs of an update, and what it deletes."""
    reader = UpdateReader(get_update(update, doc.get_state()))
    if read_structs(reader):
        return False
    clocks: Clocks = read_clocks(doc.get_state())
    return all(clock <= clocks.get(client, 0) for client, clock in read_deleted(reader).items())
