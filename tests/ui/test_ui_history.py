from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from commanding import write
from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.store.history.queries import marks
from lfroadmap.store.store import Store
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.screens.moment import MomentScreen
from sitting import GOALS, OWNER, SEGMENTS, Sitting, sitting
from terminal import keys


async def opened(at: Sitting, lines: int = 1) -> HistoryScreen:
    """The history, with so many of its lines or more."""
    await at.press("f3")
    await at.until(lambda: isinstance(at.app.screen, HistoryScreen))
    screen = at.app.screen
    assert isinstance(screen, HistoryScreen)
    await at.until(lambda: len(screen.listed.entries) >= lines)
    return screen


async def test_the_history_tells_every_change_the_newest_first(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t\tBring them back\x1b2")
        await at.saved()
        write(at.path, "yossi", SetField(OWNER, "Yossi"))
        screen = await opened(at, 3)
        rows = [line for line in at.lines if "Liquid Funnel goals" in line]
        assert "yossi" in rows[0]
        assert "Owner: Dana → Yossi" in rows[0]
        assert "Goals: wrote “Bring them back”" in rows[1]
        assert "Owner: Dana" in rows[2]
        assert "3 changes" in at.lines[0]
        assert at.app.focused is screen.listed
        await at.press("escape")
        assert at.app.screen is at.app.main


async def test_enter_goes_to_the_place(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t\t\tSMB\x1b4")
        await opened(at, 2)
        await at.type(keys("end") + "\r")
        await at.until(lambda: at.app.screen is at.app.main and at.focus == OWNER)
        assert at.tab == "strategy"


@pytest.mark.proof
async def test_the_list_is_narrowed_by_words_person_card_and_day(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t\t\tSMB\x1b4")
        await at.saved()
        write(at.path, "yossi", SetField("pilot.unknown", "x"), SetField("data.governance.owner", "Rina"))
        screen = await opened(at)

        def shown() -> list[str]:
            return [line.change.sentence for line in screen.listed.entries]

        await at.until(lambda: len(shown()) == 3)
        await at.type("/rina")
        await at.until(lambda: shown() == ["Owner: Rina"] and "1 of 3" in at.lines[0])
        await at.press("escape")
        await at.until(lambda: len(shown()) == 3)
        await at.type("/yossi\r")
        await at.until(lambda: len(shown()) == 1)
        await at.press("escape")
        await at.until(lambda: len(shown()) == 3)
        await at.type(keys("down") + "p")
        await at.until(lambda: [line.author for line in screen.listed.entries] == ["dana"] * 2)
        await at.type("p")
        await at.until(lambda: len(shown()) == 3)
        await at.type(keys("end") + "c")
        await at.until(lambda: shown() == ["Market segments: SMB", "Owner: Dana"])
        await at.press("escape")
        await at.until(lambda: len(shown()) == 3)
        await at.press("slash", "tab")
        await at.type((date.today() + timedelta(days=1)).isoformat())
        await at.until(lambda: shown() == [] and "Nothing that fits" in at.text)


@pytest.mark.proof
async def test_a_value_is_brought_back_from_before_a_change_or_from_it(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\x1b2")
        await at.saved()
        at.app.session.store.end_burst()
        await at.type("\t\tfirst\x1b2")
        await at.saved()
        write(at.path, "yossi", SetField(OWNER, "Yossi"))
        await at.until(lambda: at.value(OWNER) == "Yossi")
        await opened(at)
        await at.type("r")
        await at.until(lambda: "From before: Dana" in at.text)
        await at.press("left", "left", "enter")
        await at.until(lambda: at.value(OWNER) == "Dana")
        assert (at.editor(OWNER).value, await at.stored(OWNER)) == ("Dana", "Dana")
        assert at.focus == OWNER
        await at.type("\x1a")
        await at.until(lambda: at.value(OWNER) == "Yossi")


async def test_a_long_text_comes_back_whole(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2\t\tfirst words")
        await at.saved()
        at.app.session.store.end_burst()
        await at.type(" and more")
        await at.saved()
        await opened(at)
        await at.type("r")
        await at.until(lambda: "From this change" in at.text)
        await at.press("left", "left", "enter")
        await at.until(lambda: at.value(GOALS) == "first words")
        assert at.app.screen is at.app.main
        await at.until(lambda: "Brought back" in at.notices)
        assert (at.editor(GOALS).text, await at.stored(GOALS)) == ("first words", "first words")


@pytest.mark.proof
async def test_the_roadmap_of_a_moment_is_seen_and_brought_back(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t\t\tSMB\x1b2")
        await at.saved()
        await opened(at, 2)
        await at.type(keys("down") + "v")
        await at.until(lambda: isinstance(at.app.screen, MomentScreen) and at.app.screen.shown)
        screen = at.app.screen
        assert isinstance(screen, MomentScreen)
        await at.until(lambda: "Dana" in at.text)
        assert "change 1 of 2, read-only" in at.text
        assert "SMB" not in at.text
        await at.press("right")
        await at.until(lambda: screen._drawn and screen._drawn[0] == 2)
        await at.until(lambda: any("SMB" in strip.text for strip in screen.view.strips))
        await at.press("home")
        await at.until(lambda: screen._drawn and screen._drawn[0] == 0)
        assert not any("Dana" in strip.text for strip in screen.view.strips)
        await at.type("r")
        await at.until(lambda: "Bring the whole roadmap back?" in at.text)
        await at.press("left", "enter")
        await at.until(lambda: at.value(OWNER) == "")
        assert (at.value(SEGMENTS), await at.stored(SEGMENTS)) == ("", "")
        await at.type("\x1a")
        await at.until(lambda: (at.value(OWNER), at.value(SEGMENTS)) == ("Dana", "SMB"))
        assert [mark.kind for mark in marks(at.path)] == ["reset"]


@pytest.mark.proof
async def test_another_window_is_shown_while_it_is_open(home: Path) -> None:
    async with sitting(home) as at:
        other = Store(at.path, "yossi")
        other.start(lambda event: None)
        await at.until(lambda: "also open: yossi" in at.lines[0])
        other.close()
        await at.until(lambda: "also open" not in at.lines[0])


@pytest.mark.proof
async def test_the_history_in_hebrew(home: Path) -> None:
    async with sitting(home, language="he") as at:
        await at.type("\x1b2Dana")
        at.app.change(Tick(at.checklist().card.tasks[0].id, True, "2026-03-15"))
        await opened(at, 2)
        assert at.shows("2 שינויים")
        assert at.shows("סומן")
        await at.type("v")
        await at.until(lambda: isinstance(at.app.screen, MomentScreen) and at.app.screen.shown)
        await at.until(lambda: at.shows("נכון ליום"))


@pytest.mark.proof
async def test_many_changes_open_as_fast_as_few(home: Path) -> None:
    async with sitting(home) as at:
        write(at.path, "yossi", *(SetField(OWNER, f"Owner {n}") for n in range(900)))
        await at.until(lambda: at.value(OWNER) == "Owner 899")
        screen = await opened(at, 100)
        assert "900 changes" in at.lines[0]
        assert len(screen.listed.entries) < 300
        for _ in range(6):  # each time as many again are read
            known = len(screen.listed.entries)
            await at.press("end")
            await at.until(lambda known=known: len(screen.listed.entries) in (2 * known, 900))
        at.app.clear_notifications()  # of many changes elsewhere, over the last lines
        await at.until(lambda: "Owner: Owner 0" in at.lines[-2])


@pytest.mark.proof
async def test_a_file_of_a_newer_version_is_shown_and_cannot_be_changed(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\x1b2")
    db = sqlite3.connect(at.path)
    db.execute("PRAGMA user_version=99")
    db.close()
    before = at.path.read_bytes()
    async with sitting(home) as at:
        await at.until(lambda: "read-only" in at.lines[0])
        assert "newer lfroadmap" in at.notices
        await at.type("\x1b2!")
        await at.until(lambda: at.editor(OWNER).value == "Dana")
        assert at.value(OWNER) == "Dana"
        await opened(at)
    assert at.path.read_bytes() == before


async def test_a_value_that_others_change_under_the_question_is_not_overwritten_unseen(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\x1b2")
        await at.saved()
        write(at.path, "yossi", SetField(OWNER, "Yossi"))
        await at.until(lambda: at.value(OWNER) == "Yossi")
        await opened(at)
        await at.type("r")
        await at.until(lambda: "From before: Dana" in at.text)
        write(at.path, "noa", SetField(OWNER, "Noa"))
        await at.until(lambda: at.value(OWNER) == "Noa")
        await at.press("left", "left", "enter")
        await at.until(lambda: "changed meanwhile" in at.text)
        assert at.value(OWNER) == "Noa"
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, HistoryScreen))
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        assert await at.stored(OWNER) == "Noa"
