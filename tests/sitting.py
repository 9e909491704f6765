"""A person before the app: types, clicks, reads the screen, and looks into the file afterwards.

async with sitting(home) as at:
    await at.press("alt+2")
    await at.type("שלום\\t")
    assert at.stored("strategy.goals.owner") == "שלום"
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from itertools import count
from pathlib import Path
from typing import TypeVar

from textual import events
from textual._context import visible_screen_stack
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from examples import is_whole_run
from lfroadmap import settings
from lfroadmap.roadmap.model import Field, Kpi, Roadmap, Task
from lfroadmap.roadmap.templates import load
from lfroadmap.roadmap.tree import find
from lfroadmap.store.identity import UNKNOWN, Identity
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.ui.app import RoadmapApp
from lfroadmap.ui.widgets import board_source
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.checklist import Checklist
from lfroadmap.ui.widgets.editor import Editor
from lfroadmap.words import Language
from resting import RestingPilot, arranges, draw, rest
from samples import TODAY
from sharing import create, share_parsed_rules

share_parsed_rules()
board_source.READS_BEHIND = 0.001

NAME = "plan"
LOOKS_A_DRAWING = 5
"""Looks at what is waited for from one drawing to the next: most of it comes without being drawn."""
W = TypeVar("W", bound=Widget)

OWNER, DEADLINE, GOALS = "strategy.goals.owner", "strategy.goals.deadline", "strategy.goals.goals"
SEGMENTS, GAP, PERIOD = "strategy.goals.segments", "strategy.goals.exit-gap", "strategy.goals.period"
FIRST_CARD = "strategy.goals"


def template() -> Roadmap:
    """The roadmap of the first run."""
    return load("liquid-funnel").roadmap("r1")


class Onlooker:
    """The app while it runs, seen from outside."""

    def __init__(self, app: RoadmapApp) -> None:
        self.app = app

    @property
    def lines(self) -> list[str]:
        """The screen as it is drawn, line by line."""
        visible_screen_stack.set(self.app._background_screens)
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        """The screen as it is drawn."""
        return "\n".join(self.lines)

    def shows(self, words: str) -> bool:
        """Whether words, of Hebrew or of Latin letters only, stand on the screen in the order of either."""
        return words in self.text or words[::-1] in self.text

    @property
    def footer(self) -> str:
        """The last line."""
        return self.lines[-1]

    @property
    def tab(self) -> str:
        """The open tab."""
        return self.app.main.host.tab

    @property
    def focus(self) -> str:
        """The id of what has the focus: a field, a task, a KPI."""
        return self.app.main.host.place(self.app.focused)

    @property
    def notices(self) -> str:
        """The texts of the app's notices, old and new, a line each."""
        return "\n".join(notice.message for notice in self.app._notifications)

    def one(self, kind: type[W]) -> W:
        """The only widget of its kind on the open tab."""
        return self.app.screen.query_one(kind)

    def editor(self, field: str) -> Widget:
        """The editor of a field on the screen."""
        found = (w for w in self.app.main.query("*") if isinstance(w, Editor) and w.field.id == field)
        return next(found)

    def checklist(self, card: str = FIRST_CARD) -> Checklist:
        """The checklist of a card."""
        return next(each for each in self.app.main.query(Checklist) if each.card.id == card)

    @property
    def edges(self) -> list[str]:
        """The upper and the lower edge of the first card on the open tab."""
        pane = self.app.main.query(CardPane).first()
        lines = pane.render_lines(pane.outer_size.region)
        return [lines[0].text, lines[-1].text]

    def value(self, field: str) -> str:
        """A field's value in the app."""
        return value(self.app.session.roadmap, field)


class Sitting(Onlooker):
    """A person who looks at the app and uses it."""

    def __init__(self, app: RoadmapApp, pilot: Pilot[None], path: Path) -> None:
        super().__init__(app)
        self.pilot = pilot
        self.path = path

    async def press(self, *keys: str) -> None:
        """Press keys by name and wait until the screen has answered."""
        for key in keys:
            self._send(events.Key(key, key if len(key) == 1 else None))
        await self.quiet()

    async def type(self, text: str) -> None:
        """Send what a terminal sends, all at once, and wait until all of it has been taken in."""
        self.pour(text)
        await self.quiet()

    def pour(self, text: str) -> None:
        """Send what a terminal sends and wait for nothing."""
        for event in XTermParser().feed(text):
            self._send(event)

    def _send(self, event: Message) -> None:
        event.set_sender(self.app)
        self.app.post_message(event)

    async def quiet(self) -> None:
        """Wait until no key is under way any more."""
        await self.pause()
        await self.until(lambda: self.app.keys_in_order.idle)
        if self.app.animator._animations:
            await self.app.animator.wait_until_complete()
            await self.pause()

    async def pause(self) -> None:
        """Wait until everything that was posted, and what that posted, has been handled and drawn."""
        await rest(self.app)

    async def until(self, holds: Callable[[], object], seconds: float = 30) -> None:
        """Wait for something to become true, and for what comes of it."""
        await self.soon(holds, seconds)
        await self.pause()

    async def soon(self, holds: Callable[[], object], seconds: float = 30) -> None:
        """Wait for something to become true, though the app may be held up."""
        end = asyncio.get_running_loop().time() + seconds
        for look in count(1):
            if holds():
                return
            assert asyncio.get_running_loop().time() < end, f"it never came about; the screen:\n{self.text}"
            arranges(self.app, self.app.screen)
            if look % LOOKS_A_DRAWING == 0:
                draw(self.app)  # something may be waiting to be seen
            await asyncio.sleep(0.01)

    async def saved(self) -> None:
        """Wait until all that was done is on the disk, and the app knows."""
        assert await asyncio.to_thread(self.app.session.store.flush, 10)
        await self.pause()

    async def click(self, target: Widget | str, x: int = 0, y: int = 0, times: int = 1) -> None:
        """Click into a widget."""
        await self.pilot.click(target, offset=(x, y), times=times)
        await self.pause()

    async def click_on(self, words: str) -> None:
        """Click on words where they stand on the screen."""
        row, line = next((n, line) for n, line in enumerate(self.lines) if words in line)
        await self.pilot.click(offset=(line.index(words) + 1, row))
        await self.pause()

    async def stored(self, field: str) -> str:
        """A field's value on the disk."""
        await self.saved()
        return value(read(self.path), field)


def value(roadmap: Roadmap, field: str) -> str:
    """A field's value."""
    place = find(roadmap, field)
    assert place is not None
    assert isinstance(place.node, Field)
    return place.node.value


def task(roadmap: Roadmap, task_id: str) -> Task:
    """A task by its id."""
    place = find(roadmap, task_id)
    assert place is not None
    assert isinstance(place.node, Task)
    return place.node


def kpi(roadmap: Roadmap, kpi_id: str) -> Kpi:
    """A KPI by its id."""
    place = find(roadmap, kpi_id)
    assert place is not None
    assert isinstance(place.node, Kpi)
    return place.node


@asynccontextmanager
async def sitting(
    home: Path,
    *,
    size: tuple[int, int] = (120, 40),
    language: Language = "en",
    roadmap: Roadmap | None = None,
    author: str = "dana",
    identity: Identity = UNKNOWN,
    today: Callable[[], date] = lambda: TODAY,
    now: Callable[[], datetime] = lambda: datetime.combine(TODAY, time(12)),
    first_time: bool = False,
) -> AsyncIterator[Sitting]:
    """Open the roadmap of a home, made first where there is none; the store is closed whatever happens.

    Unless it is the person's `first_time`, the first steps were hidden before.
    """
    library = Library(home / "data")
    if not library.exists(NAME):
        create(library, NAME, roadmap or template(), author)
    store = Store(library.path(NAME), author, identity, to_read=True)
    if not first_time:
        library.dismiss(store.roadmap.id)
    known = settings.load(home / "config")
    app, thresholds = None, gc.get_threshold()
    try:
        app = RoadmapApp(
            store, library=library, name=NAME, settings=known, language=language, today=today, now=now
        )
        async with app.run_test(size=size, notifications=True):
            at = Sitting(app, RestingPilot(app), library.path(NAME))
            await at.pause()
            yield at
            if is_whole_run():
                draw(app)  # all that the test left on the screen can be drawn
            app.stylesheet.update_nodes = lambda *_, **__: None  # type: ignore[method-assign]  # nobody looks any more
    finally:
        store.close()
        if app is not None:
            app.session.store.close()  # of the roadmap that was open last
        gc.set_threshold(*thresholds)
        gc.unfreeze()  # a second after its start an app keeps all that there is from being looked at
        XTermParser._parse_extended_key.cache_clear()  # it keeps keys, and with them the app that sent them
