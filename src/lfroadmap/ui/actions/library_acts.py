"""What is done with the roadmaps on the library's screen."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from lfroadmap.errors import RoadmapError
from lfroadmap.key_names import shown_key
from lfroadmap.store.library.trash import empty_trash, entries, move_to_trash, restore
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.actions.opening import LONG, previous, reopened, switch_to
from lfroadmap.ui.command_keys import bound_keys
from lfroadmap.ui.commands import by_ids
from lfroadmap.ui.paths import path_of
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.roadmap_name import RoadmapNameScreen
from lfroadmap.ui.screens.roadmap_trash import RoadmapTrashScreen
from lfroadmap.ui.search_index import SearchIndex, target
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.author import author
from lfroadmap.usecases.creating import name_of_file, new_roadmap
from lfroadmap.usecases.library_edits import check_free, copy_roadmap, rename_roadmap
from lfroadmap.usecases.rescue_lines import findings
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from textual.screen import Screen

    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.store.library.trash import TrashEntry
    from lfroadmap.ui.screens.library import Act
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Ending, Shell

T = TypeVar("T")
LONGEST_COPIED = 45
"""Characters of a name in the one that is proposed for its copy, which must not be too long itself."""
MENU: dict[str, Act] = {
    "open_roadmap": "open",
    "rename_file": "rename",
    "copy_roadmap": "copy",
    "remove_roadmap": "remove",
    "rescue_roadmap": "rescue",
}
"""Ids of the commands that are about one roadmap, and what each does."""


class LibraryActs:
    """The acts of one visit of the library; all raise RoadmapError."""

    def __init__(self, session: Session, shell: Shell) -> None:
        self.session, self.shell = session, shell
        self.words, self.library = session.words, session.library

    async def _show(self, screen: Screen[T]) -> T | None:
        """Open a screen and wait for its result; keys that are typed behind it wait for what comes of it."""
        result = await self.shell.show(screen)
        self.shell.hold_keys()
        return result

    # making

    async def new(self) -> str:
        """Make a roadmap from a template, which three questions recommend."""
        from lfroadmap.ui.screens.choose_model import ChooseModelScreen  # noqa: PLC0415 - not before
        from lfroadmap.usecases.own_templates import BrokenTemplate, own_templates  # noqa: PLC0415

        if not (name := await self._show(self._naming("new", ""))):
            return ""
        own = await asyncio.to_thread(own_templates)
        if broken := [each.name for each in own if isinstance(each, BrokenTemplate)]:
            self.shell.notify(self.words("choosing.broken", names=broken), severity="warning", timeout=LONG)
        usable = [each for each in own if not isinstance(each, BrokenTemplate)]
        screen = ChooseModelScreen(self.words, self.session.settings.keys, usable)
        if not (template := await self._show(screen)):
            return ""
        roadmap = await asyncio.to_thread(new_roadmap, name, template, self.words.language)
        return await self._create(name, roadmap)

    async def copy(self, name: str) -> str:
        """Make a roadmap of what stands in another."""
        proposed = self.words("library.copy_name", name=SafeText(name[:LONGEST_COPIED]))
        proposed = self.library.free_name(proposed)
        if not (to := await self._show(self._naming("copy", proposed))):
            return ""
        await asyncio.to_thread(copy_roadmap, self.library, name, to)
        return self._made(to)

    async def import_(self) -> str:
        """Make a roadmap of a file."""
        from lfroadmap.ui.actions.import_new import chosen_file, notes_of, read_whole  # noqa: PLC0415 - not before

        path, whole = "", None
        while whole is None:  # with a path that was wrong: it can be put right
            if not (path := await chosen_file(self.session, self._show, path)):
                return ""
            try:
                whole = await asyncio.to_thread(read_whole, self.session, path)
            except RoadmapError as error:
                self.shell.notify(self.words.error(error), severity="error", timeout=15)
            else:
                if whole is None:
                    self.shell.notify(self.words("library.table"), severity="warning", timeout=15)
        screen = self._naming("new", self.library.free_name(name_of_file(str(path_of(path)))))
        if not (name := await self._show(screen)):
            return ""
        for note in notes_of(whole, self.words):
            self.shell.notify(note, severity="warning", timeout=LONG)
        return await self._create(name, whole.roadmap)

    def _naming(self, act: str, name: str) -> RoadmapNameScreen:
        title, about = self.words(f"library.{act}"), self.words(f"library.{act}_about")
        check = partial(check_free, self.library)
        return RoadmapNameScreen(self.words, title, name, check, about=about)

    async def _create(self, name: str, roadmap: Roadmap) -> str:
        await asyncio.to_thread(self.library.create, name, roadmap, author())
        return self._made(name)

    def _made(self, name: str) -> str:
        self.shell.notify(self.words("library.made", name=name))
        return name

    # what is there

    async def rename(self, name: str) -> str | Ending | None:
        """Give a roadmap another name; the one that is open is closed meanwhile."""

        def check(to: str) -> None:
            if to != name:
                check_free(self.library, to)

        title, about = self.words("library.rename"), self.words("library.rename_about")
        to = await self._show(RoadmapNameScreen(self.words, title, name, check, about=about))
        if not to or to == name:
            return ""

        loop = asyncio.get_running_loop()

        def report(error: RoadmapError) -> None:  # of a hook, on a thread
            text = self.words.error(error)
            loop.call_soon_threadsafe(partial(self.shell.notify, text, severity="warning", timeout=LONG))

        def work() -> str:
            return rename_roadmap(self.library, name, to, self.words, report)

        if name == self.session.name:
            return await reopened(self.session, self.shell, work)
        new = await asyncio.to_thread(work)
        self.shell.notify(self.words("library.renamed", before=name, name=new))
        return new

    async def remove(self, name: str) -> str | Ending | None:
        """Move a roadmap into the bin; in place of the one that is open, the one before it is shown."""
        moved: list[TrashEntry] = []

        def work() -> None:
            moved.append(move_to_trash(self.library, name))

        text = self.words("library.removed", name=name)
        if name != self.session.name:
            await asyncio.to_thread(work)
            self.shell.notify(text)
            return name
        other = previous(self.session)
        if other is None:
            self.shell.notify(self.words("library.only_one", name=name), severity="warning", timeout=15)
            return ""
        ending = await switch_to(self.session, self.shell, other, between=work)
        if moved:
            self.shell.notify(text)
        return ending

    async def rescue(self, name: str) -> str:
        """Check a roadmap's file, save what can be saved of a damaged one, and show what that is."""
        from lfroadmap.store.recovery.rescue import rescue  # noqa: PLC0415 - loaded when it is asked for

        if name == self.session.name:
            self.shell.notify(self.words("library.close_first", name=name), severity="warning")
            return ""
        found = await asyncio.to_thread(rescue, self.library.path(name))
        body = SafeText("\n".join(findings(found, self.words)))
        title = self.words("library.checked", name=name)
        await self.shell.ask(title, body, (Answer("close", self.words("library.close")),))
        return name

    # the bin

    async def bin(self) -> str:
        """Show the roadmaps in the bin, and bring back the one that is chosen."""
        found = await asyncio.to_thread(entries, self.library)
        result = await self._show(RoadmapTrashScreen(found, self.words, self.session.settings.keys))
        if result == "empty":
            await self._empty(found)
        elif result is not None:
            name = await asyncio.to_thread(restore, self.library, result)
            self.shell.notify(self.words("library_bin.back", name=name))
            return name
        return ""

    async def _empty(self, found: tuple[TrashEntry, ...]) -> None:
        answers = (Answer("empty", self.words("bin.empty_do"), True), cancel(self.words))
        body = self.words.plural("library_bin.empty_body", len(found))
        answer = await self.shell.ask(self.words("bin.empty"), body, answers)
        self.shell.hold_keys()
        if answer == "empty":
            await asyncio.to_thread(empty_trash, self.library, found)
            self.shell.notify(self.words("bin.emptied"))


async def do(session: Session, shell: Shell, act: Act, name: str) -> str | Ending | None:
    """Do something with a roadmap, or what needs none; empty is no name.

    Returns the name of the roadmap that it was done with, how another is shown, or None where the person
    stays. Raises RoadmapError.
    """
    acts = LibraryActs(session, shell)
    if act in ("new", "import", "bin"):
        return await {"new": acts.new, "import": acts.import_, "bin": acts.bin}[act]()
    if not name:
        return ""
    chosen = await _chosen_act(session, shell, name) if act == "menu" else act
    if chosen == "open":
        return await switch_to(session, shell, name) or name
    doing = {"rename": acts.rename, "copy": acts.copy, "remove": acts.remove, "rescue": acts.rescue}
    return await doing[chosen](name) if chosen in doing else ""


async def _chosen_act(session: Session, shell: Shell, name: str) -> Act | None:
    """Ask what to do with a roadmap."""
    words, keys = session.words, session.settings.keys
    targets = (
        target("command", each.id, words(f"command.{each.id}"), words(f"command.{each.id}_about"),
               keys=shown_key(bound_keys(each, keys)))
        for each in by_ids(" ".join(MENU))
    )  # fmt: skip
    prompt = words("library.menu", name=name)
    chosen = await shell.show(PaletteScreen(SearchIndex(targets).search, words, prompt))
    shell.hold_keys()
    return MENU[chosen.id] if chosen else None
