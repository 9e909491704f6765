"""The help: the keys that work where the focus was, what it is all about, and every other key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Markdown

from lfroadmap.ui.command_keys import bound_keys, shown_keys
from lfroadmap.ui.command_places import WORKS_TOO
from lfroadmap.ui.commands import COMMANDS, Command, Place, bindings
from lfroadmap.ui.key_layouts import HEBREW_LETTERS
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import ScrollingBox
from lfroadmap.words import CONTENT, Words

MARK = {"ltr": "▸", "rtl": "◂"}
"""Stands before the headings of the keys that work where the focus was."""


class HelpScreen(BaseModal[None]):
    """The help text of the language, with the keys as they are bound now, those of `here` first."""

    CSS_PATH = ["dialog.tcss", "help.tcss"]  # noqa: RUF012  Textual reads it
    # a keyboard whose layout is Hebrew sends `/` where `q` is
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("help"),
        Binding("escape,f1,question_mark,q,slash,enter", "dismiss", show=False),
    ]

    def __init__(self, words: Words, keys: Mapping[str, str], here: Place) -> None:
        super().__init__()
        self.words = words
        self.keys = keys
        self.here = (here, *WORKS_TOO.get(here, ()))
        """The places whose commands work where the focus was."""
        self.leads_to_guide = False

    def compose(self) -> ComposeResult:
        """Lay out the keys that work here and the text."""
        text = self.words.fill_keys((CONTENT / f"help.{self.words.language}.md").read_text("utf-8"))
        here = self._sections(self.here, MARK[self.words.direction] + " ")
        with ScrollingBox(self.words("help.title")) as box:
            box.can_focus = True
            head = f"# {self.words('help.here')}"
            yield self._page(self.words("help.guide"), head, *self._about(), *here, text)

    def on_mount(self) -> None:
        """Add the other keys when the first page is on the screen: tables take a while."""
        self.call_after_refresh(self.start, "others", self._add_others)

    async def _add_others(self) -> None:
        others = [place for place in get_args(Place) if place not in self.here]
        layout = self.words("help.layout", pairs=_hebrew_letters(self.keys))
        page = self._page(f"# {self.words('help.keys')}", layout, *self._sections(others, ""))
        dialog = self.query_one(ScrollingBox)
        if dialog.is_attached:  # the app may be ending
            await dialog.mount(page)

    def action_guide(self) -> None:
        """Open the guide in place of the help."""
        self.leads_to_guide = True
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Open the guide, as this screen is gone."""
        if self.leads_to_guide and self.app.is_running:
            self.app.call_later(self.app.run_action, "start('guide')")

    def _page(self, *parts: str) -> Markdown:
        page = Markdown("\n\n".join(parts))
        if self.words.direction == "rtl":
            page.BULLETS = [bullet[::-1] for bullet in page.BULLETS]  # the blank goes on the text's side
        return page

    def _about(self) -> tuple[str, ...]:
        """A sentence about the part that had the focus, where it needs one."""
        key = f"help.about_{self.here[0]}"
        return (self.words(key),) if key in self.words.table else ()

    def _sections(self, places: Iterable[Place], mark: str) -> list[str]:
        heads = f"| {self.words('help.key')} | {self.words('help.does')} |\n|---|---|"
        sections = []
        for place in places:
            rows = [self._row(c) for c in COMMANDS if c.place == place and bound_keys(c, self.keys)]
            if rows:
                title = f"## {mark}{self.words(f'help.place_{place}')}"
                sections.append(f"{title}\n\n{heads}\n" + "\n".join(rows))
        return sections

    def _row(self, command: Command) -> str:
        keys = shown_keys(command, bound_keys(command, self.keys))
        return f"| `{keys}` | {self.words(f'command.{command.id}_about')} |"


def _hebrew_letters(keys: Mapping[str, str]) -> str:
    """The letters that are commands, each with the one by which a Hebrew keyboard's layout sends it."""
    bound = {key for command in COMMANDS for key in bound_keys(command, keys).split(",")}
    return ", ".join(f"{letter} {hebrew}" for letter, hebrew in HEBREW_LETTERS.items() if letter in bound)
