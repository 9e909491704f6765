"""What right to left costs: a full repaint against English, a keystroke against Textual's own field."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.widgets import Input

from benchmarks.table import Row, lines
from lfroadmap import settings
from lfroadmap.bidi.textual.direction import set_screen_direction
from lfroadmap.bidi.textual.hooks import install, uninstall
from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.roadmap.templates import DEFAULT, load
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.ui.app import RoadmapApp
from lfroadmap.words import Language

SIZE = (110, 34)
REPEATS = 10
"""How often a screen is painted, and a letter typed ten times over, in one run."""
LETTERS = "שלום עולם, גרסה 2 של ה-API "


def measure(runs: int) -> Iterator[str]:
    """Paint and type in turn, so many times."""
    hebrew, english, ours, theirs = asyncio.run(_measured(runs))
    yield from lines(
        "right to left",
        [
            Row("full repaint of a stage, Hebrew against English", "ms", hebrew, english, 1.35),
            Row("keystroke and its drawing, against Textual's", "ms", ours, theirs, 2.0),
        ],
    )


async def _measured(runs: int) -> tuple[list[float], list[float], list[float], list[float]]:
    hebrew: list[float] = []
    english: list[float] = []
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs):
            hebrew += await _repaints(Path(folder, f"{run}-he"), "he")
            english += await _repaints(Path(folder, f"{run}-en"), "en")
            mine, plain = await _keystrokes()
            ours += mine
            theirs += plain
    return hebrew, english, ours, theirs


async def _repaints(home: Path, language: Language) -> list[float]:
    """Milliseconds of each painting of a stage's tab."""
    async with _opened(home, language) as app:
        return [_repaint(app) for _ in range(REPEATS)]


@asynccontextmanager
async def _opened(home: Path, language: Language) -> AsyncIterator[RoadmapApp]:
    library = Library(home)
    library.create("plan", load(DEFAULT).roadmap("r"), "dana")
    store = Store(library.path("plan"), "dana")
    known = settings.load(home / "config")
    app = RoadmapApp(store, library=library, name="plan", settings=known, language=language)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("alt+2")
            await pilot.pause(0.2)
            yield app
    finally:
        store.close()
        set_screen_direction("ltr")
        uninstall()


def _repaint(app: App[None]) -> float:
    """Draw all widgets anew, as after a change of the theme, into what is sent to the terminal."""
    for widget in app.screen.query("*"):
        widget._styles_cache.clear()
    began = time.perf_counter()
    update = app.screen._compositor.render_update(full=True)
    assert isinstance(update, CompositorUpdate)
    sent = update.render_segments(app.console)
    assert len(sent) > SIZE[0] * SIZE[1]
    return (time.perf_counter() - began) * 1e3


class _Fields(App[None]):
    """The same field twice: ours, and Textual's."""

    def compose(self) -> ComposeResult:
        yield BidiInput()
        yield Input()


async def _keystrokes() -> tuple[list[float], list[float]]:
    """Milliseconds of each letter that is typed and drawn, in our field and in Textual's, in turn."""
    install()
    set_screen_direction("rtl")
    app = _Fields()
    try:
        async with app.run_test(size=SIZE):
            ours, theirs = app.query_one(BidiInput), app.query(Input).last()
            pairs = [(_key(ours, letter), _key(theirs, letter)) for letter in LETTERS * REPEATS]
    finally:
        set_screen_direction("ltr")
        uninstall()
    return [mine for mine, _ in pairs], [plain for _, plain in pairs]


def _key(field: Input, letter: str) -> float:
    """Type a letter, in a field that begins again when it is full, and draw the field."""
    if len(field.value) > 2 * len(LETTERS):
        field.value = ""
    began = time.perf_counter()
    field.insert_text_at_cursor(letter)
    field.render_lines(Region(0, 0, *field.size))
    return (time.perf_counter() - began) * 1e3
