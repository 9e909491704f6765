"""The settings on the screen: what is changed is in the file, and holds at once."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField
from lfroadmap.settings import load
from lfroadmap.store.history.queries import every
from lfroadmap.store.presence import peers
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.roadmap_name import RoadmapNameScreen
from lfroadmap.ui.screens.settings import ROWS, SettingsList, SettingsScreen
from lfroadmap.usecases.settings_edits import SETTINGS
from lfroadmap.words import LANGUAGES, Language, words
from sitting import OWNER, Sitting, sitting
from task_plans import plan

MINE = '# mine\ntheme = "nord"  # calm\n'


def file_of(home: Path) -> Path:
    return home / "config" / "settings.toml"


def written(home: Path, source: str = MINE) -> Path:
    file_of(home).parent.mkdir(exist_ok=True)
    file_of(home).write_text(source, "utf-8")
    return file_of(home)


async def opened(at: Sitting) -> SettingsScreen:
    await at.press("f12")
    await at.until(lambda: isinstance(at.app.screen, SettingsScreen))
    assert isinstance(at.app.screen, SettingsScreen)
    return at.app.screen


async def on_line(at: Sitting, name: str) -> None:
    """Go to the line of a setting."""
    place = next(n for n, each in enumerate(ROWS) if each.name == name)
    await at.press("home", *["down"] * place)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
async def test_every_setting_has_a_line_and_what_it_does_is_said_below(
    home: Path, language: Language, size: tuple[int, int]
) -> None:
    async with sitting(home, language=language, size=size) as at:
        await opened(at)
        said = words(language)
        for line, each in zip(at.lines[2:], SETTINGS, strict=False):
            name = said(f"settings.name_{each.name}")
            assert name in line or name[::-1] in line
        await on_line(at, "week_starts")
        about = said("settings.about_week_starts").split(",")[0]
        assert at.shows(about)
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, MainScreen))
        assert not file_of(home).exists()


async def test_a_choice_is_turned_by_arrows_and_taken_from_a_list(home: Path) -> None:
    path = written(home)
    async with sitting(home, roadmap=plan()) as at:
        await opened(at)
        await on_line(at, "date_format")
        await at.press("right", "right")
        await at.until(lambda: load(home / "config").date_format == "D.M.YYYY")
        await on_line(at, "theme")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("paper\r")
        await at.until(lambda: isinstance(at.app.screen, SettingsScreen))
        assert at.app.theme == "paper"
        assert path.read_text("utf-8") == '# mine\ntheme = "paper"  # calm\ndate_format = "D.M.YYYY"\n'
        await at.press("delete")
        assert at.app.theme == "deep" and "theme" not in path.read_text("utf-8"), "the default needs no line"
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, MainScreen))
        assert at.app.session.words.day_format == "D.M.YYYY"


async def test_a_number_that_cannot_be_is_refused_below_its_field(home: Path) -> None:
    async with sitting(home) as at:
        await opened(at)
        await on_line(at, "orange")
        await at.press("right")
        assert load(home / "config").thresholds.orange == 35
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, RoadmapNameScreen))
        await at.press("backspace", "backspace")
        await at.type("99\r")
        assert at.shows("The first limit must not be above the second")
        assert load(home / "config").thresholds.orange == 35
        await at.press("backspace", "backspace")
        await at.type("20\r")
        await at.until(lambda: isinstance(at.app.screen, SettingsScreen))
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, MainScreen))
        assert at.app.main.context.thresholds.orange == 20


async def test_another_name_stands_on_what_is_done_from_then_on(home: Path) -> None:
    async with sitting(home) as at:
        at.app.change(SetField(OWNER, "Noa"))
        await opened(at)
        await on_line(at, "author")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, RoadmapNameScreen))
        await at.type("דנה לוי\r")
        await at.until(lambda: isinstance(at.app.screen, SettingsScreen))
        assert load(home / "config").author == "דנה לוי"
        assert not at.shows("from the next start")
        at.app.change(SetField(OWNER, "Yossi"))
        at.app.team_watch.look()
        written(home, 'author = "Dana"\n')
        at.app.team_watch.look()
        at.app.change(SetField(OWNER, "Ruth"))
        written(home, 'author = "D')
        at.app.team_watch.look()
        at.app.change(SetField(OWNER, "Gil"))
        assert at.app.session.store.flush(10)
        path = at.app.session.store.path
        newest = [*islice(every(path), 3)]
        assert [entry.author for entry in newest] == ["Dana", "דנה לוי", "dana"]
        await at.until(lambda: [each.author for each in peers(path)] == ["Dana"])


async def test_another_language_holds_on_the_screen_and_below_it(home: Path) -> None:
    async with sitting(home) as at:
        await opened(at)
        await on_line(at, "language")
        await at.press("right")
        await at.until(lambda: at.shows("הגדרות"))
        assert load(home / "config").language == "he"
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, MainScreen))
        assert at.app.main.context.words.language == "he"
        assert at.app.session.words.day_format == "D.M.YYYY"


async def test_signs_change_while_the_screen_is_shown(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("f12")
        await at.until(lambda: "↑↓" in at.footer)
        await on_line(at, "glyphs")
        await at.press("left")
        await at.until(lambda: "^v" in at.footer)
        await at.press("right")
        await at.until(lambda: "↑↓" in at.footer)


async def test_a_file_that_another_program_writes_is_read_again(home: Path) -> None:
    path = written(home)
    async with sitting(home) as at:
        screen = await opened(at)
        path.write_text('theme = "paper"\nlanguage = "he"\n# longer\n', "utf-8")
        screen.look()
        await at.until(lambda: at.app.theme == "paper" and at.shows("הגדרות"))
        path.write_text("theme = \n", "utf-8")
        screen.look()
        await at.until(lambda: "settings.toml" in at.notices)
        shown = at.notices
        screen.look()
        await at.pause()
        assert at.notices == shown, "said once"
        await on_line(at, "theme")
        await at.press("right")
        assert path.read_text("utf-8") == "theme = \n", "a file that is broken is not written over"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_broken_file_is_told_and_can_be_left(home: Path, language: Language) -> None:
    async with sitting(home, language=language) as at:
        path = written(home, "theme = \n")
        await at.press("f12")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert at.shows("settings.toml")
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, MainScreen))
        assert path.read_text("utf-8") == "theme = \n"


async def test_the_theme_key_and_the_settings_agree(home: Path) -> None:
    async with sitting(home) as at:
        await at.app.run_action("start('dark')")
        await at.until(lambda: load(home / "config").theme == "paper")
        await opened(at)
        assert at.shows("paper")
        await on_line(at, "theme")
        await at.press("delete")
        assert at.app.theme == "deep"
        assert load(home / "config").theme == "deep"


async def test_a_keymap_that_meets_keys_of_ones_own_names_them(home: Path) -> None:
    written(home, '[keys]\ncopy_card = "x"\n')
    async with sitting(home) as at:
        assert at.notices == ""
        await opened(at)
        await on_line(at, "keymap")
        await at.press("right")
        assert load(home / "config").keymap == "vim"
        assert "copy_card" in at.notices and "tick" in at.notices
        await at.press("j")
        assert at.one(SettingsList).cursor == len(SETTINGS) - 3, "it holds at once"


async def test_a_file_that_takes_nothing_leaves_the_setting(home: Path) -> None:
    written(home)
    async with sitting(home) as at:
        await opened(at)
        shutil.rmtree(home / "config")
        (home / "config").write_text("no folder", "utf-8")
        await on_line(at, "theme")
        await at.press("right")
        assert at.app.theme == "nord"
        assert "settings.toml" in at.notices


@pytest.mark.parametrize(("key", "order"), [("right", ("he", "en")), ("left", ("en", "he"))])
async def test_one_key_leads_through_all_languages(home: Path, key: str, order: tuple[str, ...]) -> None:
    """Though the screen turns its direction on the way."""
    async with sitting(home) as at:
        await opened(at)
        await on_line(at, "language")
        for language in order:
            await at.press(key)
            await at.until(lambda language=language: load(home / "config").language == language)
        await at.press(key)
        await at.until(lambda: not load(home / "config").language)
