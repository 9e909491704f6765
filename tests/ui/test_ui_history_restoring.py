"""Bringing back from the history and from the bin."""

from __future__ import annotations

from pathlib import Path

import pytest

from commanding import write
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history.queries import read, removed
from sitting import OWNER, sitting
from terminal import keys


@pytest.mark.proof
async def test_the_bin_brings_back_what_was_removed_and_is_emptied_when_asked(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        task = at.checklist().card.tasks[1].id
        at.app.change(Remove(task))
        at.app.change(Remove("kpi.upsell"))
        at.app.change(Remove("strategy.touchpoints"))
        await at.saved()
        await at.app.action_start("bin")
        await at.until(lambda: "3 things" in at.text)
        assert "Upsell" in at.text
        await at.type(keys("end") + "\r")
        await at.until(lambda: find(at.app.session.roadmap, task))
        assert at.checklist().card.tasks[1].id == task
        assert at.focus == task
        await at.app.action_start("bin")
        await at.until(lambda: "2 things" in at.text)
        await at.type("e")
        await at.until(lambda: "Empty the bin?" in at.text)
        await at.press("left", "enter")
        await at.until(lambda: "The bin was emptied." in at.notices)
        await at.saved()
        await at.app.action_start("bin")
        await at.until(lambda: "Nothing was removed" in at.text)
        assert len(read(at.path)) == 4


async def test_a_change_of_someone_elses_is_offered_where_undo_would_overwrite_it(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t")
        await at.saved()
        write(at.path, "yossi", SetField(OWNER, "Yossi"))
        await at.until(lambda: at.value(OWNER) == "Yossi")
        await at.type("\x1b4\x1a")
        await at.until(lambda: "yossi changed it since" in at.text)
        assert "Owner: Dana → Yossi" in at.app.screen.query_one(".body").render().plain
        await at.press("left", "enter")
        await at.until(lambda: at.focus == OWNER)
        assert at.value(OWNER) == "Yossi"


async def test_the_bin_is_emptied_of_what_was_shown_and_of_nothing_else(home: Path) -> None:
    async with sitting(home) as at:
        at.app.change(Remove("kpi.upsell"))
        await at.saved()
        await at.app.action_start("bin")
        await at.until(lambda: "1 thing" in at.text)
        await at.type("e")
        await at.until(lambda: "Empty the bin?" in at.text)
        write(at.path, "yossi", Remove("strategy.touchpoints"))
        await at.until(lambda: find(at.app.session.roadmap, "strategy.touchpoints") is None)
        await at.press("left", "enter")
        await at.until(lambda: "The bin was emptied." in at.notices)
        assert [each.node.id for each in removed(at.path, at.app.session.roadmap)] == ["strategy.touchpoints"]


async def test_what_cannot_come_back_any_more_is_said(home: Path) -> None:
    async with sitting(home) as at:
        task = at.app.session.roadmap.stages[0].cards[0].tasks[0].id
        at.app.change(Remove(task))
        await at.saved()
        await at.app.action_start("bin")
        await at.until(lambda: "1 thing" in at.text)
        write(at.path, "yossi", Remove("strategy"))
        await at.until(lambda: find(at.app.session.roadmap, "strategy") is None)
        await at.press("enter")
        await at.until(lambda: "Nothing was done" in at.notices)
        assert "is back" not in at.notices


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("width", "author"), [(60, False), (80, False), (120, True)])
async def test_the_name_of_what_was_removed_has_room_in_every_width(
    home: Path, width: int, author: bool
) -> None:
    async with sitting(home, size=(width, 24)) as at:
        at.app.change(Remove("kpi.upsell"))
        await at.saved()
        await at.app.action_start("bin")
        await at.until(lambda: "1 thing" in at.text)
        assert "Upsell to exist" in at.text
        assert ("dana" in at.text) == author
