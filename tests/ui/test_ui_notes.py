"""Notes on the screen: written, kept with every letter, read, changed, removed, and seen beside another."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Card, Field, Note, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.notes import NotesScreen
from lfroadmap.ui.widgets.note_area import NoteArea
from lfroadmap.words import LANGUAGES, Language, words
from sitting import Sitting, sitting
from test_ui_windows import settled

LONG = Note("n1", "First line\nsecond line", "Noa", "2026-03-10T08:00:00Z")


def plan(*notes: Note) -> Roadmap:
    tasks = (Task("t", "Call them", notes=notes), Task("u", "Write it"))
    card = Card("c", "Card one", (Field("f", label="Owner"),), tasks)
    return Roadmap("r", "Plan", "", (Stage("s", "Stage one", (card,)),))


async def at_tasks(at: Sitting) -> None:
    await at.press("alt+2", "escape")


def notes(roadmap: Roadmap, node_id: str) -> list[tuple[str | None, str]]:
    place = find(roadmap, node_id)
    assert place and isinstance(place.node, Card | Task)
    return [(note.text, note.author) for note in place.node.notes]


async def stored(at: Sitting) -> Roadmap:
    await at.saved()
    return read(at.path)


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_note_is_kept_with_its_first_letter(home: Path, language: Language) -> None:
    async with sitting(home, roadmap=plan(), language=language) as at:
        await at_tasks(at)
        await at.press("n")
        await at.type("שלום Acme")
        assert notes(await stored(at), "t") == [("שלום Acme", at.app.session.store.author.name)]
        await at.press("enter")
        await at.type("two")
        await at.press("escape")
        assert [text for text, _ in notes(await stored(at), "t")] == ["two", "שלום Acme"]
        assert "≡2" in at.text or "2≡" in at.text


async def test_what_is_typed_ahead_of_the_screen_is_in_the_note(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at_tasks(at)
        at.pour("nAsk for the figures")
        await at.until(lambda: notes(at.app.session.roadmap, "t"))
        await at.quiet()
        assert [text for text, _ in notes(await stored(at), "t")] == ["Ask for the figures"]


@pytest.mark.proof
async def test_a_note_that_is_emptied_before_it_ends_never_was(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at_tasks(at)
        await at.press("n", "a", "backspace", "escape")
        assert notes(await stored(at), "t") == []


async def test_a_card_shows_its_notes_and_those_of_its_tasks(home: Path) -> None:
    async with sitting(home, roadmap=plan(LONG)) as at:
        await at_tasks(at)
        await at.until(lambda: "First line second line" in at.text and "Call them" in at.text)
        await at.press("c")
        await at.type("For the card")
        await at.press("enter")
        assert "on: Call them" in at.text and "second line" in at.text
        await at.press("escape")
        assert [text for text, _ in notes(await stored(at), "c")] == ["For the card"]
        assert at.text.index("For the card") < at.text.index("First line second line")
        for text in ("three", "four"):
            await at.press("c")
            await at.type(text)
            await at.press("escape")
        assert words("en").plural("notes.more", 2) in at.text


@pytest.mark.proof
async def test_a_click_on_the_notes_of_a_card_opens_them(home: Path) -> None:
    async with sitting(home, roadmap=plan(LONG)) as at:
        await at_tasks(at)
        await at.click_on("First line second line")
        await at.until(lambda: isinstance(at.app.screen, NotesScreen))


@pytest.mark.proof
async def test_a_click_on_the_number_of_notes_opens_those_of_the_task(home: Path) -> None:
    async with sitting(home, roadmap=plan(LONG)) as at:
        await at_tasks(at)
        await at.click_on("≡1")
        await at.until(lambda: isinstance(at.app.screen, NotesScreen) and "Call them" in at.lines[0])


async def test_a_note_is_changed_with_all_its_lines(home: Path) -> None:
    async with sitting(home, roadmap=plan(LONG)) as at:
        await at_tasks(at)
        await at.press("n", "tab", "enter")
        await at.type("!")
        await at.press("alt+enter")
        await at.type("third")
        await at.press("enter")
        assert notes(await stored(at), "t") == [("First line\nsecond line!\nthird", "Noa")]
        await at.press("enter", "ctrl+a", "delete", "enter")
        assert [text for text, _ in notes(await stored(at), "t")] == ["First line\nsecond line!\nthird"]


async def test_a_note_is_removed_and_comes_back(home: Path) -> None:
    async with sitting(home, roadmap=plan(LONG)) as at:
        await at_tasks(at)
        await at.press("n", "tab", "delete")
        assert notes(await stored(at), "t") == []
        assert words("en")("notes.empty") in at.text
        await at.press("escape", "ctrl+z")
        await at.until(lambda: notes(at.app.session.roadmap, "t"))
        assert await stored(at) == plan(LONG)


@pytest.mark.proof
async def test_each_note_is_a_step_of_the_undo(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at_tasks(at)
        await at.press("n")
        await at.type("one")
        await at.press("enter")
        await at.type("two")
        await at.press("escape", "ctrl+z")
        await at.until(lambda: len(notes(at.app.session.roadmap, "t")) == 1)
        await at.press("ctrl+z")
        await at.until(lambda: not notes(at.app.session.roadmap, "t"))


@pytest.mark.proof
async def test_a_note_of_another_window_is_seen_in_the_open_list(home: Path) -> None:
    async with (
        sitting(home, roadmap=plan(), size=(100, 24)) as one,
        sitting(home, size=(100, 24), author="yossi") as other,
    ):
        await at_tasks(one)
        await at_tasks(other)
        await one.press("n")
        await other.press("n")
        await other.type("From elsewhere")
        await one.until(lambda: "From elsewhere" in one.text and "yossi" in one.text)
        await one.type("Here")
        assert {text for text, _ in notes(await settled(one, other), "t")} == {"Here", "From elsewhere"}


@pytest.mark.proof
async def test_nothing_is_written_where_nothing_may_change(home: Path) -> None:
    async with sitting(home, roadmap=plan(LONG)) as at:
        at.path.chmod(0o400)
        await at_tasks(at)
        await at.press("n")
        assert "First line" in at.text


@pytest.mark.proof
async def test_a_note_is_found_by_its_words(home: Path) -> None:
    async with sitting(home, roadmap=plan(LONG)) as at:
        await at.press("ctrl+p")
        await at.type("second line")
        await at.until(lambda: "First line second line" in at.text)
        await at.press("enter")
        await at.until(lambda: at.focus == "t" or at.app.main.host.place(at.app.main.focused) == "t")


@pytest.mark.proof
async def test_the_history_leads_from_a_note_to_its_task(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at_tasks(at)
        await at.press("down", "n")
        await at.type("Asked")
        await at.press("escape", "alt+1", "f3")
        await at.until(lambda: "added the note: Asked (Write it)" in at.text)
        await at.press("enter")
        await at.until(lambda: at.app.main.host.place(at.app.main.focused) == "u")


async def test_undo_works_where_the_notice_names_it(home: Path) -> None:
    async with sitting(home, roadmap=plan(LONG)) as at:
        await at_tasks(at)
        await at.press("n", "tab", "delete", "ctrl+z")
        await at.until(lambda: notes(at.app.session.roadmap, "t") == [(LONG.text, LONG.author)])
        await at.until(lambda: "second line" in at.text)


async def test_what_is_written_where_the_card_went_is_not_lost_in_silence(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at_tasks(at)
        await at.press("n")
        await at.type("keep this")
        at.app.session.change_alone(Remove("c"))
        await at.type(" and this")
        await at.press("enter")
        assert words("en")("notes.gone") in at.notices
        assert at.app.screen.query_one(NoteArea).text == "keep this and this"
