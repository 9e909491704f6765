"""Fields are added, changed, copied, reordered, moved and removed; another kind keeps what was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.field_shape import FieldScreen, read_options, typed_options
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.widgets.card_form import CardForm
from lfroadmap.words import LANGUAGES, Language, words
from sitting import FIRST_CARD, OWNER, PERIOD, Sitting, sitting
from terminal import keys
from test_ui_cards import UNDO, palette, settled
from test_ui_structure import plan


def field(at: Sitting, node_id: str) -> Field:
    place = find(at.app.session.roadmap, node_id)
    assert place is not None
    assert isinstance(place.node, Field)
    return place.node


def card(at: Sitting, node_id: str) -> Card:
    place = find(at.app.session.roadmap, node_id)
    assert place is not None
    assert isinstance(place.node, Card)
    return place.node


async def edit(at: Sitting, name: str = "edit the field") -> None:
    """Open the dialog of the field with the focus."""
    await palette(at, name)
    await at.until(lambda: isinstance(at.app.screen, FieldScreen))


async def step(at: Sitting, name: str, times: int) -> None:
    """Go through the options of a line of the dialog."""
    at.app.screen.query_one(f"#{name}").focus()
    await at.type(keys("space") * times)


@pytest.mark.proof
async def test_a_field_is_added_behind_the_one_with_the_focus(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await edit(at, "add field")
        await at.type("Budget")
        await step(at, "kind", 3)
        await at.type("\r42")
        await settled(at)
        fields = card(at, "a0").fields
        assert [(each.label, each.kind) for each in fields] == [
            ("First a0", "text"),
            ("Budget", "number"),
            ("Second a0", "text"),
        ]
        assert at.focus == fields[1].id
        assert await at.stored(fields[1].id) == "42"
        await at.type(UNDO + UNDO)
        await at.until(lambda: len(card(at, "a0").fields) == 2)


@pytest.mark.proof
async def test_another_kind_keeps_what_was_typed_and_undo_brings_the_old_one_back(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await at.type("31.12.2026")
        await edit(at)
        await step(at, "kind", 1)
        await at.press("enter")
        await settled(at)
        assert (field(at, "a0f").kind, at.value("a0f"), at.focus) == ("long", "31.12.2026", "a0f")
        await at.type("!")
        assert await at.stored("a0f") == "!31.12.2026"
        await at.type(UNDO)
        await at.until(lambda: at.value("a0f") == "31.12.2026")
        await edit(at)
        await step(at, "kind", 1)
        await at.press("enter")
        await settled(at)
        assert (field(at, "a0f").kind, await at.stored("a0f")) == ("date", "2026-12-31")
        await at.type(UNDO)
        await at.until(lambda: field(at, "a0f").kind == "long" and at.value("a0f") == "31.12.2026")
        await at.type(UNDO)
        await at.until(lambda: field(at, "a0f").kind == "text" and at.value("a0f") == "31.12.2026")
        assert [each.id for each in card(at, "a0").fields] == ["a0f", "a0g"]
        await at.saved()


@pytest.mark.proof
async def test_options_are_written_between_commas(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await at.type("medium")
        await edit(at)
        await step(at, "kind", 4)
        await at.press("enter")
        assert isinstance(at.app.screen, FieldScreen)
        assert "A choice needs options" in at.notices
        at.app.screen.query_one("#options").focus()
        await at.type("low, medium , high, low\r")
        await settled(at)
        assert field(at, "a0f").options == ("low", "medium", "high")
        assert "medium" in at.text
        await at.press("down")
        assert await at.stored("a0f") == "high"


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_choice_of_the_template_becomes_a_text_in_words(home: Path, language: Language) -> None:
    async with sitting(home, language=language) as at:
        await at.app.main.go(PERIOD)
        before = field(at, PERIOD)
        assert before.kind == "choice"
        at.app.change(SetField(PERIOD, before.options[0]))
        shown = at.app.session.labels.option(before, before.options[0])
        await edit(at, words(language)("command.edit_field"))
        await step(at, "kind", 1)
        await at.press("enter")
        await settled(at)
        made = field(at, PERIOD)
        assert (made.kind, made.value, made.options, made.label) == ("text", shown, (), None)


async def test_a_label_is_one_edit_that_renames(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        form = at.app.main.query(CardForm).first()
        await at.click(form, x=1, y=0, times=2)
        await at.until(lambda: isinstance(at.app.screen, FieldScreen))
        await at.type(" of it\r")
        await settled(at)
        assert field(at, OWNER).label == "Owner of it"
        assert field(at, OWNER).role == "owner"
        await at.press("f3")
        await at.until(lambda: "is now called" in at.text)


@pytest.mark.proof
async def test_the_history_says_that_a_field_was_changed(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await edit(at)
        await step(at, "kind", 1)
        await at.press("enter")
        await settled(at)
        await at.press("f3")
        await at.until(lambda: "changed the field" in at.text)
        assert "removed the field" not in at.text


@pytest.mark.proof
async def test_a_role_that_the_card_has_already_is_refused(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        await edit(at, "add field")
        await at.type("Second owner")
        await step(at, "role", 1)
        await at.press("enter")
        assert "has a field of this role already" in at.notices
        for said in ("A start is a day", "A deadline is a day"):
            await step(at, "role", 1)
            await at.press("enter")
            assert said in at.notices
        await at.press("escape")
        await settled(at)
        assert len(card(at, FIRST_CARD).fields) == 6


@pytest.mark.proof
async def test_fields_are_reordered_moved_copied_and_removed(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await at.type("typed")
        await at.press("alt+down")
        assert [each.id for each in card(at, "a0").fields] == ["a0g", "a0f"]
        await settled(at)
        assert at.focus == "a0f"
        await palette(at, "duplicate the field")
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.press("enter")
        await settled(at)
        copied = card(at, "a0").fields[2]
        assert (copied.label, copied.value, at.focus) == ("First a0 (copy)", "typed", copied.id)
        await palette(at, "move the field to another")
        await at.type("card b2\r")
        await settled(at)
        assert (at.tab, at.focus) == ("s2", copied.id)
        assert card(at, "b2").fields[-1].id == copied.id
        await palette(at, "remove the field")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert "1 filled field" in at.text
        await at.click("#remove")
        await settled(at)
        assert at.focus == "b2g"
        await palette(at, "remove the field")
        await settled(at)
        assert (at.focus, [each.id for each in card(at, "b2").fields]) == ("b2f", ["b2f"])


async def test_what_another_window_typed_meanwhile_is_kept(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await edit(at)
        at.app.session.change_alone(SetField("a0f", "theirs"))
        await step(at, "kind", 1)
        await at.press("enter")
        await settled(at)
        assert await at.stored("a0f") == "theirs"


def test_options_in_a_line_are_read_back() -> None:
    semicolons = (("a;b",), ("a;", ";b", "c"), ("a, b; c", "d;;e"))
    for options in (("a",), ("a", "b c"), ("one, two", "three"), ("one, two",), *semicolons):
        assert tuple(filter(None, read_options(typed_options(options)))) == options


async def test_a_field_in_a_stage_of_one_card_can_be_added_by_the_menu(home: Path) -> None:
    roadmap = Roadmap("r", "Plan", "", (Stage("s", "Only", (Card("c", "Bare"),)),))
    async with sitting(home, size=(80, 24), roadmap=roadmap) as at:
        await at.press("alt+2", "f2")
        await at.type("add field\r")
        await at.until(lambda: isinstance(at.app.screen, FieldScreen))
        await at.type("First\rvalue")
        await settled(at)
        made = card(at, "c").fields[0]
        assert (made.label, await at.stored(made.id)) == ("First", "value")
