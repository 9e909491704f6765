"""The help: what it is all about, and every key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Markdown

from lfroadmap.ui.commands import COMMANDS, TAB_KEYS, Command, shown_key
from lfroadmap.ui.screens.base import BaseModal
from lfroadmap.ui.screens.dialog_box import ScrollingBox
from lfroadmap.words import CONTENT, Words

PLACES = ("app", "form", "checklist", "kpi", "overview", "late", "history", "moment", "snapshots", "bin")


class HelpScreen(BaseModal[None]):
    """The help text of the language, with the keys as they are bound now."""

    CSS_PATH = ["dialog.tcss", "help.tcss"]  # noqa: RUF012  Textual reads it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,question_mark,q,enter", "dismiss", show=False)
    ]

    def __init__(self, words: Words, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.words = words
        self.keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the text over the keys."""
        text = (CONTENT / f"help.{self.words.language}.md").read_text("utf-8")
        with ScrollingBox(self.words("help.title")) as box:
            box.can_focus = True
            page = Markdown(text + "\n\n" + self._keys())
            if self.words.direction == "rtl":
                page.BULLETS = [bullet[::-1] for bullet in page.BULLETS]  # the blank goes on the text's side
            yield page

    def _keys(self) -> str:
        parts = [f"# {self.words('help.keys')}"]
        for place in PLACES:
            rows = [self._row(c) for c in COMMANDS if c.place == place and self._bound(c)]
            if place == "app":
                tabs = f"{shown_key(TAB_KEYS[0])} … {shown_key(TAB_KEYS[-1])}"
                rows.append(f"| `{tabs}` | {self.words('help.tabs')} |")
            heads = f"| {self.words('help.key')} | {self.words('help.does')} |\n|---|---|"
            parts.append(f"## {self.words(f'help.place_{place}')}\n\n{heads}\n" + "\n".join(rows))
        return "\n\n".join(parts)

    def _bound(self, command: Command) -> str:
        return self.keys.get(command.id, command.keys)

    def _row(self, command: Command) -> str:
        keys = ", ".join(shown_key(key) for key in self._bound(command).split(","))
        return f"| `{keys}` | {self.words(f'command.{command.id}_about')} |"
