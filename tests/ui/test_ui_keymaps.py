"""The keymap `vim`, keys that are pressed one after the other, and the screen that changes keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.settings import Settings, load
from lfroadmap.settings.key_syntax import is_never_sent, parse_keys, types_sign
from lfroadmap.settings.key_uses import FIXED, IN_CELLS, IN_FIELDS, without_effect
from lfroadmap.settings.keymaps import KEYMAPS, VIM
from lfroadmap.ui.commands import COMMANDS, by_ids
from lfroadmap.ui.own_settings import usable
from lfroadmap.ui.screens.keys import KeysScreen
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.screens.press_key import PressKeyScreen
from lfroadmap.ui.settings_warnings import hidden_keys, settings_warnings
from lfroadmap.words import LANGUAGES, Language, words
from sitting import OWNER, Sitting, sitting
from task_plans import plan, tasks_of, to_tasks

THEMES = {"deep": None}


def written(home: Path, source: str) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text(source, "utf-8")


def tasks(at: Sitting) -> list[str]:
    return [task.id for task in tasks_of(at)]


# ------------------------------------------------------------------ the table


def test_the_keymaps_name_commands_and_keys_that_there_are() -> None:
    for keymap in KEYMAPS.values():
        for name, keys in keymap.items():
            (command,) = by_ids(name)
            assert command.can_be_set and ",".join(parse_keys(keys)) == keys


def test_vim_takes_no_key_of_another_command() -> None:
    vim = Settings(keymap="vim")
    assert usable(vim).keys == VIM, "none of them types a text in a field"
    assert settings_warnings(vim, THEMES, words("en")) == []


@given(
    st.sets(st.sampled_from(["d", "d d", "g", "g g", "x", "d x"])),
    st.sets(st.sampled_from(["d", "d d", "x"])),
)
def test_keys_are_hidden_as_a_recount_finds(first: set[str], second: set[str]) -> None:
    pairs = [(a, b) for a in first for b in second]
    expected = {a for a, b in pairs if a == b or b.startswith(f"{a} ")}
    expected |= {b for a, b in pairs if a.startswith(f"{b} ")}
    assert hidden_keys(first, second) == expected


# ------------------------------------------------------------------ vim


@pytest.mark.parametrize("layout", ["latin", "hebrew"])
@pytest.mark.quick_cases(1)
async def test_rows_are_gone_through_and_tasks_ticked_and_removed(home: Path, layout: str) -> None:
    written(home, 'keymap = "vim"\n')
    j, k, g, x, d, u = "jkgxdu" if layout == "latin" else "חלעסגו"
    async with sitting(home, roadmap=plan()) as at:
        await to_tasks(at)
        checklist, first = at.checklist("c"), tasks(at)
        await at.press(j)
        assert checklist.cursor == 1
        await at.press("G")
        assert checklist.cursor == len(first) - 1
        await at.press(g)
        assert " g …" in at.footer and checklist.cursor == len(first) - 1
        await at.press(g)
        assert checklist.cursor == 0 and "…" not in at.footer
        await at.press(j, k, x)
        assert tasks_of(at)[0].done
        await at.press(d, d)
        assert tasks(at) == first[1:]
        await at.press(u)
        await at.until(lambda: tasks(at) == first)
        await at.press("ctrl+r")
        await at.until(lambda: tasks(at) == first[1:])


async def test_a_key_that_waits_is_ended_by_any_other(home: Path) -> None:
    written(home, 'keymap = "vim"\n')
    async with sitting(home, roadmap=plan()) as at:
        await to_tasks(at)
        before = tasks(at)
        await at.press("d", "escape")
        assert "…" not in at.footer and at.app.focused is at.checklist("c"), "nothing is left"
        await at.press("d", "j")
        assert tasks(at) == before and at.checklist("c").cursor == 0
        assert "“dj”" in at.notices
        await at.type("d")
        await at.press("alt+1")
        await at.press("alt+2")
        await to_tasks(at)
        await at.press("d")
        assert tasks(at) == before, "a key that was begun elsewhere is over"


async def test_a_text_that_is_typed_by_mistake_removes_nothing(home: Path) -> None:
    written(home, 'keymap = "vim"\n')
    async with sitting(home, roadmap=plan()) as at:
        await to_tasks(at)
        before = tasks(at)
        await at.type("dzddddgg")
        assert tasks(at) == before


async def test_fields_and_cells_take_every_letter(home: Path) -> None:
    written(home, 'keymap = "vim"\n')
    typed = "gg dd jkxuio G"
    async with sitting(home, roadmap=plan()) as at:
        await to_tasks(at)
        await at.type("i")
        await at.press("end")
        await at.type(f" {typed}\r")
        assert (tasks_of(at)[0].text or "").endswith(typed)
        await at.press("alt+3", "insert")
        await at.type(f"{typed}\r")
        assert at.app.session.roadmap.kpis[-1].measure == typed
        await at.type("jkgg\r")
        assert "jkgg" in str(at.app.session.roadmap.kpis[-1]), "typing on a cell replaces it"
        await at.app.run_action("start('history')")
        await at.until(lambda: at.focus is not None)
        await at.press("slash")
        await at.type(typed)
        assert at.shows(typed)


async def test_a_form_takes_every_letter(home: Path) -> None:
    written(home, 'keymap = "vim"\n')
    async with sitting(home) as at:
        await at.press("alt+2")
        await at.type("gg dd jkxuio G")
        assert at.value(OWNER) == "gg dd jkxuio G"


# ------------------------------------------------------------------ the screen of the keys


async def opened(at: Sitting, words_of: str) -> KeysScreen:
    await at.app.run_action("start('keys')")
    await at.until(lambda: isinstance(at.app.screen, KeysScreen))
    assert isinstance(at.app.screen, KeysScreen)
    await at.press("slash")
    await at.type(f"{words_of}\r")
    return at.app.screen


async def asked(at: Sitting, key: str) -> None:
    await at.press(key)
    await at.until(lambda: isinstance(at.app.screen, PressKeyScreen))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
async def test_a_key_is_changed_by_pressing_it_and_works_at_once(home: Path, language: Language) -> None:
    async with sitting(home, language=language, roadmap=plan()) as at:
        screen = await opened(at, "remove_task")
        assert [each.id for each in screen.listed.entries] == ["remove_task"]
        await asked(at, "a")
        await at.press("q", "backspace", "ctrl+q", "z", "z")
        assert at.shows("zz")
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert load(home / "config").keys == {"remove_task": "delete,backspace,z z"}
        await at.press("escape", "escape")
        await at.until(lambda: isinstance(at.app.screen, MainScreen))
        await to_tasks(at)
        before = tasks(at)
        await at.press("z", "z")
        assert tasks(at) == before[1:]


async def test_a_clash_is_told_with_both_names_and_not_taken(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await opened(at, "add_task")
        await asked(at, "enter")
        await at.press("d", "enter")
        assert isinstance(at.app.screen, PressKeyScreen)
        assert at.shows("d is the key of “") and at.shows("In a checklist")
        await at.press("ctrl+e", "enter")
        assert isinstance(at.app.screen, PressKeyScreen), "export works everywhere"
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, KeysScreen))
        assert not (home / "config" / "settings.toml").exists()


async def test_a_letter_is_no_key_of_what_works_in_fields(home: Path) -> None:
    async with sitting(home) as at:
        await opened(at, "history f3")
        await asked(at, "enter")
        await at.press("z", "enter")
        assert at.shows("z types a text in the fields")
        await at.press("f10", "enter")
        await at.until(lambda: isinstance(at.app.screen, KeysScreen))
        assert load(home / "config").keys == {"history": "f10"}
        await at.press("delete")
        assert load(home / "config").keys == {}


async def test_keys_that_stand_for_a_direction_stay(home: Path) -> None:
    async with sitting(home) as at:
        await opened(at, "row_ends")
        await at.press("enter")
        assert isinstance(at.app.screen, KeysScreen)
        assert "cannot be changed" in at.notices


def test_the_settings_know_where_each_command_works() -> None:
    in_fields = ("app", "form", "editing", "filter", "search", "note")
    assert {each.id for each in COMMANDS if not each.can_be_set} == FIXED
    assert {each.id for each in COMMANDS if each.can_be_set and each.place in in_fields} == IN_FIELDS
    in_cells = {each.id for each in COMMANDS if each.can_be_set and each.place in ("kpi", "calculator")}
    assert in_cells == IN_CELLS
    usual = {each.id: each.keys for each in COMMANDS if each.keys and each.can_be_set}
    assert [*without_effect(usual), *without_effect(VIM)] == []


@pytest.mark.parametrize(
    "key", ["a", "A", "+", "א", "comma", "at", "minus", "space", "delete", "d d", "d f5"]
)
def test_a_sign_changes_a_text(key: str) -> None:
    assert types_sign(key) and not is_never_sent(key)


@pytest.mark.parametrize("key", ["f5", "escape", "tab", "up", "ctrl+a", "alt+comma", "shift+up", "shift+f1"])
def test_other_keys_do_not(key: str) -> None:
    assert not types_sign(key) and not is_never_sent(key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_a_name_a_description_and_a_place(language: Language) -> None:
    said = words(language)
    for command in COMMANDS:
        assert said(f"command.{command.id}") and said(f"command.{command.id}_about")
        assert said(f"help.place_{command.place}")
