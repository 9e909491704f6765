"""What nobody should type is drawn without harm and kept as it is."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events

from lfroadmap.imports import snapshot
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.widgets.checklist import Checklist
from samples import EVIL, hostile
from sitting import GOALS, OWNER, Sitting, sitting, template
from terminal import keys

DIRECTIONS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def harmful(at: Sitting) -> list[str]:
    """The characters on the screen that a terminal would not take for letters."""
    strips = at.app.screen._compositor.render_strips()
    drawn = "".join(segment.text for strip in strips for segment in strip)
    return [
        c
        for c in drawn
        if unicodedata.category(c) in ("Cc", "Cs") or unicodedata.bidirectional(c) in DIRECTIONS
    ]


@pytest.mark.proof
async def test_a_roadmap_of_hostile_texts_is_drawn_without_harm_and_kept(home: Path) -> None:
    roadmap = hostile()
    async with sitting(home, roadmap=roadmap, size=(120, 60)) as at:
        stored = read(at.path)
        shown = ""
        for tab in "123":
            await at.type(f"\x1b{tab}")
            assert harmful(at) == []
            shown += at.text
        assert "[red]not red[/red]" in shown
        await at.type("\x1b2" + "\t" * 18 + "\x1b3\x1b1\r")
        assert harmful(at) == []
        await at.saved()
        assert read(at.path) == stored, "looking at it changes nothing"


@pytest.mark.proof
async def test_screens_laid_over_it_are_drawn_without_harm(home: Path) -> None:
    async with sitting(home, roadmap=hostile(), size=(120, 60)) as at:
        for key in ("\x0c", "\x10", "\x1bOP", "\x05"):
            await at.type("\x1b2" + key)
            await at.pause()
            assert harmful(at) == []
            if at.app.screen is not at.app.main:
                await at.press("escape")


@pytest.mark.proof
async def test_typed_and_pasted_hostile_texts_are_drawn_without_harm(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        for field in (OWNER, GOALS):
            at.app.main.set_focus(at.editor(field))
            for evil in (*EVIL, "😀👩‍👩‍👧‍👦e\u0301" * 40):
                at.app.post_message(events.Paste(evil))
            await at.quiet()
            assert harmful(at) == []
            assert at.value(field) == await at.stored(field)
        at.app.main.set_focus(at.checklist())
        await at.type("a")
        for evil in EVIL:
            at.app.post_message(events.Paste(evil))
        await at.quiet()
        assert harmful(at) == []
        await at.type("\r")
        await at.press("escape")
        assert harmful(at) == []
        assert "[red]" in at.text
        assert "<script>" in at.text
        added = at.checklist().card.tasks[1].text or ""
        assert "[red]not red[/red]" in added
        assert "\x1b" not in added
        await at.type("\x1b1\x1b6" + "\r")
        for evil in EVIL:
            at.app.post_message(events.Paste(evil))
        await at.type("\t")
        assert harmful(at) == []


@pytest.mark.proof
async def test_rewording_hostile_texts_changes_only_what_is_typed(home: Path) -> None:
    async with sitting(home, roadmap=hostile(), size=(120, 60)) as at:
        before = at.app.session.roadmap
        await at.press("alt+2")
        at.app.main.set_focus(at.app.main.query(Checklist).first())
        for tab in ("", "\x1b3"):
            await at.type(tab)
            for _ in range(8):
                await at.type("\r")
                assert harmful(at) == []
                await at.type("\r" + keys("down", "down"))
        assert at.app.session.roadmap == before


async def test_a_path_is_told_as_it_is_and_without_harm(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = home / "a [red]b [bold\x1b[2J\u202e"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with sitting(home, size=(200, 40)) as at:
        await at.type("\x05")
        await at.press("enter")
        await at.until(lambda: "Exported" in at.text)
        assert "[red]b [bold" in at.text
        assert harmful(at) == []
        await at.type("\x05")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert "[red]b [bold" in at.app.screen.query_one(".body").render().plain
        assert "[red]b" in at.text
        assert harmful(at) == []
        assert snapshot.read(folder / "plan-2026-03-15.html") == at.app.session.roadmap


@pytest.mark.proof
async def test_a_very_long_title_and_very_many_stages_leave_the_screen_whole(home: Path) -> None:
    whole = template()
    stages = tuple(replace(whole.stages[0], id=f"s{n}", title="שם ארוך " * 30, cards=()) for n in range(40))
    async with sitting(home, size=(80, 24), roadmap=replace(whole, title="x" * 500, stages=stages)) as at:
        assert all(cell_len(line) <= 80 for line in at.lines)
        assert "0%" in at.lines[0]
        await at.press("alt+9")
        assert at.tab == "s7"
        await at.press("ctrl+pageup", "ctrl+pageup", "ctrl+pagedown")
        assert at.tab == "s6"
