"""What peers and other windows change, on the screen: what it is, whose it is, and that typing goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.identity import Identity
from lfroadmap.text import one_line
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.widgets import chrome
from lfroadmap.ui.widgets.entry_list import EntryList
from lfroadmap.words import LANGUAGES, Language, words
from listening import Person
from merging import lineage_of, peer_of
from sitting import Sitting, sitting, task, value

HERE, THERE = Identity("a" * 22, "a" * 10), Identity("b" * 22, "b" * 10)


def plan() -> Roadmap:
    fields = (Field("f", label="First"), Field("g", label="Second"), Field("l", "long", label="Long"))
    tasks = tuple(Task(f"t{n}", f"task {n}") for n in range(3))
    return Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", fields, tasks),)),))


@pytest.fixture(autouse=True)
def _shown_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chrome, "NEWS_FOR", 600.0)


@asynccontextmanager
async def at_plan(home: Path, language: Language = "en") -> AsyncIterator[Sitting]:
    """Dana at the card of the plan."""
    async with sitting(home, roadmap=plan(), language=language, identity=HERE) as at:
        await at.press("alt+2")
        yield at


def sends(at: Sitting, *updates: bytes) -> None:
    """Peers send updates to the roadmap on the screen."""
    lineage = lineage_of(at.path)
    for update in updates:
        at.app.session.store.merge(update, lineage)


def header(at: Sitting) -> str:
    """Who else is there, or who changed something elsewhere, in the header."""
    return at.app.main.header.news or at.app.main.header.peers


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_header_says_whose_a_change_of_a_peer_is(home: Path, language: Language) -> None:
    async with at_plan(home, language) as at:
        sends(at, *peer_of(at.path, "noa").does(SetField("g", "from noa")))
        await at.until(lambda: at.shows("from noa"))
        assert header(at) == words(language)("elsewhere.changed", who="noa")
        assert at.shows("noa")


async def test_a_field_that_is_typed_in_keeps_its_text(home: Path) -> None:
    async with at_plan(home) as at:
        await at.type("mine")
        await at.saved()
        sends(at, *peer_of(at.path).does(SetField("f", "noa's"), SetField("g", "from noa")))
        await at.until(lambda: at.shows("from noa"))
        assert (at.focus, at.editor("f").value) == ("f", "mine")
        await at.type("!")
        assert await at.stored("f") == "mine!"
        assert await at.stored("g") == "from noa"


async def test_letters_of_a_peer_merge_into_the_text_under_the_cursor(home: Path) -> None:
    async with at_plan(home) as at:
        await at.type("\t\tmine")
        await at.saved()
        sends(at, *peer_of(at.path).does(SpliceText("l", 0, 0, "noa and ")))
        await at.until(lambda: header(at) == "changed: noa")
        await at.type("!")
        assert await at.stored("l") == "noa and mine!"


async def test_several_people_are_counted(home: Path) -> None:
    async with at_plan(home) as at:
        noa, avi = peer_of(at.path, "noa"), peer_of(at.path, "avi", "cccccccccc")
        noa.does(SetField("g", "from noa"))
        avi.does(Tick("t1", True, "2026-01-01"))
        noa.hears(avi.document.full_update())
        sends(at, noa.document.full_update())
        await at.until(lambda: header(at) == "changed: 2 people")


@pytest.mark.parametrize(
    ("name", "identity", "who"),
    [("dana", HERE, "your other window"), ("noa", THERE, "noa"), ("dana", THERE, "dana")],
)
@pytest.mark.quick_cases(1)
async def test_another_window_is_ones_own_or_somebodys(
    home: Path, name: str, identity: Identity, who: str
) -> None:
    async with at_plan(home) as at:
        other = Person(at.path, name, identity)
        other.does(SetField("g", "there"))
        await at.until(lambda: header(at) == f"changed: {who}")
        assert at.value("g") == "there"
        other.leaves()


async def test_after_a_while_the_header_says_again_who_is_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_plan(home) as at:
        sends(at, *peer_of(at.path).does(SetField("g", "one")))
        await at.until(lambda: header(at) == "changed: noa")
        other = Person(at.path, "yossi", THERE)
        monkeypatch.setattr(chrome, "NEWS_FOR", 0.01)
        other.does(SetField("g", "two"))
        await at.until(lambda: header(at) == "also open: yossi")
        other.leaves()


MANY = Batch(tuple(Add(Task(f"n{n}", f"new {n}"), "c") for n in range(12)))
LARGE: dict[str, tuple[Edit, str]] = {
    "an import": (MANY, "noa: 12 changes at once: added the task: new 0, …"),
    "a reset or a restored moment": (
        ResetAll(replace(plan(), title="Then", stages=plan().stages[:0])),
        "noa: reset the whole roadmap",
    ),
}


@pytest.mark.proof
@pytest.mark.parametrize("what", LARGE)
async def test_what_changes_much_elsewhere_is_named(home: Path, what: str) -> None:
    edit, sentence = LARGE[what]
    async with at_plan(home) as at:
        other = Person(at.path, "noa", THERE)
        other.does(edit)
        await at.until(lambda: at.notices)
        assert at.notices == sentence
        other.leaves()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_undo_in_another_window_is_named(home: Path, language: Language) -> None:
    async with at_plan(home, language) as at:
        other = Person(at.path, "dana", HERE)
        other.does(Tick("t1", True, "2026-01-01"))
        await at.until(lambda: task(at.app.session.roadmap, "t1").done)
        assert other.undoes() == ("done", "t1")
        await at.until(lambda: at.notices)
        speak = words(language)
        undone = speak("change.undo", what=speak("change.untick", place="task 1"))
        assert at.notices == speak("elsewhere.done", who=speak("elsewhere.window"), what=undone)
        other.leaves()


async def test_a_week_of_a_peers_work_is_counted(home: Path) -> None:
    async with at_plan(home) as at:
        peer = peer_of(at.path)
        peer.does(*(Add(Task(f"n{n}", f"new {n}"), "c") for n in range(12)))
        sends(at, peer.document.full_update())
        await at.until(lambda: at.notices)
        assert at.notices == "noa: 12 changes"
        assert value(at.app.session.roadmap, "g") == ""


LAPTOP = "c" * 10
"""Another device of dana's."""


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_ones_own_other_device_is_nobody_else(home: Path, language: Language) -> None:
    async with at_plan(home, language) as at:
        speak = words(language)
        await at.type("here")
        await at.saved()
        sends(at, *peer_of(at.path, "dana", LAPTOP, HERE.actor).does(SetField("f", "there")))
        await at.until(lambda: header(at) == speak("elsewhere.changed", who=speak("elsewhere.device")))
        lately = speak("history.own_device")
        await at.until(lambda: any(lately in line or lately[::-1] in line for line in at.lines[2:]))
        await at.press("ctrl+z")
        await at.until(lambda: at.shows(speak("undo.show_newer")))
        assert isinstance(at.app.screen, Dialog)
        assert at.app.screen.question == speak("undo.undo_conflict_own")
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        await at.press("f3")
        await at.until(lambda: at.app.screen.query(EntryList) and at.one(EntryList).entries)
        listed = at.one(EntryList).entries
        assert [entry.who for entry in listed] == [speak("history.own_device"), "dana"]
        assert at.shows(speak("history.own_device")[:10])


async def test_somebody_of_the_same_name_is_named(home: Path) -> None:
    async with at_plan(home) as at:
        await at.type("here")
        await at.saved()
        sends(at, *peer_of(at.path, "dana", LAPTOP, THERE.actor).does(SetField("f", "there")))
        await at.until(lambda: header(at) == "changed: dana")
        await at.press("ctrl+z")
        await at.until(lambda: at.shows("dana changed it since"))


async def test_each_moment_says_whose_the_change_before_it_is(home: Path) -> None:
    async with at_plan(home) as at:
        await at.type("here")
        await at.saved()
        sends(at, *peer_of(at.path).does(SetField("g", "noa's")))
        await at.until(lambda: header(at))
        sends(at, *peer_of(at.path, "dana", LAPTOP, HERE.actor).does(SetField("g", "there")))
        await at.until(lambda: at.value("g") == "there")
        await at.app.action_start("moment")
        for who in ("you, on another device (made 2025-11-29", "noa (made 2025-11-29", "dana  ·  change 1"):
            await at.until(lambda who=who: who in at.text)
            await at.press("left")
        await at.until(lambda: "As it was made  ·  change 0 of 3" in at.text)


@pytest.mark.proof
@pytest.mark.parametrize(
    "name", ["\x1b[31mred\x07", "\u202egnp.exe", "[b]bold[/b]", "two\nlines\t", "x" * 5000, ""]
)
async def test_any_name_of_a_peer_is_shown_as_plain_text_of_one_line(home: Path, name: str) -> None:
    async with at_plan(home) as at:
        peer = peer_of(at.path, name)
        sends(at, *peer.does(SetField("g", "one")))
        await at.until(lambda: header(at))
        shown = header(at).removeprefix("changed: ")
        assert shown.isprintable()
        assert shown == ("somebody" if not name else one_line(name[:100]))
        peer.does(*(Add(Task(f"n{n}", f"new {n}"), "c") for n in range(12)))
        sends(at, peer.document.full_update())  # in one: several may be merged in several steps
        await at.until(lambda: at.notices)
        assert at.notices == f"{shown}: 12 changes"
        assert not at.app._exception
