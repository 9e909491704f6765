"""Templates of one's own on the screen: saving one, starting from one, and what changed in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.choose_model import ChooseModelScreen
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.save_template import ANSWERS, SaveTemplateScreen
from lfroadmap.ui.screens.template_preview import TemplatePreviewScreen
from lfroadmap.ui.widgets.chooser import Chooser
from lfroadmap.usecases.creating import new_roadmap
from lfroadmap.usecases.own_templates import own_template, usable_templates
from lfroadmap.words import LANGUAGES, Language, words
from own_templates import SMALL, put_template, templates_folder
from sitting import Sitting, sitting
from terminal import keys

CALL = '  { id = "call", en = "Call them", he = "להתקשר" },\n'
HEADING = 70
"""Columns that a heading has in a window of 80."""
VISIT = '  { id = "visit", en = "Visit them", he = "לבקר" },\n'


async def save_as(at: Sitting, name: str, *, answers: bool = False) -> None:
    """Open the dialog, and fill and leave it."""
    at.app.window.run("start('save_template')")
    await at.until(lambda: isinstance(at.app.screen, SaveTemplateScreen) and bool(at.app.screen.focused))
    await at.press("end", "shift+home", "delete")
    await at.type(name)
    if answers:
        at.app.screen.query_one("#content", Chooser).choose(ANSWERS)
    await at.press("enter")


async def test_a_roadmap_is_saved_with_what_is_in_it_and_not_over_another(home: Path) -> None:
    async with sitting(home, size=(120, 36)) as at:
        await save_as(at, "export")
        await at.until(lambda: at.app.screen.query_one("#problem").display)
        assert not templates_folder().exists(), "a word of the command line is no name"
        await at.press("escape")
        await save_as(at, "ours", answers=True)
        await at.until(lambda: "ours.toml" in at.notices)
        template = own_template("ours")
        assert template and len(template.roadmap("r", "en").stages) == 4
        written = (templates_folder() / "ours.toml").read_bytes()
        await save_as(at, "ours")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.press("escape")
        await at.quiet()
        assert (templates_folder() / "ours.toml").read_bytes() == written


@pytest.mark.proof
async def test_another_is_replaced_when_the_person_says_so(home: Path) -> None:
    put_template("ours")
    async with sitting(home, size=(120, 36)) as at:
        await save_as(at, "ours")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click("#replace")
        await at.until(lambda: "ours.toml" in at.notices)
        template = own_template("ours")
        assert template and len(template.roadmap("r", "en").stages) == 4


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_own_template_can_be_chosen_and_is_never_recommended(home: Path, language: Language) -> None:
    put_template("small")
    put_template("broken", "x = 1")
    results: list[str | None] = []
    async with sitting(home, language=language, size=(100, 36)) as at:
        screen = ChooseModelScreen(words(language), {}, usable_templates())
        await at.app.push_screen(screen, results.append)
        await at.until(lambda: at.app.screen is screen and bool(screen.focused))
        model = screen.model
        assert [each for each in model.options if each in ("small", "broken")] == ["small"]
        screen.set_focus(model)
        await at.type(keys("up"))
        assert model.chosen == "small"
        await at.until(lambda: at.shows({"en": "Our way", "he": "הדרך שלנו"}[language]))
        await at.press("enter")
        await at.until(lambda: bool(results))
    assert results == ["small"]


@pytest.mark.proof
async def test_the_library_makes_one_of_an_own_template_and_names_broken_ones(home: Path) -> None:
    put_template("small")
    put_template("broken", "x = 1")
    async with sitting(home, size=(100, 36)) as at:
        at.app.window.run("start('new_roadmap')")
        await at.quiet()
        await at.type("fresh\r")
        await at.until(lambda: isinstance(at.app.screen, ChooseModelScreen) and "broken" in at.notices)
        assert isinstance(at.app.screen, ChooseModelScreen)
        at.app.screen.model.choose("small")
        await at.press("enter")
        library = Library(home / "data")
        await at.until(lambda: library.exists("fresh"))
        assert read(library.path("fresh")).stages[0].title == "First steps"


def of_small() -> Roadmap:
    return new_roadmap("plan", "small", "en")


async def preview(at: Sitting) -> None:
    at.app.window.run("start('apply_template')")
    await at.until(lambda: isinstance(at.app.screen, TemplatePreviewScreen) and bool(at.app.screen.focused))


async def test_what_changed_is_shown_and_taken_in_as_one_step(home: Path) -> None:
    put_template("small")
    roadmap = of_small()
    put_template("small", SMALL.replace(CALL, CALL.replace("Call them", "Ring them") + VISIT))
    async with sitting(home, roadmap=roadmap, size=(120, 36)) as at:
        await preview(at)
        await at.until(lambda: at.shows("Visit them") and at.shows("Ring them"))
        await at.press("enter")
        await at.until(lambda: len(at.app.session.roadmap.stages[0].cards[0].tasks) == 3)
        await at.saved()
        assert [task.text for task in read(at.path).stages[0].cards[0].tasks] == [
            "Ring them",
            "Visit them",
            "לכתוב",
        ]
        await at.press("ctrl+z")
        await at.until(lambda: len(at.app.session.roadmap.stages[0].cards[0].tasks) == 2)
        assert at.app.session.roadmap.stages[0].cards[0].tasks[0].text == "Call them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headings_of_the_preview_fit_a_small_window(language: Language) -> None:
    headings = {key: text for key, text in words(language).table.items() if "template_update." in key}
    counted = {key: text for key, text in headings.items() if "{n}" in text}
    assert len(counted) >= 8
    assert not [key for key, text in counted.items() if cell_len(text.format(n=1000)) > HEADING]


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_nothing_changed_there_is_nothing_to_do(home: Path, language: Language) -> None:
    put_template("small")
    roadmap = of_small()
    async with sitting(home, roadmap=roadmap, language=language, size=(120, 36)) as at:
        await preview(at)
        await at.until(lambda: at.shows(words(language)("template_update.nothing")))
        assert not at.app.screen.query("#apply")
        before = at.app.session.roadmap
        await at.press("enter")
        await at.until(lambda: not isinstance(at.app.screen, TemplatePreviewScreen))
        assert at.app.session.roadmap is before


@pytest.mark.proof
@pytest.mark.parametrize("command", ["apply_template", "reset"])
async def test_a_template_that_is_gone_is_named(home: Path, command: str) -> None:
    file = put_template("small")
    roadmap = of_small()
    file.unlink()
    async with sitting(home, roadmap=roadmap, size=(120, 36)) as at:
        at.app.window.run(f"start('{command}')")
        await at.until(lambda: "template" in at.notices)
        await at.until(
            lambda: at.shows("Call them") or at.app.session.roadmap.stages[0].title == "First steps"
        )


@pytest.mark.proof
async def test_a_card_of_an_own_template_is_taken(home: Path) -> None:
    put_template("small")
    async with sitting(home, size=(140, 40)) as at:
        await at.press("alt+2")
        at.app.window.run("start('take')")
        await at.quiet()
        await at.type("Our way\r")
        await at.type("Meet them\r")
        await at.until(lambda: at.app.session.roadmap.stages[0].cards[-1].title == "Meet them")
