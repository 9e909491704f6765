"""Outlines: a library and a portfolio show the same of an outline as of the whole roadmap."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.report.portfolio_report import portfolio_report
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.outline import MOST_TASKS, from_lists, outline_of, to_lists
from lfroadmap.roadmap.portfolio import portfolio_of
from lfroadmap.store.library.library import Library
from lfroadmap.usecases.portfolio import plain
from lfroadmap.words import words
from plans import roadmaps
from portfolios import member, one_card, together
from samples import sample

ENGLISH = words("en")
SAMPLE = to_lists(outline_of(sample("he")))


def shown(*plans: Roadmap) -> tuple[object, ...]:
    """The portfolio of some roadmaps as JSON and as a page with all details."""
    found = together(*(member(f"plan {n}", plan) for n, plan in enumerate(plans)))
    return plain(found, Library(Path("/nowhere")), ENGLISH), portfolio_report(found, ENGLISH, details=True)


@given(st.lists(roadmaps, min_size=1, max_size=3))
def test_a_portfolio_of_outlines_is_the_same(plans: list[Roadmap]) -> None:
    assert shown(*map(outline_of, plans)) == shown(*plans)


@given(roadmaps)
def test_an_outline_comes_back_from_its_lists(plan: Roadmap) -> None:
    outline = outline_of(plan)
    assert from_lists(json.loads(json.dumps(to_lists(outline)))) == outline == outline_of(outline)


def test_a_library_shows_the_same_of_an_outline() -> None:
    for language in ("en", "he"):
        whole, outline = (member("plan", each) for each in (sample(language), outline_of(sample(language))))
        for name in ("title", "tally", "health", "at_risk"):
            assert getattr(whole, name) == getattr(outline, name)


def test_tasks_without_owner_and_day_are_only_counted() -> None:
    tasks = (Task("a", "x"), Task("b", "y", True, due="2026-01-01"), Task("c", "z", due="2026-01-01"))
    (stage,) = outline_of(one_card("Dana", "", *tasks)).stages
    assert stage.cards[0].tasks == (tasks[2], Task("", done=True), Task(""))


Place = tuple[int, ...]


def changed(value: object, place: Place, to: object) -> object:
    """Lists with another value in one place."""
    if not place or not isinstance(value, list):
        return to
    return [changed(each, place[1:], to) if n == place[0] else each for n, each in enumerate(value)]


def places(value: object, place: Place = ()) -> list[Place]:
    """The places of all values in lists, and of the lists themselves."""
    inside = enumerate(value) if isinstance(value, list) else ()
    return [place, *(found for n, each in inside for found in places(each, (*place, n)))]


@given(
    st.sampled_from(places(SAMPLE)), st.sampled_from([1.5, {}, [[]], -1, MOST_TASKS + 1, [None], {"a": 1}])
)
def test_lists_of_another_shape_are_refused_or_make_an_outline(place: Place, to: object) -> None:
    try:
        made = from_lists(changed(SAMPLE, place, to))
    except ValueError:
        return
    assert made == outline_of(made)


@pytest.mark.parametrize("value", [None, 1, "x", {}, [], [1], ["r", None, "", [], [[]]]])
def test_what_is_no_outline_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        from_lists(value)


def test_more_tasks_than_any_roadmap_has_are_refused() -> None:
    cards = [[f"c{n}", "", "", "", "", MOST_TASKS // 2, 1, []] for n in range(2)]
    with pytest.raises(ValueError):
        from_lists(["r", "", "", [["s", "", "", cards]], []])


def test_an_empty_roadmap_has_an_outline() -> None:
    for plan in (Roadmap("r"), Roadmap("r", "", "", (Stage("s", "", (Card("c"),)),))):
        assert from_lists(to_lists(outline_of(plan))) == plan
        assert portfolio_of([member("plan", plan)], date(2026, 1, 1)).tally.total == 0
