"""A task that is being written while somebody else changes the structure around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Field
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find
from listening import Person
from sitting import FIRST_CARD, Sitting, sitting

TASK = "strategy.goals.choose-segments"
AROUND: dict[str, Edit] = {
    "a field comes": Add(Field("newf", label="New"), FIRST_CARD),
    "a field goes": Remove("strategy.goals.deadline"),
    "the card moves down": Move(FIRST_CARD, "strategy", "strategy.touchpoints"),
    "the card moves to another stage": Move(FIRST_CARD, "data"),
}


def card(at: Sitting) -> Card:
    place = find(at.app.session.roadmap, FIRST_CARD)
    assert place is not None
    assert isinstance(place.node, Card)
    return place.node


async def begun(at: Sitting, typed: str, edit: Edit) -> None:
    """Type at the first task of the first card, and let somebody else do an edit."""
    await at.press("alt+2")
    at.app.main.set_focus(at.checklist(FIRST_CARD))
    await at.pause()
    await at.type(typed)
    await at.saved()
    before, noa = at.app.session.roadmap, Person(at.path, "noa")
    noa.does(edit)
    await at.until(lambda: at.app.session.roadmap is not before)
    noa.leaves()
    await at.quiet()


@pytest.mark.proof
@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("begin", ["afirst", "a"])
async def test_a_new_task_is_written_to_its_end(home: Path, around: str, begin: str) -> None:
    async with sitting(home) as at:
        ticked = [task.done for task in card(at).tasks]
        await begun(at, begin, AROUND[around])
        await at.type(" second" if begin == "afirst" else "first second")
        await at.type("\r\x1b")
        assert [task.text for task in card(at).tasks if task.text is not None] == ["first second"]
        assert [task.done for task in card(at).tasks if task.text is None] == ticked
        assert at.notices == ""


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(
    ("begin", "rest", "written"),
    [("\r\x01xyz\x1b[D", " -", ("xy -z", "")), ("d2026-0", "5-05\r", (None, "2026-05-05"))],
    ids=["its words", "its day"],
)
async def test_a_task_is_written_on_where_the_cursor_was(
    home: Path, around: str, begin: str, rest: str, written: tuple[str | None, str]
) -> None:
    async with sitting(home) as at:
        await begun(at, begin, AROUND[around])
        await at.type(rest)
        (task,) = (task for task in card(at).tasks if task.id == TASK)
        assert (task.text, task.due) == written
