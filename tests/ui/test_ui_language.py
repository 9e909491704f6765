from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap import settings
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.settings.values import DEFAULT_THEME
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.kpi_table import KpiTable
from sitting import DEADLINE, OWNER, SEGMENTS, sitting, task
from terminal import keys

LANGUAGE = "\x0c"


@pytest.mark.proof
async def test_the_language_changes_and_tab_focus_and_values_stay(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t2026-03-31\t\tSMB")
        assert "Market segments" in at.text
        await at.type(LANGUAGE)
        assert (at.tab, at.focus) == ("strategy", SEGMENTS)
        for shown in ("פלחי שוק", "נקודות מגע", "Dana", "SMB", "31.3.2026", "מבט-על"):
            assert at.shows(shown), shown
        assert "Market segments" not in at.text
        await at.type(" too" + LANGUAGE)
        assert at.value(SEGMENTS) == "SMB too"
        assert (at.tab, at.focus) == ("strategy", SEGMENTS)
        assert "Market segments" in at.text
        assert "2026-03-31" in at.text


async def test_what_is_typed_and_not_settled_survives(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Da" + LANGUAGE + "na\t+14" + LANGUAGE)
        assert at.value(OWNER) == "Dana"
        assert at.value(DEADLINE) in ("+14", "2026-03-29")
        await at.type("\t")
        assert await at.stored(DEADLINE) == "2026-03-29"


async def test_a_task_being_worded_survives(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        await at.type("ahalf a ta" + LANGUAGE)
        added = at.checklist().card.tasks[1]
        assert added.text == "half a ta"
        assert not at.app.main.query(InlineEditor)
        assert "half a ta" in at.text
        assert at.shows("לבחור את פלחי השוק שמתחילים איתם")


async def test_words_of_ones_own_are_not_translated(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        first = at.checklist().card.tasks[0].id
        await at.type("\r!\r" + LANGUAGE)
        assert task(at.app.session.roadmap, first).text == "Choose the market segments to start with!"
        assert "Choose the market segments to start with!" in at.text
        assert at.app.focused is at.checklist()
        assert at.focus == first


async def test_every_tab_is_in_the_language(home: Path) -> None:
    async with sitting(home, language="he", size=(160, 40)) as at:
        for number, shown in {1: "בלי תאריך", 2: "דדליין", 6: "שיעור חזרה לזרם"}.items():
            await at.press(f"alt+{number}")
            assert at.shows(shown), at.text
        assert at.app.focused is at.one(KpiTable)
        await at.type(LANGUAGE)
        assert "Return-to-flow rate" in at.text
        assert at.app.focused is at.one(KpiTable)


async def test_the_settings_remember_the_language_and_the_theme(home: Path) -> None:
    async with sitting(home) as at:
        assert at.app.current_theme.dark
        await at.type(LANGUAGE)
        await at.app.action_start("dark")
        await at.pause()
        assert at.app.theme == "paper"
    kept = settings.load(home / "config")
    assert (kept.language, kept.theme) == ("he", "paper")
    async with sitting(home) as at:
        assert at.app.theme == "paper"
        at.app.theme = "nord"
        await at.pause()
    assert settings.load(home / "config").theme == "nord"


async def test_a_theme_that_is_not_there_leaves_the_usual_one(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('theme = "no-such-theme"\n', "utf-8")
    async with sitting(home) as at:
        assert at.app.theme == DEFAULT_THEME
    assert settings.load(home / "config").theme == "no-such-theme"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("place", ["config", "config/settings.toml/x"])
async def test_settings_that_cannot_be_written_are_told_and_the_language_changes(
    home: Path, place: str
) -> None:
    async with sitting(home) as at:
        blocked = home / place
        blocked.parent.mkdir(parents=True, exist_ok=True)
        blocked.write_text("", "utf-8")
        await at.type(LANGUAGE)
        assert at.shows("מבט-על")
        assert str(home / "config" / "settings.toml") in at.notices
        await at.type("\x1b2" + keys("tab") + "x")
        assert at.value(DEADLINE) == "x"


@pytest.mark.proof
async def test_the_focus_stays_with_what_was_written(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        await at.type("ahalf" + LANGUAGE)
        assert at.focus == at.checklist().card.tasks[1].id
        await at.type("a" + LANGUAGE)
        assert at.focus == at.checklist().card.tasks[1].id, "the new one has no letter yet"
        await at.type("\x1b6" + keys("down") + "\rMine" + LANGUAGE)
        assert at.focus == at.app.session.roadmap.kpis[1].id
        await at.type(keys("insert") + LANGUAGE)
        assert at.focus == at.app.session.roadmap.kpis[1].id
        assert at.value(OWNER) == ""


async def test_the_focus_stays_in_an_empty_checklist(home: Path) -> None:
    card = Card("c", "Card", (Field("f", label="Field"),))
    async with sitting(home, roadmap=Roadmap("r", "Plan", "", (Stage("s", "Stage", (card,)),))) as at:
        await at.press("alt+2", "tab")
        for typed in ("", "a"):
            await at.type(typed + LANGUAGE)
            assert at.app.focused is at.checklist("c")
