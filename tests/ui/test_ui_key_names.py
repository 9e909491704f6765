"""Texts that name a key name the one that a person has set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Markdown

from lfroadmap.key_names import spelled_key
from lfroadmap.ui.commands import COMMANDS, by_ids
from lfroadmap.ui.screens.help import HelpScreen
from lfroadmap.words import CONTENT, LANGUAGES, Language, words
from sitting import FIRST_CARD, sitting
from task_plans import plan, to_tasks
from terminal import keys

NAMED = [key.removeprefix("key_name.") for key in words("en").table if key.startswith("key_name.")]
SETTINGS = '[keys]\nundo = "f5"\nhelp = "f2,f1"\nadd_task = "n"\nhistory = "alt+h"\nadd_kpi = "{"\n'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", NAMED)
def test_the_names_of_keys_are_those_of_the_table(command: str, language: Language) -> None:
    assert words(language)(f"key_name.{command}") == spelled_key(by_ids(command)[0].keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_names_a_key_names_a_command(language: Language) -> None:
    texts = [*words(language).table.values(), (CONTENT / f"help.{language}.md").read_text("utf-8")]
    named = {name for text in texts for name in re.findall(r"\{key_(\w+)\}", text)}
    assert named == set(NAMED)
    assert named <= {command.id for command in COMMANDS if command.can_be_set}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_spells_a_key_that_can_be_set(language: Language) -> None:
    spelled = re.compile(r"(?<![\w+])(Ctrl\+[A-BD-Z]|F\d|Insert)\b")
    table = words(language).table
    named = [key for key, text in table.items() if spelled.search(text)]
    assert [key for key in named if not key.startswith("key_name.")] == []
    assert not spelled.search((CONTENT / f"help.{language}.md").read_text("utf-8"))


def settings(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(SETTINGS, "utf-8")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_notices_and_hints_name_the_key_of_the_settings(home: Path, language: Language) -> None:
    settings(home)
    async with sitting(home, language=language, roadmap=plan()) as at:
        await to_tasks(at)
        await at.press("delete")
        assert "F5" in at.notices and "Ctrl+Z" not in at.notices
        await at.type("x")
        assert "F2" in at.notices
        await at.press("ctrl+l")
        await at.press("delete")
        assert "Ctrl+Z" not in at.notices, "in the other language too"


async def test_a_question_and_an_empty_list_name_it_too(home: Path) -> None:
    settings(home)
    async with sitting(home) as at:
        assert at.app.session.words("kpi.empty") == "No KPIs yet: press { to add one", "a brace is a key"
        assert "Alt+H, then b" in at.app.session.words("history.gone")
        await at.type(keys("alt+2") + "Dana")
        await at.app.run_action("start('reset')")
        await at.until(lambda: at.shows("Undo (F5)"))
        await at.press("escape")
        checklist = at.checklist(FIRST_CARD)
        checklist.show(type(checklist.card)("x", "X"))
        await at.pause()
        assert at.shows("press n to add one")


@pytest.mark.proof
async def test_the_help_names_it_too(home: Path) -> None:
    settings(home)
    async with sitting(home) as at:
        await at.press("f2")
        await at.until(
            lambda: isinstance(at.app.screen, HelpScreen) and len(at.app.screen.query(Markdown)) == 2
        )
        page = at.app.screen.query(Markdown).first().source
        assert "Esc brings its old text back, { adds a row." in page


async def test_keys_that_fit_are_not_named(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('[keys]\nundo = "f5"\ngo_card = "space"\n', "utf-8")
    async with sitting(home) as at:
        assert at.notices == ""
