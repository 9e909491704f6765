"""The export screen: what it offers, what it writes, what it remembers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from commanding import Capture, good
from exports import DAY, finished, last_export, opened, pick, write
from lfroadmap.export import FORMATS, all_formats
from lfroadmap.imports.snapshot import read
from lfroadmap.roadmap.edits import SetField
from lfroadmap.settings import load
from lfroadmap.state import ExportState
from lfroadmap.store.library.library import Library
from lfroadmap.ui.widgets.check_box import CheckBox
from lfroadmap.words import LANGUAGES, Language, words
from sitting import GOALS, OWNER, sitting


async def test_every_format_has_its_line_and_the_file_follows(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        screen = await opened(at)
        assert screen.formats == (*FORMATS, "all")
        for name in FORMATS:
            await pick(at, screen, name)
            suffix = FORMATS[name].suffix
            assert screen.query_one("#file", Input).value == str(Path.cwd() / f"plan-{DAY}{suffix}")
        await pick(at, screen, "all")
        assert screen.query_one("#file", Input).value == str(Path.cwd())
        assert "Export a snapshot" in at.text


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_box_can_be_read_in_a_small_window(home: Path, language: Language) -> None:
    async with sitting(home, language=language, size=(80, 24)) as at:
        screen = await opened(at)
        row = screen.query_one(".checks")
        assert all(row.region.contains_region(mark.region) for mark in row.query(CheckBox))
        box = screen.query_one("#dialog")
        shown = [*row.query(CheckBox), screen.query_one("#owner"), *screen.query(".answers Button")]
        assert all(box.region.contains_region(each.region) and each.region.height for each in shown)
        assert not box.max_scroll_y, "nothing of it is hidden"


async def test_what_one_person_has_is_what_the_command_writes(home: Path, capsys: Capture) -> None:
    async with sitting(home) as at:
        at.app.change(SetField(OWNER, "Dana Levi"))
        screen = await opened(at)
        await pick(at, screen, "json")
        screen.query_one("#owner", Input).value = "dana"
        await at.pause()
        path = Path(screen.query_one("#file", Input).value)
        assert path.name == f"plan-dana-levi-{DAY}.json"
        await write(at, screen)
        await finished(at)
        assert path.is_file()
        assert last_export(home) == ExportState("json", str(path.parent)), "the next one is everybody's again"
    written = path.read_text("utf-8")
    line = ("export", "json", "plan", "--owner", "dana", "-o", "-", "--data-dir", str(home / "data"))
    assert good(capsys, *line) == written


async def test_a_person_who_is_not_there_and_the_history_of_one_are_refused(home: Path) -> None:
    async with sitting(home) as at:
        at.app.change(SetField(OWNER, "Dana Levi"))
        screen = await opened(at)
        screen.query_one("#owner", Input).value = "zoe"
        screen.query_one("#write", Button).press()
        await at.until(lambda: "zoe" in at.notices)
        screen.query_one("#owner", Input).value = "dana"
        screen.query_one("#history", CheckBox).value = True
        screen.query_one("#write", Button).press()
        await at.until(lambda: words("en")("export.owner_history") in at.notices)
        assert at.app.screen is screen


async def test_a_name_of_ones_own_stays(home: Path) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        screen.query_one("#file", Input).value = "mine.txt"
        await pick(at, screen, "json")
        assert screen.query_one("#file", Input).value == "mine.txt"
        await write(at, screen)
        await finished(at)
        assert json.loads(Path("mine.txt").read_text("utf-8"))["format"] == "lfroadmap"
        assert str(Path("mine.txt").absolute()) in at.notices


async def test_a_part_without_long_texts(home: Path) -> None:
    async with sitting(home) as at:
        at.app.change(SetField(GOALS, "for our eyes only"))
        screen = await opened(at)
        await pick(at, screen, "json")
        stages = list(screen.query("#stages CheckBox").results(CheckBox))
        assert [mark.value for mark in stages] == [True] * 4
        for mark in stages[1:]:
            mark.value = False
        await at.pause()
        assert "[X] A. Strategy" in at.text and "[ ] B. Data" in at.text
        assert words("en")("export.open") in at.text, "no label is cut"
        screen.query_one("#long", CheckBox).value = False
        await write(at, screen)
        await finished(at)
        kept = read(Path(f"plan-{DAY}.json"))
        assert [stage.id for stage in kept.stages] == [at.app.session.roadmap.stages[0].id]
        assert "our eyes" not in Path(f"plan-{DAY}.json").read_text("utf-8")
        assert at.value(GOALS) == "for our eyes only"


async def test_no_stage_at_all_is_no_export(home: Path) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        for mark in screen.query("#stages CheckBox").results(CheckBox):
            mark.value = False
        screen.query_one("#write", Button).press()
        await at.pause()
        assert at.app.screen is screen
        assert "at least one" in at.notices


async def test_the_whole_set(home: Path) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "all")
        await write(at, screen)
        await finished(at)
        made = {path.name for path in Path.cwd().iterdir()}
        assert made == {f"plan-{DAY}{FORMATS[name].suffix}" for name in all_formats(history=False)}
        assert str(Path.cwd()) in at.notices


@pytest.mark.proof
async def test_the_last_choice_is_remembered(home: Path) -> None:
    (home / "out").mkdir()
    async with sitting(home) as at:
        screen = await opened(at)
        await pick(at, screen, "md")
        screen.query_one("#file", Input).value = str(home / "out")
        await write(at, screen)
        await finished(at)
        again = await opened(at)
        assert again.chosen == "md"
        assert again.query_one("#file", Input).value == str(home / "out" / f"plan-{DAY}.md")
    assert last_export(home) == ExportState("md", str(home / "out"))
    assert not (home / "config" / "settings.toml").exists()
    async with sitting(home) as at:
        assert (await opened(at)).chosen == "md"


def opener(home: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's opener, as a program on the path."""
    program = home / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


@pytest.mark.quick_cases(1)
@pytest.mark.skipif(os.name != "posix" or os.uname().sysname == "Darwin", reason="xdg-open is Linux's")
@pytest.mark.parametrize("status", [0, 3])
async def test_the_file_is_opened_if_asked(home: Path, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    opener(home, f'printf %s "$1" > "{home}/opened"; exit {status}', monkeypatch)
    async with sitting(home) as at:
        screen = await opened(at)
        screen.query_one("#open", CheckBox).value = True
        await write(at, screen)
        await finished(at)
        assert (home / "opened").read_text() == str(Path(f"plan-{DAY}.html").absolute())
        assert ("could not be opened" in at.notices) == (status == 3)
    assert last_export(home).open_after


@pytest.mark.proof
async def test_the_history_comes_along_when_it_is_asked_for(home: Path) -> None:
    async with sitting(home, language="he") as at:
        at.app.change(SetField(GOALS, "להחזיר 20%"))
        for wanted in (False, True):
            screen = await opened(at)
            mark = screen.query_one("#history", CheckBox)
            assert not mark.value
            mark.value = wanted
            await pick(at, screen, "json")
            screen.query_one("#file", Input).value = f"{wanted}.json"
            await write(at, screen)
            await finished(at)
        bare, with_history = (
            json.loads(Path(f"{wanted}.json").read_text("utf-8")) for wanted in (False, True)
        )
        assert "history" not in bare
        assert [(change["node"], change["after"]) for change in with_history["history"]] == [
            (GOALS, "להחזיר 20%")
        ]
        assert (await opened(at)).query_one("#history", CheckBox).value


async def test_a_part_tells_no_history_of_the_rest(home: Path) -> None:
    async with sitting(home) as at:
        at.app.change(SetField(GOALS, "for our eyes only"))
        screen = await opened(at)
        next(screen.query("#stages CheckBox").results(CheckBox)).value = False
        await pick(at, screen, "csv-history")
        await write(at, screen)
        await finished(at)
        assert "our eyes" not in Path(f"plan-{DAY}-history.csv").read_text("utf-8")


@pytest.mark.proof
async def test_which_part_was_told_is_remembered(home: Path) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        [*screen.query("#stages CheckBox").results(CheckBox)][1].value = False
        screen.query_one("#long", CheckBox).value = False
        await write(at, screen)
        await finished(at)
        first, _, *rest = (stage.id for stage in at.app.session.roadmap.stages)
    last = last_export(home)
    assert (last.roadmap, set(last.stages), last.long_texts) == ("r1", {first, *rest}, False)
    async with sitting(home) as at:
        screen = await opened(at)
        assert [mark.value for mark in screen.query("#stages CheckBox").results(CheckBox)] == [
            True,
            False,
            True,
            True,
        ]
        assert not screen.query_one("#long", CheckBox).value
        [*screen.query("#stages CheckBox").results(CheckBox)][1].value = True
        screen.query_one("#file", Input).value = "whole.json"
        await write(at, screen)
        await finished(at)
    assert last_export(home).stages == ()


async def test_stages_of_another_roadmap_that_are_not_here_are_no_choice(home: Path) -> None:
    Library(home / "data").remember_export(ExportState(roadmap="r1", stages=("nowhere",)))
    async with sitting(home) as at:
        screen = await opened(at)
        assert all(mark.value for mark in screen.query("#stages CheckBox").results(CheckBox))


async def test_escape_writes_nothing(home: Path) -> None:
    async with sitting(home, language="he") as at:
        screen = await opened(at)
        await at.press("escape")
        await at.until(lambda: at.app.screen is not screen)
        assert not list(Path.cwd().iterdir())


async def test_the_choices_in_the_settings_of_an_earlier_version_are_taken_over_once(home: Path) -> None:
    file = home / "config" / "settings.toml"
    file.parent.mkdir()
    file.write_text('theme = "nord" # mine\nexport_format = "md"\nexport_history = "yes"\n')
    async with sitting(home) as at:
        await at.until(lambda: file.read_text() == 'theme = "nord" # mine\n')
        assert (await opened(at)).chosen == "md"
    assert last_export(home) == ExportState("md", history=True)
    file.write_text('export_format = "json"\n')
    async with sitting(home) as at:
        assert (await opened(at)).chosen == "md"
    assert file.read_text() == 'export_format = "json"\n'


async def test_a_state_that_is_not_ours_is_kept_aside_and_said(home: Path) -> None:
    async with sitting(home) as at:
        await at.until(lambda: Library(home / "data").tab("plan") == "overview")  # nothing more is written
        (home / "data" / "state.json").write_text("[1, 2")
        screen = await opened(at)
        await write(at, screen)
        await finished(at)
        await at.until(lambda: "could not be understood" in at.notices)
    (aside,) = (home / "data").glob("state.damaged-*.json")
    assert aside.read_text() == "[1, 2"
    assert last_export(home).format == "html"
    assert load(home / "config").old_export is None
