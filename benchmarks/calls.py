"""How many functions are called from a key to the end of the first frame that answers it.

The figure of a change hardly varies with other work on the machine, and shows what a change of the code
spares where a clock shows nothing.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from types import FrameType

import pyte
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.headless_driver import HeadlessDriver

from benchmarks.programs import built_in, new_home
from benchmarks.structure import edges, labels, tabs
from benchmarks.table import Row, lines
from benchmarks.visits import LETTER, Samples, rows, ticks
from benchmarks.watch import Look
from lfroadmap import settings
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from lfroadmap.ui.app import RoadmapApp
from tests.terminal import keys

SIZE = (120, 40)
PRESSES = 4
"""How often each key is pressed in one run."""
SETTLES = 0.6
"""Seconds after a key in which all that it leads to is done."""
PATIENCE = 20.0
"""Seconds to wait for an answer."""


class CountedCalls:
    """The calls of Python functions in this thread."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        """Count a call; called by the interpreter."""
        if event == "call":
            self.number += 1


class Screen:
    """A terminal in this process, and what is looked at on it."""

    def __init__(self) -> None:
        self.drawn = pyte.Screen(*SIZE)
        self.calls = CountedCalls()
        self._stream = pyte.Stream(self.drawn)
        self._look: Look = lambda screen: ()
        self._before: Hashable = ()
        self._answered: asyncio.Future[int] | None = None

    def watch(self, look: Look) -> asyncio.Future[int]:
        """Wait for a look to be another: the calls from now until then."""
        self._look, self._before = look, look(self.drawn)
        self._answered = asyncio.get_running_loop().create_future()
        self.calls.number = 0
        return self._answered

    def write(self, text: str) -> None:
        """Draw; nothing of that is counted."""
        sys.setprofile(None)
        number = self.calls.number
        self._stream.feed(text)
        waiting = self._answered
        if waiting is not None and not waiting.done() and self._look(self.drawn) != self._before:
            waiting.set_result(number)
        self.calls.number = number
        sys.setprofile(self.calls)


def _driver_on(screen: Screen) -> type[HeadlessDriver]:
    """A driver that draws on a screen."""

    class ScreenDriver(HeadlessDriver):
        @property
        def is_headless(self) -> bool:
            return False

        def write(self, data: str) -> None:
            screen.write(data)

    return ScreenDriver


class Counting:
    """A person before the program, whose keys are counted."""

    def __init__(self, app: RoadmapApp, screen: Screen) -> None:
        self._app, self._screen = app, screen
        self.samples: Samples = defaultdict(list)

    async def send(self, text: str, until: Callable[[], object] = lambda: True) -> None:
        """Type, and wait until the program has done it and something is true."""
        self._post(text)
        await asyncio.sleep(SETTLES / 2)
        end = asyncio.get_running_loop().time() + PATIENCE
        while not (self._app.keys_in_order.idle and until()):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError("\n".join(self._screen.drawn.display))
            await asyncio.sleep(0.05)

    async def shows(self, text: str, words: str, times: int = 1) -> None:
        """Type, and wait until the screen shows words so many times."""
        await self.send(text, lambda: "\n".join(self._screen.drawn.display).count(words) >= times)

    async def press(self, measure: str, look: Look, key: str) -> None:
        """Press a key, and keep how much was called until it was answered, and in all."""
        answered = self._screen.watch(look)
        self._post(keys(key))
        try:
            number = await asyncio.wait_for(answered, PATIENCE)
        except TimeoutError:
            shown = "\n".join(self._screen.drawn.display)
            raise AssertionError(f"{measure} was not answered:\n{shown}") from None
        await asyncio.sleep(SETTLES)
        self.samples[measure].append(number / 1e3)
        self.samples[f"{measure}, in all"].append(self._screen.calls.number / 1e3)

    def _post(self, text: str) -> None:
        escape = [events.Key("escape", None)]  # by itself, the parser would wait for the rest of a key
        for event in escape if text == keys("escape") else XTermParser().feed(text):
            event.set_sender(self._app)
            self._app.post_message(event)


@asynccontextmanager
async def _running(home: Path) -> AsyncIterator[Counting]:
    """The program on its first stage."""
    screen = Screen()
    library = Library(home / "data")
    store = Store(library.path("plan"), "dana", to_read=True)
    app = RoadmapApp(
        store,
        library=library,
        name="plan",
        settings=settings.load(home / "config"),
        language="en",
        today=lambda: date(2026, 3, 2),
    )
    app.driver_class = _driver_on(screen)
    running = asyncio.create_task(app.run_async(size=SIZE))
    try:
        await asyncio.sleep(2 * SETTLES)
        sys.setprofile(screen.calls)
        yield Counting(app, screen)
    finally:
        sys.setprofile(None)
        app.exit()
        with suppress(asyncio.CancelledError):
            await running
        store.close()


async def _change(home: Path) -> Samples:
    async with _running(home) as at:
        await at.shows(LETTER, LETTER)
        for n in range(PRESSES):
            await at.press("field moved", rows, ("alt+down", "alt+up")[n % 2])
        for n in range(2 * (PRESSES // 2)):  # so that it comes back
            await at.press("card moved", edges, ("ctrl+down", "ctrl+up")[n % 2])
        for n in range(PRESSES):
            await _by_menu(at, "card renamed", "Rename the card", f"x{n}")
            await _by_menu(at, "field added", "Duplicate the field", f"x{n}")
            await _by_dialog(at, "card added", "ctrl+n", f"New {n}")
            await _by_dialog(at, "stage added", "ctrl+t", f"N{n}")
            await at.shows(keys("alt+2"), "Tab next field")
        await _on_list(at)
        await at.shows(keys("alt+2"), "Tab next field")
        for _ in range(PRESSES + 1):
            await at.send(keys("tab"))
        for _ in range(PRESSES):
            await _open_menu(at, "Remove the field")
            await at.press("field removed", labels, "enter")
        return at.samples


async def _on_list(at: Counting) -> None:
    await at.shows(keys("escape"), "Space tick")
    for n in range(PRESSES):
        await at.press("tick", ticks, "space")
        await at.press("task moved", rows, ("alt+down", "alt+up")[n % 2])
    for _ in range(PRESSES):
        await at.press("task begun", rows, "a")
        await at.send(LETTER + keys("enter"))
        await at.shows(keys("escape"), "Space tick")
        await at.press("task removed", rows, "delete")
    for n in range(PRESSES):
        await at.press("stage moved", tabs, "}{"[n % 2])


async def _open_menu(at: Counting, command: str) -> None:
    await at.shows(keys("f2"), "What to change")
    await at.shows(command, command, times=2)  # in the field, and the only line below it


async def _by_menu(at: Counting, measure: str, command: str, text: str) -> None:
    await _open_menu(at, command)
    await at.shows(keys("enter"), f"─ {command} ")
    await _enter(at, measure, text)


async def _by_dialog(at: Counting, measure: str, key: str, text: str) -> None:
    await at.shows(keys(key), "─ New ")
    await _enter(at, measure, text)


async def _enter(at: Counting, measure: str, text: str) -> None:
    await at.shows(text, text)
    await at.press(measure, tabs if measure == "stage added" else edges, "enter")


def measure(runs: int) -> Iterator[str]:
    """Run the program so many times; its own threads and what is idle are not counted."""
    pool: Samples = defaultdict(list)
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with tempfile.TemporaryDirectory() as folder:
        program = built_in(new_home(folder, "home"))
        for run in range(runs):
            at = Path(folder, str(run))
            at.mkdir()
            for label, noted in asyncio.run(_change(program.afresh(at).home)).items():
                pool[label] += noted
            gc.unfreeze()
    shown = [label for label in pool if not label.endswith(", in all")]
    for title, end in (("until the first frame that answers", ""), ("until all is done", ", in all")):
        base = pool[f"tick{end}"]
        yield from lines(
            f"calls of functions, in thousands, {title}",
            [Row(label, "k", pool[f"{label}{end}"], base, None) for label in shown],
        )
