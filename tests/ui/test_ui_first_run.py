"""The first run: three steps that lead somewhere, and examples that look like examples."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.style import Style

from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.store.library.library import Library
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.start_here import StartHere, StepList
from lfroadmap.words import LANGUAGES, Language, words
from sitting import DEADLINE, FIRST_CARD, GOALS, OWNER, PERIOD, Sitting, sitting, template
from terminal import keys

FIRST_TASK = "strategy.goals.choose-segments"


def is_shown(at: Sitting) -> bool:
    return at.one(StartHere).display


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_first_run_begins_with_three_steps(
    home: Path, size: tuple[int, int], language: Language
) -> None:
    async with sitting(home, size=size, language=language, first_time=True) as at:
        texts = words(language)
        for name in ("title", "owner", "deadline", "tick"):
            assert at.shows(texts(f"start.{name}"))
        assert at.app.focused is at.one(StepList)
        assert at.shows(texts("command.go_step"))


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("down", "focus"), [(0, OWNER), (1, DEADLINE), (2, FIRST_TASK)])
async def test_enter_goes_where_a_step_is_done(home: Path, down: int, focus: str) -> None:
    async with sitting(home, first_time=True) as at:
        await at.press(*["down"] * down, "enter")
        await at.until(lambda: (at.tab, at.focus) == ("strategy", focus))


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("text", "focus"), [("Set a deadline", DEADLINE), ("Tick what is", FIRST_TASK)])
async def test_a_click_goes_there_too(home: Path, text: str, focus: str) -> None:
    async with sitting(home, first_time=True) as at:
        await at.click_on(text)
        await at.until(lambda: at.focus == focus)


async def test_what_is_done_is_marked_and_all_done_is_gone(home: Path) -> None:
    async with sitting(home, first_time=True) as at:
        await at.type("\rDana")
        await at.type(keys("alt+1"))
        (line,) = [line for line in at.lines if "Name an owner" in line]
        assert "✓" in line
        assert at.one(StepList).cursor == 1, "it is on the next step"
        at.app.change(SetField(DEADLINE, "2026-03-31"))
        at.app.change(Tick(FIRST_TASK, True, "2026-01-01"))
        await at.until(lambda: not is_shown(at))
        assert at.app.focused is at.one(Dashboard)
        assert not at.shows("Start here")


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("way", ["key", "click"])
async def test_it_can_be_hidden_for_good(home: Path, way: str) -> None:
    async with sitting(home, first_time=True) as at:
        await (at.press("delete") if way == "key" else at.click_on("hide ✕"))
        await at.until(lambda: not is_shown(at))
        assert at.app.focused is at.one(Dashboard)
        await at.until(lambda: Library(home / "data").state.is_dismissed("r1"))
        await at.press("ctrl+l")
        await at.until(lambda: at.app.session.words.language == "he" and not is_shown(at))
    async with sitting(home, first_time=True) as at:
        assert not is_shown(at)


async def test_another_roadmap_has_its_own_first_steps(home: Path) -> None:
    Library(home / "data").dismiss("another")
    async with sitting(home, first_time=True) as at:
        assert is_shown(at)


async def test_the_arrows_go_on_to_the_overview(home: Path) -> None:
    async with sitting(home, first_time=True) as at:
        await at.press("down", "down", "down")
        assert at.app.focused is at.one(Dashboard)
        await at.press("shift+tab")
        assert at.app.focused is at.one(StepList)


def test_a_note_of_hidden_steps_survives_other_notes_and_nonsense(home: Path) -> None:
    library = Library(home / "data")
    library.dismiss("a")
    library.dismiss("b")
    library.dismiss("a")
    library.remember("plan", "kpis")
    path = home / "data" / "state.json"
    assert json.loads(path.read_text("utf-8"))["dismissed"] == ["b", "a"]
    path.write_text('{"dismissed": [1, "a", null], "tabs": {}}', "utf-8")
    assert (library.state.is_dismissed("a"), library.state.is_dismissed("1")) == (True, False)
    path.write_text('{"dismissed": "a"}', "utf-8")
    assert not library.state.is_dismissed("a")


# examples


def drawn(at: Sitting, field: str) -> tuple[str, Style]:
    """The text of a field as it is drawn, and the style of its first letter."""
    region = at.editor(field).region
    strip = at.app.screen._compositor.render_strips()[region.y].crop(region.x, region.right)
    text = strip.text
    for segment in strip:
        if segment.text.strip() and segment.style:
            return text.strip(), segment.style
    return text.strip(), Style()


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("colors", [True, False])
async def test_an_example_looks_like_one_and_a_value_does_not(
    home: Path, monkeypatch: pytest.MonkeyPatch, colors: bool
) -> None:
    if not colors:
        monkeypatch.setenv("NO_COLOR", "1")
    async with sitting(home) as at:
        await at.type(keys("alt+3", "alt+2", "tab"))
        for field, example in ((OWNER, "e.g. Dana Levi, growth"), (GOALS, "e.g. Bring back 20%")):
            text, style = drawn(at, field)
            assert text.startswith(example)
            assert style.italic
        await at.type(keys("shift+tab") + "Dana Levi, growth\t")
        await at.until(lambda: drawn(at, OWNER)[0] == "Dana Levi, growth")
        text, style = drawn(at, OWNER)
        assert not style.italic
        assert not style.dim


async def test_an_example_of_a_day_is_shown_whole_and_a_day_has_its_remark_beside_it(home: Path) -> None:
    async with sitting(home, size=(80, 24), language="he") as at:
        await at.type(keys("alt+2"))
        assert at.shows("לדוגמה: 31.3.2026 או"[::-1]) or "31.3.2026" in at.text
        await at.type("\t2026-12-01\t")
        await at.until(lambda: at.value(DEADLINE) == "2026-12-01")
        assert at.editor(DEADLINE).region.width == 18


async def test_a_field_without_an_example_says_what_belongs_there(home: Path) -> None:
    plain = template()
    fields = tuple(
        Field(f"f{number}", kind, role)  # type: ignore[arg-type]
        for number, (kind, role) in enumerate(
            [("text", "owner"), ("date", "deadline"), ("long", "goals"), ("number", ""), ("text", "")]
        )
    )
    card = replace(plain.stages[0].cards[0], fields=fields)
    own: Roadmap = replace(plain, stages=(replace(plain.stages[0], cards=(card,)),))
    async with sitting(home, roadmap=own) as at:
        await at.type(keys("alt+2"))
        for key in ("owner", "deadline", "goals", "number", "text"):
            assert words("en")(f"field.empty_{key}") in at.text


async def test_the_kpis_of_a_first_run_are_no_wall_of_dashes(home: Path) -> None:
    async with sitting(home, first_time=True) as at:
        await at.type(keys("alt+6"))
        assert "—" not in at.text
        assert at.text.count("number") >= 8


async def test_clearing_a_choice_or_a_cell_says_what_went(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2"))
        at.app.main.set_focus(at.editor(PERIOD))
        await at.press("down", "delete")
        await at.until(lambda: at.notices == "“month” was removed. Ctrl+Z brings it back.")
        at.app.clear_notifications()
        await at.press("delete")
        assert at.notices == "", "there was nothing left"
        await at.type(keys("alt+6", "backspace"))
        await at.until(lambda: at.notices == "“Return-to-flow rate” was removed. Ctrl+Z brings it back.")
        await at.press("ctrl+z")
        await at.until(lambda: at.app.session.roadmap.kpis[0].measure is None)
        await at.until(lambda: "undo · " in at.notices)
        assert at.checklist(FIRST_CARD)
