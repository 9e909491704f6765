"""Switching to another roadmap without leaving."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from damage import run_sql
from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.imports import snapshot
from lfroadmap.machine import author
from lfroadmap.store.events import SaveFailing
from lfroadmap.store.presence import peers
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.listening import StoreSaid
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.library import LibraryScreen
from lfroadmap.usecases.opening import own_identity
from lfroadmap.words import Language, words
from libraries import all_read, in_library, new_named, small, switched, with_others
from sitting import NAME, sitting, value
from store_states import as_version


async def test_two_keys_open_the_roadmap_that_was_open_before(home: Path) -> None:
    library = with_others(home, "acme", "beta")
    library.remember("beta", "s")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("ctrl+r", "enter")
        await switched(at, "beta")
        assert at.tab == "s"
        assert at.shows("task of beta")
        assert at.app.title == "beta"
        await at.press("ctrl+r", "enter")
        await switched(at, NAME)
        assert library.state.last == NAME


@pytest.mark.parametrize("by", ["\x12\r", "\x10acme\r"], ids=["library", "palette"])
@pytest.mark.quick_cases(1)
async def test_what_is_typed_meanwhile_goes_to_the_roadmap_that_is_opened(home: Path, by: str) -> None:
    library = with_others(home, "acme")
    library.remember("acme", "s")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("alt+2")
        at.pour(f"mine{by}theirs")
        await switched(at, "acme")
        await at.quiet()
        await at.saved()
    assert value(read(library.path(NAME)), "f") == "mine"
    assert value(read(library.path("acme")), "f") == "theirs"


async def test_the_roadmap_before_is_closed(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        before = at.app.session.store
        await at.press("ctrl+r", "enter")
        await switched(at, "acme")
        assert before.is_closed
        await at.until(lambda: len(peers(library.path("acme"))) == 1)
        assert peers(library.path(NAME)) == ()


@pytest.mark.proof
async def test_switching_while_typing_on_and_on_loses_and_misplaces_nothing(home: Path) -> None:
    library = with_others(home, "acme")
    library.remember("acme", "s")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("alt+2")
        words_of = {NAME: "", "acme": ""}
        for turn in range(6):
            name = ("acme", NAME)[turn % 2]
            at.pour(f"\x12\r{turn}{name[0]}")
            words_of[name] += f"{turn}{name[0]}"
        await at.quiet()
        await switched(at, NAME)
        await at.saved()
    assert {name: "".join(sorted(value(read(library.path(name)), "f"))) for name in words_of} == {
        name: "".join(sorted(typed)) for name, typed in words_of.items()
    }


@pytest.mark.proof
async def test_undo_takes_back_what_was_done_in_the_roadmap_that_is_open(home: Path) -> None:
    library = with_others(home, "acme")
    library.remember("acme", "s")
    async with sitting(home, roadmap=small(NAME), author=author(), identity=own_identity()) as at:
        await at.press("alt+2")
        await at.type("first")
        await at.press("ctrl+r", "enter")
        await switched(at, "acme")
        await at.type("second")
        await at.saved()
        await at.press("ctrl+z")
        await at.until(lambda: value(at.app.session.roadmap, "f") == "")
        await at.press("ctrl+r", "enter")
        await switched(at, NAME)
        assert at.value("f") == "first"
        await at.press("ctrl+z")
        await at.until(lambda: at.value("f") == "")
        await at.saved()


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "he"])
async def test_a_file_of_a_newer_version_leaves_the_other_open(home: Path, language: Language) -> None:
    library = with_others(home, "acme")
    run_sql(library.path("acme"), "PRAGMA user_version=99", "ALTER TABLE updates RENAME TO renamed")
    async with sitting(home, roadmap=small(NAME), language=language) as at:
        await in_library(at)
        line = next(each for each in at.lines if "acme" in each)
        assert words(language)("library.newer")[:8] in line or words(language)("library.newer")[7::-1] in line
        await at.press("enter")
        text = words(language).error(BrokenStore("store_newer", path=library.path("acme")))
        await at.until(lambda: text in at.notices)
        await at.press("escape", "alt+2")
        await at.type("still here")
        assert await at.stored("f") == "still here"


@pytest.mark.proof
async def test_a_file_that_is_gone_leaves_the_other_open(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        library.path("acme").unlink()
        await at.press("enter")
        text = words("en").error(BrokenStore("store_missing", path=library.path("acme")))
        await at.until(lambda: text in at.notices)
        screen = await all_read(at, lacks="acme")
        assert [row.name for row in screen.rows] == [NAME]
        assert at.app.session.name == NAME and not at.app.session.store.is_closed


@pytest.mark.proof
async def test_what_the_disk_does_not_take_is_asked_about_before_another_opens(home: Path) -> None:
    with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("alt+2")
        gone = at.path.rename(at.path.with_name("unplugged"))
        await at.type("typed")
        await at.until(lambda: "NOT SAVED" in at.lines[0])
        at.pour("\x12\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert at.shows(words("en")("leave.copy_and_open"))
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, LibraryScreen))
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        assert at.app.session.name == NAME and not at.app.session.store.is_closed
        gone.rename(at.path)
        assert await at.stored("f") == "typed"


@pytest.mark.proof
async def test_a_copy_is_written_of_what_the_disk_does_not_take(home: Path) -> None:
    with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("alt+2")
        at.path.rename(at.path.with_name("unplugged"))
        await at.type("typed")
        await at.until(lambda: "NOT SAVED" in at.lines[0])
        at.pour("\x12\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click("#copy", x=2)
        await switched(at, "acme")
        (copy,) = Path.cwd().iterdir()
        assert str(copy) in at.notices.replace("\u2068", "").replace("\u2069", "")
    assert value(snapshot.read(copy), "f") == "typed"


@pytest.mark.proof
async def test_hooks_are_given_the_changes_of_each_roadmap_under_its_name(home: Path) -> None:
    hook = home / "config" / "hooks" / "10-note"
    hook.parent.mkdir(parents=True)
    hook.write_text(f"#!/bin/sh\ncat >> '{home}/kept'\n")
    hook.chmod(0o755)
    library = with_others(home, "acme")
    library.remember("acme", "s")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("alt+2")
        at.pour("one\x12\rtwo")
        await switched(at, "acme")
        await at.quiet()
        await at.saved()
        session = at.app.session
        await at.press("ctrl+q")
        await at.soon(lambda: session.store.is_closed)
        runners = (*session.ending_hooks, session.hooks)
        await at.soon(lambda: not any(runner and runner.is_alive() for runner in runners))
    given = [json.loads(line) for line in (home / "kept").read_text().splitlines()]
    assert {(line["roadmap"], line["after"]) for line in given} == {(NAME, "one"), ("acme", "two")}


@pytest.mark.proof
async def test_a_signal_saves_the_roadmap_that_was_opened_last(home: Path) -> None:
    library = with_others(home, "acme")
    library.remember("acme", "s")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("ctrl+r", "enter")
        await switched(at, "acme")
        at.pour("typed")
        os.kill(os.getpid(), signal.SIGTERM)
        await at.until(lambda: not at.app.is_running)
        assert at.app.session.store.is_closed
    assert value(read(library.path("acme")), "f") == "typed"
    assert library.state.last == "acme"


@pytest.mark.proof
async def test_each_roadmap_keeps_its_own_tab(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("alt+3")
        await at.press("ctrl+r", "enter")
        await switched(at, "acme")
        assert at.tab == "overview"
        await at.press("alt+2")
        await at.press("ctrl+r", "enter")
        await switched(at, NAME)
        assert at.tab == "kpis"
        assert library.tab("acme") == "s"


@pytest.mark.proof
async def test_a_new_roadmap_begins_with_its_first_steps_and_in_the_same_language(home: Path) -> None:
    with_others(home)
    async with sitting(home, roadmap=small(NAME), language="he") as at:
        await at.press("ctrl+r", "n")
        await new_named(at, "new-one")
        await all_read(at, "new-one")
        await at.press("enter")
        await switched(at, "new-one")
        assert at.shows(words("he")("start.title"))


@pytest.mark.proof
async def test_what_the_roadmap_before_still_says_is_not_heard(home: Path) -> None:
    with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        before = at.app.session
        await at.press("ctrl+r", "enter")
        await switched(at, "acme")
        at.app.post_message(StoreSaid(before.store, SaveFailing(SaveFailed("save_full", path=at.path), 1)))
        await at.pause()
        assert at.app.session.failing is None
        assert at.notices == ""


@pytest.mark.proof
async def test_a_roadmap_of_an_older_version_is_brought_up_to_date_as_it_opens(home: Path) -> None:
    library = with_others(home, "acme")
    as_version(library.path("acme"), 2)
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("ctrl+r", "enter")
        await switched(at, "acme")
        await at.press("alt+2")
        await at.type("typed")
        await at.saved()
    assert value(read(library.path("acme")), "f") == "typed"
