"""Leaving with everything saved, and what happens where the disk does not take it."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from leaving import QUIT, asked, left
from lfroadmap.imports import snapshot
from lfroadmap.store.sqlite.file_format import read
from sitting import DEADLINE, NAME, OWNER, Sitting, sitting, value

SAVED = re.compile(r" saved \d\d:\d\d ")


def unplug(at: Sitting) -> Path:
    """Take the roadmap's file away, as a stick that is pulled; returns where it is now."""
    gone = at.path.with_name("unplugged")
    at.path.rename(gone)
    return gone


async def failing(at: Sitting) -> None:
    await at.until(lambda: "NOT SAVED" in at.lines[0])


async def test_keys_right_before_quitting_are_all_saved(home: Path) -> None:
    async with sitting(home) as at:
        at.pour("\x1b2דנה לוי Dana\t+14" + QUIT)
        await left(at)
        assert at.app.return_code == 0
    stored = read(at.path)
    assert (value(stored, OWNER), value(stored, DEADLINE)) == ("דנה לוי Dana", "2026-03-29")
    async with sitting(home) as at:
        assert at.focus == OWNER
        assert at.editor(OWNER).value == "דנה לוי Dana"


@pytest.mark.proof
async def test_quitting_while_a_task_is_worded_keeps_it(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        at.pour("ahalf a ta" + QUIT)
        await left(at)
    assert [t.text for t in read(at.path).stages[0].cards[0].tasks if t.text is not None] == ["half a ta"]


@pytest.mark.proof
async def test_a_signal_to_end_saves_what_was_typed(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t31.3.26")  # the day is not settled yet
        os.kill(os.getpid(), signal.SIGTERM)
        await left(at)
        assert at.app.return_code == 128 + signal.SIGTERM
    stored = read(at.path)
    assert (value(stored, OWNER), value(stored, DEADLINE)) == ("Dana", "2026-03-31")


async def test_the_saved_mark_tells_the_truth(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        await at.until(lambda: SAVED.search(at.lines[0]))
        assert value(read(at.path), OWNER) == "Dana"
        back = unplug(at)
        await at.type("!")
        await failing(at)
        assert str(at.path) in at.notices
        assert "put the file back" in at.notices
        await at.type("!")
        assert "NOT SAVED" in at.lines[0]
        back.rename(at.path)
        await at.until(lambda: SAVED.search(at.lines[0]))
        assert "Saving works again" in at.notices
        assert value(read(at.path), OWNER) == "Dana!!"


@pytest.mark.proof
async def test_staying_is_what_escape_and_enter_do(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        back = unplug(at)
        await at.type("Dana")
        await failing(at)
        for key in ("escape", "enter"):
            await at.type(QUIT)
            dialog = await asked(at)
            assert str(at.path) in dialog.body
            await at.press(key)
            assert at.app.screen is at.app.main
        await at.type("!")
        back.rename(at.path)
        await at.until(lambda: SAVED.search(at.lines[0]))
        await at.type(QUIT)
        await left(at)
    assert value(read(at.path), OWNER) == "Dana!"


@pytest.mark.proof
async def test_an_emergency_copy_holds_everything_and_is_told(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        unplug(at)
        await at.type("דנה\t1.4.26")
        await failing(at)
        await at.type(QUIT)
        await asked(at)
        await at.click("#copy", x=2)
        await left(at)
        (copy,) = Path.cwd().iterdir()
        assert copy.name.startswith(f"{NAME}-unsaved-")
        assert str(copy) in "".join(map(str, at.app._exit_renderables))
    kept = snapshot.read(copy)
    assert (value(kept, OWNER), value(kept, DEADLINE)) == ("דנה", "2026-04-01")


@pytest.mark.proof
async def test_the_copy_is_named_as_it_is_whatever_its_folder_is_called(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = home / "[red]a[b]"
    strange.mkdir()
    monkeypatch.chdir(strange)
    async with sitting(home) as at:
        await at.type("\x1b2")
        unplug(at)
        at.pour("Dana")
        os.kill(os.getpid(), signal.SIGTERM)
        await left(at)
        (copy,) = strange.iterdir()
        with at.app.console.capture() as printed:
            at.app.console.print(*at.app._exit_renderables, soft_wrap=True)
        assert str(copy) in printed.get()


@pytest.mark.proof
async def test_leaving_without_the_unsaved_leaves_the_file_as_it_was(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t")
        await at.saved()
        gone = unplug(at)
        await at.type("5")
        await failing(at)
        await at.type(QUIT)
        await asked(at)
        await at.click("#lose", x=2)
        await left(at)
        assert list(Path.cwd().iterdir()) == []
    gone.rename(at.path)
    assert (value(read(at.path), OWNER), value(read(at.path), DEADLINE)) == ("Dana", "")


@pytest.fixture
def full_disk(home: Path) -> Iterator[Path]:
    """A disk of one megabyte at the place of the home's data, and a file on it that takes the space."""
    disk = home / "data"
    disk.mkdir()
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    mounted = subprocess.run(mount, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.proof
async def test_a_full_disk_is_told_and_nothing_typed_is_lost(home: Path, full_disk: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        await at.saved()
        filler = full_disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while True:
                file.write(b"x" * 4096)
        long = "x" * 3000
        at.app.main.set_focus(at.editor("strategy.goals.goals"))
        for _ in range(20):
            at.editor("strategy.goals.goals").insert(long)
        await failing(at)
        assert "no space left" in at.notices
        filler.unlink()
        await at.until(lambda: SAVED.search(at.lines[0]))
        assert value(read(at.path), "strategy.goals.goals") == long * 20


@pytest.mark.proof
@pytest.mark.parametrize("told_before", [True, False])
async def test_nothing_lies_over_the_question(home: Path, told_before: bool) -> None:
    async with sitting(home, size=(80, 24)) as at:
        await at.press("alt+2")
        unplug(at)
        at.pour("Dana")
        if told_before:
            await failing(at)
            assert at.notices
        at.pour(QUIT)
        dialog = await asked(at)
        assert str(at.path) in dialog.body
        assert at.notices == ""
        assert at.shows("Write a copy and quit")


async def test_a_signal_writes_a_copy_of_what_the_disk_refuses(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        unplug(at)
        at.pour("Dana\t1.4.26")
        os.kill(os.getpid(), signal.SIGTERM)
        await left(at)
        (copy,) = Path.cwd().iterdir()
        assert at.app.return_code == 128 + signal.SIGTERM
        assert str(copy) in "".join(map(str, at.app._exit_renderables))
    kept = snapshot.read(copy)
    assert (value(kept, OWNER), value(kept, DEADLINE)) == ("Dana", "2026-04-01")


async def test_an_undo_that_cannot_be_done_blames_nobody(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t")
        await at.saved()
        with closing(sqlite3.connect(at.path)) as db:
            db.execute("UPDATE changes SET inverse = 'no JSON'")
            db.commit()
        await at.app.action_start("undo")
        await at.until(lambda: "cannot be taken back" in at.notices)
        assert "someone else" not in at.notices
