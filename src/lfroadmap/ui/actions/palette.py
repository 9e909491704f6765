"""The palette: finding a command or a place by words, and going there; the themes in the same form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lfroadmap.key_names import shown_key
from lfroadmap.text import one_line
from lfroadmap.ui.commands import COMMANDS, Command, Place
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.search_index import Found, RoadmapTargets, SearchIndex, Target, target

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

_LAST: tuple[Place, ...] = ("flows", "outside", "form")
"""The places whose commands come last."""
REMEMBERED = 8
"""Choices of this run that are offered first."""


async def palette(session: Session, shell: Shell) -> None:
    """Find a command, or anything in the roadmap, and go there."""
    words = session.words
    others = (*RoadmapTargets(session.roadmap, session.labels, words).all(), *_roadmaps(session))
    index = SearchIndex(_commands(session), others)

    def search(query: str) -> list[Found]:
        return index.search(query, session.recent)

    chosen = await shell.show(PaletteScreen(search, words, words("palette.placeholder")))
    if chosen is None:
        return
    shell.hold_keys()
    _remember(session, chosen)
    if chosen.kind == "roadmap":
        from lfroadmap.ui.actions.opening import switch_to  # noqa: PLC0415 - loaded when it is chosen

        if ending := await switch_to(session, shell, chosen.id):
            await ending()
    elif chosen.kind != "command":
        await shell.go(chosen.id)
    elif chosen.id == "add_kpi":
        await shell.add_kpi()
    else:
        shell.run(next(_action(command) for command in COMMANDS if command.id == chosen.id))


def _commands(session: Session) -> Iterator[Target]:
    """The commands; those of the flows and of the structure come last, as there are many."""
    words, keys = session.words, session.settings.keys
    for command in sorted(COMMANDS, key=lambda command: command.place in _LAST):
        if command.palette:
            shown = "" if command.place == "library" else keys.get(command.id, command.keys)
            name, about = words(f"command.{command.id}"), words(f"command.{command.id}_about")
            yield target("command", command.id, name, about, keys=shown_key(shown) if shown else "")


def _action(command: Command) -> str:
    """The action of a command from any place: those of the library open it first."""
    return f"start('{command.id}')" if command.place == "library" else command.action


def _roadmaps(session: Session) -> Iterator[Target]:
    """The other roadmaps of the library."""
    for name in session.library.names():
        if name != session.name:
            yield target("roadmap", name, one_line(name))


def _remember(session: Session, chosen: Target) -> None:
    """Offer a choice first, the next time."""
    key = chosen.kind, chosen.id
    session.recent = [key, *(each for each in session.recent if each != key)][:REMEMBERED]


async def theme(session: Session, shell: Shell) -> None:
    """Choose one of the themes by its name."""
    words = session.words
    index = SearchIndex(target("theme", name, name) for name in shell.themes.names)
    chosen = await shell.show(PaletteScreen(index.search, words, words("palette.themes")))
    if chosen:
        shell.themes.choose(chosen.id)
