"""What the app does that takes several steps: reset, leaving."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.roadmap.templates import load
from lfroadmap.text import clean

if TYPE_CHECKING:
    from lfroadmap.ui.app import RoadmapApp

ENDING_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
SIGNAL_GRACE = 0.05
"""Seconds that the last keys have to arrive when the program is told to end."""
SIGNAL_PATIENCE = 1.0
"""Seconds in which the keys that have arrived must have done their work."""


def collect_garbage() -> None:
    """Look for garbage from now on, but not in what the start made: that stays."""
    gc.freeze()
    gc.enable()


def tell_misfits(app: RoadmapApp) -> None:
    """Tell what the settings ask for and cannot have."""
    from lfroadmap.ui.misfits import misfits  # noqa: PLC0415 - most people set no keys

    for told in misfits(app.settings, app.available_themes, app.words):
        app.notify(told, severity="warning", timeout=20)


def open_palette(app: RoadmapApp) -> None:
    """Lay the palette over the screen, once."""
    from lfroadmap.ui.palette import palette  # noqa: PLC0415

    if app.use_command_palette and app.screen is app.main:
        app.push_screen(palette(app.words))


def show_help(app: RoadmapApp) -> None:
    """Lay the help over the screen, or take it away."""
    from lfroadmap.ui.screens.help import HelpScreen  # noqa: PLC0415 - a screen is loaded when it is opened

    if isinstance(app.screen, HelpScreen):
        app.screen.dismiss()
    else:
        app.push_screen(HelpScreen(app.words, app.settings.keys))


# copying


def copy(app: RoadmapApp) -> None:
    """Copy what is selected, or all of the field that has the focus."""
    from lfroadmap.ui.clipboard import chosen  # noqa: PLC0415 - loaded when something is copied

    if text := chosen(app):
        app.copy_to_clipboard(text)
    else:
        app.notify(app.words("copy.nothing"))


def give_to_system(app: RoadmapApp, text: str) -> None:
    """Hand over to the system's clipboard what the terminal was given."""
    from lfroadmap.ui.clipboard import give  # noqa: PLC0415

    app.run_worker(give(app, text), group="copy")


# asking


async def ask(app: RoadmapApp, title: str, body: str, answers: Iterable[tuple[str, str, bool]]) -> str | None:
    """Lay a question over the screen; the last answer changes nothing."""
    from lfroadmap.ui.screens.dialog import Answer, Dialog  # noqa: PLC0415

    return await app.push_screen_wait(Dialog(title, body, tuple(Answer(*answer) for answer in answers)))


# reset


def reset(app: RoadmapApp) -> None:
    """Ask, naming what will go, then bring the roadmap back to its template."""
    if app.screen is app.main:
        app.main.host.harvest()
        app.run_worker(_reset(app), exclusive=True, group="reset")


async def _reset(app: RoadmapApp) -> None:
    words = app.words
    if not app.roadmap.template:
        app.notify(words("reset.no_template"), severity="warning")
        return
    fresh = load(app.roadmap.template).roadmap(app.roadmap.id)
    if not difference(app.roadmap, fresh):
        app.notify(words("reset.nothing"))
        return
    body = words("reset.body", going=_going(app, fresh))
    answers = (("reset", words("reset.do"), True), ("cancel", words("dialog.cancel"), False))
    if await ask(app, words("reset.title"), body, answers) == "reset":
        app.store.settle()
        app.change(ResetAll(fresh), show=False)  # fields must be written too, which no edit of a hand does
        app.store.settle()
        await app.main.adopt(app.roadmap, force=True)
        app.notify(words("reset.done"), timeout=8)


def _going(app: RoadmapApp, fresh: Roadmap) -> str:
    """What a reset takes away, in words."""
    cards = [card for stage in app.roadmap.stages for card in stage.cards]
    edits = difference(app.roadmap, fresh)
    counts = {
        "ticks": tally(app.roadmap).done,
        "fields": sum(bool(field.value) for card in cards for field in card.fields),
        "texts": sum(task.text is not None for card in cards for task in card.tasks),
        "kpis": sum(kpi not in fresh.kpis for kpi in app.roadmap.kpis),
        "removals": sum(isinstance(edit, Add) for edit in edits),
        "moves": sum(isinstance(edit, Move) for edit in edits),
    }
    return "\n".join(f"• {app.words.plural(f'reset.{key}', n)}" for key, n in counts.items() if n)


# leaving


def leave(app: RoadmapApp) -> None:
    """Save all and leave; where that cannot be done, ask."""
    app.main.host.harvest()
    app.run_worker(_leave(app), exclusive=True, group="leave")


async def _leave(app: RoadmapApp) -> None:
    unchanged = app.read_only and not app.waiting
    saved = unchanged or await asyncio.to_thread(app.store.flush, 3.0)
    message = None
    if not saved:
        words = app.words
        answers = (
            ("copy", words("leave.copy"), False),
            ("lose", words("leave.lose"), True),
            ("stay", words("leave.stay"), False),
        )
        await _told_all(app)
        app.clear_notifications()  # they would lie over the question
        why = words.error(app.failing) if app.failing else words("leave.slow")
        answer = await ask(app, words("leave.title"), words("leave.body", why=why), answers)
        if answer == "copy":
            message = emergency_copy(app)
        if answer not in ("copy", "lose") or (answer == "copy" and message is None):
            return
    if end(app) and saved:  # the disk refused what came after the last look at it
        message = _kept(app)
    app.exit(message=message)


async def _told_all(app: RoadmapApp) -> None:
    """Wait until what the store has told is taken in: a notice comes up one turn after its event."""
    for _ in range(2):
        heard = asyncio.Event()
        app.call_later(heard.set)
        await heard.wait()


def end(app: RoadmapApp) -> tuple[Edit, ...]:
    """Remember where the person was, and close the store; returns what could not be saved."""
    app.shelf.remember(app.roadmap_name, app.main.host.tab)
    return app.store.close()


def emergency_copy(app: RoadmapApp) -> str | None:
    """Write all that is in memory to the first folder that takes it; tell where, or None."""
    from lfroadmap.export import write_somewhere  # noqa: PLC0415
    from lfroadmap.ui.writing import snapshot  # noqa: PLC0415

    try:
        written = write_somewhere(snapshot(app), app.roadmap_name)
    except RoadmapError as error:
        app.notify(app.words.error(error), severity="error", timeout=15)
        return None
    return clean(app.words("leave.copied", path=written))


def _kept(app: RoadmapApp) -> str:
    """Write a copy where nobody can be asked any more; tell where it is, or that there is none."""
    return emergency_copy(app) or clean(app.words("leave.not_copied"))


def listen_to_signals(app: RoadmapApp) -> None:
    """Save what was typed when the terminal goes or the machine shuts down."""
    loop = asyncio.get_running_loop()
    for name in ENDING_SIGNALS:
        if number := getattr(signal, name, None):
            loop.add_signal_handler(number, end_by_signal, app, int(number))


def end_by_signal(app: RoadmapApp, number: int) -> None:
    """Save all and end, without asking: nobody may be there to answer."""
    loop = asyncio.get_running_loop()
    end_by = loop.time() + SIGNAL_PATIENCE

    def finish() -> None:
        if not app.keys_in_order.idle and loop.time() < end_by:
            loop.call_later(SIGNAL_GRACE, finish)
            return
        app.main.host.harvest()
        message = _kept(app) if end(app) else None
        if number == getattr(signal, "SIGHUP", None):
            os._exit(
                128 + number
            )  # the terminal is gone: there is nothing to restore, and writing would hang
        app.exit(return_code=128 + number, message=message)

    loop.call_later(SIGNAL_GRACE, finish)
