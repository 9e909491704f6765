"""Copies of nodes: ids of their own, the words of their template, nothing ticked."""

from __future__ import annotations

from itertools import count

import pytest

from lfroadmap.roadmap.duplicate import duplicate
from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.roadmap.model import Field, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove, move_by
from lfroadmap.roadmap.templates import Labels, load
from lfroadmap.roadmap.tree import descendants, find, ids_under, nearest
from lfroadmap.words import LANGUAGES, Language


def ids() -> count[int]:
    return count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_of_every_stage_of_the_template_reads_the_same(language: Language) -> None:
    roadmap = load("liquid-funnel").roadmap("r")
    labels, numbers = Labels(roadmap.template, language), ids()
    for stage in roadmap.stages:
        copied = duplicate(stage, labels, lambda old: f"new{next(numbers)}")
        after = Add(copied, "r", stage.id).on(roadmap)
        assert after is not roadmap, "the ids are free"
        assert set(ids_under(copied)).isdisjoint(ids_under(roadmap))
        for (old, _), (new, _) in zip(descendants(stage), descendants(copied), strict=True):
            assert labels.of(new) == labels.of(old)
            if isinstance(old, Field) and isinstance(new, Field):
                assert (new.kind, new.role, new.direction) == (old.kind, old.role, old.direction)
                assert [labels.option(new, o) for o in new.options] == [
                    labels.option(old, o) for o in old.options
                ]
                assert labels.hint(new) == labels.hint(old) != ""
        roadmap = after


def test_values_and_owners_are_kept_and_ticks_are_not() -> None:
    roadmap = load("liquid-funnel").roadmap("r")
    card = roadmap.stages[0].cards[0]
    choice = next(field for field in card.fields if field.options)
    for edit in (
        SetField(card.fields[0].id, "Dana"),
        SetField(choice.id, choice.options[1]),
        Tick(card.tasks[0].id, done=True, on_day="2026-01-01"),
    ):
        roadmap = edit.on(roadmap)
    card, labels, numbers = roadmap.stages[0].cards[0], Labels(roadmap.template, "en"), ids()
    copied = duplicate(card, labels, lambda old: f"new{next(numbers)}")
    assert copied.fields[0].value == "Dana"
    same = copied.fields[card.fields.index(next(f for f in card.fields if f.id == choice.id))]
    assert same.value == choice.options[1] and same.value in same.options
    assert labels.option(same, same.value) == labels.option(choice, choice.options[1])
    assert not any(task.done or task.done_on for task in copied.tasks)
    assert card.tasks[0].done


def test_nodes_move_by_places_as_far_as_there_are_some() -> None:
    tasks = tuple(Task(name, name) for name in "abc")
    assert move_by(tasks, "p", 0, -1) is None
    assert move_by(tasks, "p", 2, 1) is None
    assert move_by(tasks, "p", 0, 1) == Move("a", "p", "b")
    assert move_by(tasks, "p", 1, -1) == Move("b", "p", "")
    assert move_by(tasks, "p", 2, -1) == Move("c", "p", "a")


def test_the_nearest_is_the_next_sibling_then_the_one_before_then_above() -> None:
    before = Roadmap("r", stages=tuple(Stage(name, name) for name in "abc"))
    after = Remove("b").on(before)
    assert nearest(before, after, "b") == "c"
    assert nearest(before, Remove("c").on(after), "b") == "a"
    assert nearest(before, Roadmap("r"), "b") == ""
    assert nearest(before, after, "unknown") == ""
    assert nearest(before, after, "a") == "a"
    plan = load("liquid-funnel").roadmap("r")
    field = plan.stages[0].cards[0].fields[0].id
    gone = Remove(plan.stages[0].cards[0].id).on(plan)
    assert nearest(plan, gone, field) == plan.stages[0].cards[1].id
    assert find(gone, field) is None
