"""Searching: every text is found, however it is written, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.model import Card, Field, Note, Roadmap, Stage, Task
from lfroadmap.roadmap.search_blocks import BLOCK
from lfroadmap.roadmap.search_query import Query, read_query
from lfroadmap.roadmap.task_filter import TaskFilter, Today
from lfroadmap.usecases.searching import RoadmapSearch
from lfroadmap.words import words
from searches import every, found_plainly, plainly, pointed, roadmaps, texts_of

TODAY = Today(date(2026, 3, 18))


def search(roadmap: Roadmap) -> RoadmapSearch:
    return RoadmapSearch(roadmap, words("en"), TODAY)


def ids(roadmap: Roadmap, query: str) -> list[str]:
    return [entry.id for entry in search(roadmap).found(Query(TaskFilter(text=query)))]


@examples(100)
@given(st.data(), roadmaps())
def test_what_is_found_is_what_a_plain_look_through_all_texts_finds(
    data: st.DataObject, roadmap: Roadmap
) -> None:
    written = data.draw(st.sampled_from([text for node in every(roadmap) for text in texts_of(node)]))
    start = data.draw(st.integers(0, len(written)))
    piece = written[start : data.draw(st.integers(start, len(written)))]
    query = data.draw(pointed(piece))
    if plainly(query).split():
        found = ids(roadmap, query)
        assert len(found) == len({*found})
        assert {*found} == found_plainly(roadmap, query)


@examples(50)
@given(roadmaps(), st.data())
def test_the_letters_that_are_marked_are_those_of_the_words(roadmap: Roadmap, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from([text for node in every(roadmap) for text in texts_of(node)]))
    if not (wanted := plainly(written).split()):
        return
    query = Query(TaskFilter(text=written))
    looking = search(roadmap)
    for entry in looking.found(query):
        shown = looking.result(entry, query.words)
        marked = plainly("".join(shown.excerpt[at] for at in shown.offsets))
        assert {*marked} == {*"".join(wanted)}
        assert all(word in plainly(shown.excerpt) for word in wanted)


def long_plan(tasks: int, **last: str) -> Roadmap:
    many = [Task(f"t{n}", f"Call number {n}") for n in range(tasks)]
    many[-1] = replace(many[-1], **last)  # type: ignore[arg-type]
    return Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", (), tuple(many)),)),))


@pytest.mark.parametrize("tasks", [BLOCK - 4, BLOCK - 3, BLOCK - 2, 3 * BLOCK])
def test_the_end_of_a_block_is_no_end_of_the_search(tasks: int) -> None:
    plan = long_plan(tasks, text="a needle")
    assert ids(plan, "needle") == [f"t{tasks - 1}"]
    assert len(ids(plan, "call")) == tasks - 1
    assert ids(plan, "number") == ids(plan, "call number"), "words stand in one task"


def test_the_first_results_come_before_the_rest_is_looked_at() -> None:
    looking = search(long_plan(20 * BLOCK))
    found = looking.look(read_query("call"))
    assert [entry.id for entry, _ in zip(found, range(3), strict=False) if entry] == ["t0", "t1", "t2"]
    assert len(looking.blocks._blocks) == 1
    assert sum(entry is not None for entry in looking.look(read_query("call"))) == 20 * BLOCK
    assert looking.blocks.is_complete


def test_a_word_does_not_run_from_one_text_into_the_next() -> None:
    card = Card("c", "x", (Field("f", label="ab", value="cd"),), (Task("t", "ef"), Task("u", "gh")))
    plan = Roadmap("r", "Plan", "", (Stage("s", "y", (card,)),))
    assert ids(plan, "efgh") == ids(plan, "cdab") == ids(plan, "ef\0gh") == []
    assert ids(plan, "cd") == ids(plan, "cd ab") == ["f"]


def test_of_a_task_that_a_note_is_found_by_the_task_is_the_result_once() -> None:
    notes = (Note("n1", "the budget"), Note("n2", "budget again"))
    card = Card("c", "x", (), (Task("t", "Ask", notes=notes), Task("u", "the budget", done=True)))
    plan = Roadmap("r", "Plan", "", (Stage("s", "y", (card,)),))
    found = search(plan).found(read_query("is:open budget"))
    assert [(entry.id, entry.task and entry.task.id) for entry in found] == [("n1", "t")]
    assert ids(plan, "budget") == ["n1", "n2", "u"]
