"""The thread that writes ends unexpectedly: the screen says so, and a copy has everything."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from leaving import QUIT, asked, left
from lfroadmap.imports import snapshot
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.history import HistoryScreen
from sitting import DEADLINE, OWNER, Sitting, sitting, value


async def broken(at: Sitting, monkeypatch: pytest.MonkeyPatch) -> Dialog:
    """The question that comes up by itself when the writer has met what nobody foresaw."""

    def look() -> None:
        raise RuntimeError("a cosmic ray")

    monkeypatch.setattr(at.app.session.store._presence, "refresh", look)
    return await asked(at)


@pytest.mark.proof
async def test_a_writer_that_ends_is_told_at_once_and_a_copy_holds_everything(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        await at.saved()
        dialog = await broken(at, monkeypatch)
        assert dialog.question == "Saving has stopped"
        assert "a cosmic ray" in dialog.body
        assert "NOT SAVED" in at.lines[0]
        await at.press("escape")
        await at.type(" Levi\t1.4.26")
        assert "NOT SAVED" in at.lines[0]
        await at.type("\x1a")  # what only the file can do is refused, and said
        assert "a cosmic ray" in at.notices
        await at.type(QUIT)
        assert (await asked(at)).question == "Saving has stopped"
        await at.click("#copy", x=2)
        await left(at)
        (copy,) = Path.cwd().iterdir()
    kept = snapshot.read(copy)
    assert (value(kept, OWNER), value(kept, DEADLINE)) == ("Dana Levi", "2026-04-01")
    assert value(read(at.path), OWNER) == "Dana"


async def test_a_writer_that_ends_while_somebody_reads_the_history_is_told_there(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, language="he") as at:
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, HistoryScreen))
        assert (await broken(at, monkeypatch)).question == "השמירה נפסקה"
        await at.press("escape")
        assert isinstance(at.app.screen, HistoryScreen)


async def test_a_signal_after_the_writer_has_ended_leaves_a_copy(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home) as at:
        await broken(at, monkeypatch)
        await at.press("escape")
        await at.type("\x1b2Dana")
        os.kill(os.getpid(), signal.SIGTERM)
        await left(at)
        (copy,) = Path.cwd().iterdir()
    assert value(snapshot.read(copy), OWNER) == "Dana"
