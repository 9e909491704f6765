from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commanding import write
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store import writer
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.dialog import Dialog
from samples import sample
from sitting import FIRST_CARD, GOALS, OWNER, PERIOD, Sitting, sitting, template
from terminal import keys


async def work(at: Sitting) -> None:
    """Two fields, two ticks, a task of one's own, a KPI's value."""
    await at.type("\x1b2Dana\t\tfirst\rsecond")
    at.app.main.set_focus(at.checklist())
    await at.type(" " + keys("down") + " " + "amine\r" + "\r")
    await at.type("\x1b6" + keys("right", "right") + "\r20\r")


async def ask(at: Sitting) -> Dialog:
    await at.app.action_start("reset")
    await at.until(lambda: isinstance(at.app.screen, Dialog))
    assert isinstance(at.app.screen, Dialog)
    return at.app.screen


@pytest.mark.proof
async def test_the_question_names_what_goes_and_cancel_changes_nothing(home: Path) -> None:
    async with sitting(home) as at:
        await work(at)
        before = at.app.session.roadmap
        dialog = await ask(at)
        for part in ("2 ticks", "2 filled fields", "1 task of your own wording", "1 KPI", "Ctrl+Z"):
            assert part in dialog.body, part
            assert part in at.text, part
        await at.press("enter")
        assert at.app.screen is at.app.main
        await ask(at)
        await at.press("escape")
        await ask(at)
        await at.click_on("Cancel")
        assert at.app.screen is at.app.main
        await at.saved()
        assert at.app.session.roadmap == before == read(at.path)


@pytest.mark.proof
async def test_a_reset_is_one_step_that_undo_brings_back(home: Path) -> None:
    async with sitting(home) as at:
        await work(at)
        await at.press("alt+2")
        before = at.app.session.roadmap
        await ask(at)
        await at.press("left", "enter")
        await at.until(lambda: at.app.session.roadmap == template())
        await at.saved()
        assert read(at.path) == template()
        assert (at.value(OWNER), at.editor(OWNER).value, at.editor(GOALS).text) == ("", "", "")
        assert "✓" not in "\n".join(at.lines[1:])
        assert "mine" not in [t.text for t in at.checklist(FIRST_CARD).card.tasks]
        await at.type("\x1a")
        await at.saved()
        assert at.app.session.roadmap == before == read(at.path)
        assert at.editor(OWNER).value == "Dana"
        assert "\n".join(at.lines[1:]).count("✓") == 2
        await at.type("\x19")
        await at.saved()
        assert at.app.session.roadmap == template()


async def test_a_reset_after_others_were_taken_out_brings_the_templates_nodes_back(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b6" + keys("delete", "delete", "alt+down"))
        dialog = await ask(at)
        for part in ("the removal of 2 rows", "the new place of 1 row"):
            assert part in dialog.body
        await at.click("#reset", x=2)
        await at.until(lambda: at.app.session.roadmap == template())
        await at.type("\x1a")
        await at.saved()
        assert len(at.app.session.roadmap.kpis) == 2


@pytest.mark.proof
async def test_a_reset_of_a_roadmap_without_some_of_its_cards_brings_them_back(home: Path) -> None:
    whole = template()
    first, *others = whole.stages
    cut = replace(whole, stages=(replace(first, cards=first.cards[1:]), *others[1:]))
    async with sitting(home, roadmap=cut) as at:
        await at.type("\x1b2x\x1b3\x1b2")
        await ask(at)
        await at.press("left", "enter")
        await at.until(lambda: at.app.session.roadmap == whole)
        assert at.tab == "strategy"
        await at.until(lambda: "Liquid Funnel goals" in at.text)
        await at.type("\x1b2y")
        assert at.value(OWNER) == "y"


async def test_where_there_is_nothing_to_reset_it_says_so(home: Path) -> None:
    async with sitting(home) as at:
        await at.app.action_start("reset")
        await at.pause()
        await at.until(lambda: "already as it was" in at.notices)
        assert at.app.screen is at.app.main
    async with sitting(home / "own", roadmap=sample("en")) as at:
        await at.app.action_start("reset")
        await at.until(lambda: "not made from a template" in at.notices)


@pytest.mark.proof
async def test_what_others_change_under_the_question_is_shown_before_it_goes(home: Path) -> None:
    async with sitting(home) as at:
        await work(at)
        await at.saved()
        first = await ask(at)
        write(at.path, "yossi", SetField(PERIOD, "Yossi"))
        await at.until(lambda: at.value(PERIOD) == "Yossi")
        await at.press("left", "enter")
        await at.until(lambda: isinstance(at.app.screen, Dialog) and at.app.screen is not first)
        again = at.app.screen
        assert isinstance(again, Dialog)
        assert "changed meanwhile" in again.body
        assert "3 filled fields" in again.body
        assert at.value(PERIOD) == "Yossi"
        await at.press("left", "enter")
        await at.until(lambda: at.app.session.roadmap == template())
        await at.saved()
        assert read(at.path) == template()


@pytest.mark.proof
async def test_what_others_change_at_the_same_moment_is_not_overwritten(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window does not know of it yet, and the file does: nothing is done, and it is said."""
    async with sitting(home) as at:
        await work(at)
        await at.saved()
        monkeypatch.setattr(writer, "POLL", 1000.0)  # from its next turn on it looks for nothing by itself
        await at.saved()
        write(at.path, "yossi", SetField(PERIOD, "Yossi"))
        assert at.value(PERIOD) == ""
        before = read(at.path)
        await ask(at)
        await at.press("left", "enter")
        await at.until(lambda: "Nothing was done" in at.notices)
        await at.until(lambda: at.app.session.roadmap == before)
        assert read(at.path) == before
        assert (at.editor(OWNER).value, at.value(PERIOD)) == ("Dana", "Yossi")
        await at.saved()
        assert "saved" in at.lines[0]
