"""Every letter that is a command, on a keyboard whose layout is Hebrew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen

from lfroadmap.store.history.queries import marks
from lfroadmap.ui.commands import COMMANDS, bindings
from lfroadmap.ui.key_layouts import HEBREW_LETTERS, on_any_layout
from lfroadmap.ui.screens.export import ExportScreen
from lfroadmap.ui.screens.help import HelpScreen
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.screens.moment import MomentScreen
from lfroadmap.ui.screens.snapshots import SnapshotsScreen
from lfroadmap.ui.screens.trash import TrashScreen
from sitting import FIRST_CARD, OWNER, Sitting, sitting
from terminal import keys

F3 = "\x1bOR"
LETTERS = [(c, key) for c in COMMANDS for key in c.keys.split(",") if key in HEBREW_LETTERS]


@pytest.mark.parametrize(("command", "key"), LETTERS, ids=[f"{c.place}-{key}" for c, key in LETTERS])
def test_every_letter_of_the_table_is_bound_by_its_place_too(command: object, key: str) -> None:
    place = next(c.place for c, letter in LETTERS if c is command and letter == key)
    bound = [binding.key.split(",") for binding in bindings(place) if isinstance(binding, Binding)]
    assert any({key, HEBREW_LETTERS[key]} <= set(each) for each in bound)


def test_no_letter_is_a_command_outside_the_table() -> None:
    """Another place to bind letters would forget the Hebrew layout."""
    allowed = {letter for command, letter in LETTERS} | set(HEBREW_LETTERS.values()) | set("q")
    found = {
        key
        for screen in _screens(Screen)
        for binding in screen.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
        if len(key) == 1 and key.isalpha()
    }
    assert found <= allowed


def _screens(base: type) -> Sequence[type]:
    own = [each for each in base.__subclasses__() if each.__module__.startswith("lfroadmap")]
    others = [each for each in base.__subclasses__() if each not in own]
    return [*own, *(found for each in (*own, *others) for found in _screens(each))]


async def until(at: Sitting, screen: type[object]) -> None:
    await at.until(lambda: isinstance(at.app.screen, screen))


@pytest.mark.proof
async def test_the_letters_of_the_history_and_of_what_it_opens(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2") + "דנה")
        await at.saved()
        await at.type(F3)
        await until(at, HistoryScreen)
        history = at.app.screen
        assert isinstance(history, HistoryScreen)
        await at.type("פ")
        assert history.filter.author == "dana"
        await at.type("פב")
        assert (history.filter.author, history.filter.card) == ("", FIRST_CARD)
        await at.type("ב")
        for letter, screen in (("ה", MomentScreen), ("ד", SnapshotsScreen), ("נ", TrashScreen)):
            await at.type(letter)
            await until(at, screen)
            await at.press("escape")
        await at.type("ה" + keys("home") + "ק")
        await until(at, ExportScreen)
        await at.press("escape")
        await at.type("גאתמול")
        assert at.app.screen.query_one("#day").value == "אתמול"  # type: ignore[attr-defined]
        await at.press("escape")
        await at.press("home")
        await at.type("ר")
        await at.until(lambda: at.shows("Bring the whole roadmap back?"))
        await at.press("left", "enter")
        await at.until(lambda: at.value(OWNER) == "")


@pytest.mark.proof
async def test_the_letters_of_a_checklist_the_snapshots_and_the_help(home: Path) -> None:
    async with sitting(home, language="he") as at:
        await at.press("alt+2", "escape")
        await at.type("גמחר" + keys("enter"))
        assert at.checklist().tasks[0].due == "2026-03-16"
        await at.type("םדנה" + keys("enter"))
        assert at.checklist().tasks[0].owner == "דנה"
        await at.type("ט")
        assert "Liquid Funnel" in at.app.clipboard
        await at.type(F3 + "ד")
        await until(at, SnapshotsScreen)
        await at.type("שלפני" + keys("enter"))
        await at.saved()
        assert [mark.name for mark in marks(at.path) if mark.name] == ["לפני"]
        await at.until(lambda: not isinstance(at.app.screen, HistoryScreen))
        await at.type(keys("f1"))
        await until(at, HelpScreen)
        await at.type("/")  # what `q` sends
        assert not isinstance(at.app.screen, HelpScreen)


def test_a_letter_works_by_its_place_on_a_hebrew_keyboard() -> None:
    assert on_any_layout("a") == "a,ש"
    assert on_any_layout("y, enter") == "y,enter,ט"
    assert on_any_layout("slash") == "slash"
    assert on_any_layout("ctrl+a") == "ctrl+a"
    assert len(set(HEBREW_LETTERS.values())) == len(HEBREW_LETTERS) == 24


async def test_commands_of_a_list_work_with_a_hebrew_layout(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist(FIRST_CARD))
        await at.type("שחדש" + keys("enter"))
        tasks = at.app.session.roadmap.stages[0].cards[0].tasks
        assert [task.text for task in tasks if task.text] == ["חדש"]


@pytest.mark.proof
async def test_a_key_of_the_settings_works_with_a_hebrew_layout_too(home: Path) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text('[keys]\nadd_task = "n"\n', "utf-8")
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist(FIRST_CARD))
        await at.type("מNew one" + keys("enter"))
        await at.until(lambda: "New one" in at.text)


def test_keys_that_are_pressed_one_after_the_other_work_so_too() -> None:
    assert on_any_layout("d d,x") == "d d,x,ג ג,ס"
    assert on_any_layout("[ [") == "left_square_bracket left_square_bracket"
