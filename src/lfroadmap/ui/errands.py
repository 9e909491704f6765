"""What the app does that takes several steps: reset, leaving."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

from rich.text import Text

from lfroadmap.errors import RoadmapError, SaveFailed
from lfroadmap.paths import last_resorts
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.roadmap.templates import load
from lfroadmap.text import clean
from lfroadmap.ui import troubles
from lfroadmap.ui.asking import Question, ask, ask_of, cancel, do, the_whole

if TYPE_CHECKING:
    from lfroadmap.ui.app import RoadmapApp


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

    def question() -> Question | None:
        if not difference(app.roadmap, fresh):
            app.notify(words("reset.nothing"))
            return None
        body = words("reset.body", going=_going(app, fresh))
        return words("reset.title"), body, (("reset", words("reset.do"), True), cancel(words))

    if await ask_of(app, question, the_whole):
        await do(app, ResetAll(fresh), words("reset.done"))


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


def writer_ended(app: RoadmapApp, error: SaveFailed) -> None:
    """Say that nothing is saved any more, and offer to write a copy; what is typed stays in memory."""
    app.failing = error
    app.show_saved()
    # where the person is leaving already, the question is about to come up, or is there
    if not any(worker.group == "leave" and not worker.is_finished for worker in app.workers):
        leave(app)


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
        title = words("leave.ended" if troubles.has_ended(app) else "leave.title")
        answer = await ask(app, title, words("leave.body", why=why), answers)
        if answer == "copy":
            try:
                message = emergency_copy(app)
            except RoadmapError as error:
                app.notify(words.error(error), severity="error", timeout=60)
                return
        elif answer != "lose":
            return
    if end(app) and saved:  # the disk refused what came after the last look at it
        message = kept(app)
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


def emergency_copy(app: RoadmapApp) -> Text:
    """Write all that is in memory to the first folder that takes it, and say where; raises RoadmapError."""
    from lfroadmap.export import write_somewhere  # noqa: PLC0415
    from lfroadmap.ui.writing import snapshot  # noqa: PLC0415

    folders = last_resorts(app.settings.export_folder, app.shelf.folder)
    written = write_somewhere(snapshot(app), app.roadmap_name, folders)
    return Text(clean(app.words("leave.copied", path=written)))


def kept(app: RoadmapApp) -> Text:
    """Write a copy where nobody can be asked any more; tell where it is, or why there is none."""
    try:
        return emergency_copy(app)
    except RoadmapError as error:
        return Text(clean(app.words.error(error)))
