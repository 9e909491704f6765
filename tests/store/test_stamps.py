"""The stamps beside the values of a document: who set a value, where and when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreign_peer import plain_values, written
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.stamps import NOBODY, Stamp, read_stamp, stamp_text
from listening import PLAN

DANA = stamp_text("dana", "d1", 1764400000000)
STAMPED: dict[str, tuple[Edit, set[tuple[str, str, str]]]] = {
    "tick": (Tick("t1", True, "2026-01-01"), {("tasks", "t1", "done@")}),
    "owner": (SetTask("t1", "owner", "Noa"), {("tasks", "t1", "owner@")}),
    "field": (SetField("g", "x"), {("fields", "g", "value@")}),
    "long text": (SpliceText("f", 0, 0, "x"), {("fields", "f", "value@")}),
    "kpi": (SetKpi("k", "current", "5"), {("kpis", "k", "current@")}),
    "text": (Rename("t1", "x"), {("tasks", "t1", "text@")}),
    "title": (Rename("r", "x"), {("meta", "", "title@")}),
    "move": (Move("t2", "d"), {("tasks", "t2", "place@")}),
    "removal": (Remove("c"), {("cards", "c", "deleted@")}),
    "new": (Add(Card("e", tasks=(Task("n"),)), "s"), {("cards", "e", "made@")}),
    "reset": (
        ResetAll(replace(PLAN, title="x", kpis=())),
        {("meta", "", "title@"), ("kpis", "k", "deleted@")},
    ),
}  # fmt: skip


def filled(roadmap: Roadmap = PLAN) -> Document:
    document = Document()
    document.fill(roadmap)
    return document


def stamps(document: Document) -> dict[tuple[str, str, str], object]:
    """Root, id and key -> each stamp."""
    out = {}
    for root, nodes in plain_values(document).items():
        for node, values in {"": nodes}.items() if root == "meta" else nodes.items():
            out |= {(root, node, key): value for key, value in values.items() if key.endswith("@")}
    return out


@pytest.mark.parametrize("what", STAMPED)
def test_each_edit_stamps_what_it_sets_and_nothing_else(what: str) -> None:
    edit, places = STAMPED[what]
    document = filled()
    assert stamps(document) == {}
    assert document.apply(edit, PLAN, DANA) == edit.on(PLAN)
    assert stamps(document) == dict.fromkeys(places, DANA)
    assert document.roadmap() == edit.on(PLAN)
    assert document.left_out == 0


def test_what_is_restored_is_stamped_by_who_restored_it() -> None:
    document = filled()
    document.apply(Remove("t1"), PLAN, DANA)
    noa = stamp_text("noa", "d2", 5)
    document.apply(Remove("t1").inverse(PLAN), Remove("t1").on(PLAN), noa)
    assert stamps(document)["tasks", "t1", "deleted@"] == noa


def test_a_stamp_is_in_the_update_of_its_value() -> None:
    document = filled()
    document.take_updates()
    document.apply(Tick("t1", True, "2026-01-01"), PLAN, DANA)
    (update,) = document.take_updates()
    assert DANA.encode() in update


@pytest.mark.parametrize("kind", [0, None, [DANA], {"a": DANA}, "", "||", DANA, "x" * 10_000])
def test_any_value_in_the_place_of_a_stamp_is_passed_over_in_reading(kind: object) -> None:
    document = written(filled(), lambda maps: maps.tasks["t1"].update({"done@": kind, "owner@": kind}))
    assert document.roadmap() == PLAN
    assert document.left_out == 0


@given(st.text(), st.from_regex("[A-Za-z0-9_-]{0,64}", fullmatch=True), st.integers(0, 253402300799999))
def test_a_stamp_is_read_as_it_was_written(author: str, device: str, made: int) -> None:
    assert read_stamp(stamp_text(author, device, made)) == Stamp(author[:100], device, made)


@given(
    st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text()), st.text().map(lambda t: f"|{t}|5"))
)
def test_any_value_gives_a_stamp(value: object) -> None:
    stamp = read_stamp(value)
    assert len(stamp.author) <= 100
    assert stamp.made is None or stamp.made >= 0


@pytest.mark.parametrize("value", ["a|b", "a|b|-5", "a|b|c", "a|b|٣", f"a|{'b' * 65}|5", None])
def test_what_is_no_stamp_is_nobodys(value: object) -> None:
    assert read_stamp(value) == NOBODY


def test_a_time_that_no_clock_has_is_none() -> None:
    assert read_stamp("a|b|" + "9" * 30) == Stamp("a", "b", None)
