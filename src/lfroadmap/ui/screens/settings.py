"""The settings: a line each, with its value in words; what one does is said below the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Literal, NamedTuple

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static

from lfroadmap.settings import Settings
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.listing import ListingScreen
from lfroadmap.ui.widgets.entry_list import EntryList
from lfroadmap.ui.widgets.row_drawing import Cell, onward
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.usecases.settings_edits import SETTINGS, Setting, in_words
from lfroadmap.words import Words

NAME, VALUE = 28, 30
"""Columns of a name at most, and of a value where there is a note behind it."""
LOOKS = 1.0
"""Seconds from one look at the file to the next."""
KEYS_LINE = Setting("keys", "")
"""The line that opens the keys."""
ROWS = (*SETTINGS, KEYS_LINE)


class SettingsResult(NamedTuple):
    """The result: change a setting, turn it, take it back to its default, open the keys, or read again."""

    act: Literal["enter", "turn", "usual", "keys", "read"]
    setting: Setting = KEYS_LINE
    steps: int = 0


class SettingsList(EntryList[Setting]):
    """The lines; says where the cursor is."""

    class Moved(Message):
        """The cursor is on another line."""

    def put_cursor(self, index: int) -> None:
        """Put the cursor on a row, and say so."""
        super().put_cursor(index)
        self.post_message(self.Moved())


class SettingsScreen(ListingScreen[Setting, SettingsResult | None]):
    """Gives each thing to do as a result, and ends with None."""

    DEFAULT_CSS = """
    SettingsScreen #about { height: 3; padding: 0 2; color: $lf-muted; background: $lf-ground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")
    place = "settings"

    def __init__(
        self,
        settings: Settings,
        words: Words,
        keys: Mapping[str, str],
        path: str,
        is_changed: Callable[[], bool],
    ) -> None:
        """`path` is the file; `is_changed` says that another program has written it since it was read."""
        super().__init__(words, keys, words("settings.title"), "")
        self.listed = SettingsList(self.draw, "")
        self.settings, self.path, self.is_changed = settings, path, is_changed
        self.about = Static("", id="about", markup=False)

    def compose(self) -> ComposeResult:
        """Put what the line under the cursor does between the list and the keys."""
        *above, footer = super().compose()
        yield from above
        yield self.about
        yield footer

    def on_mount(self) -> None:
        """Show the settings, and follow the file."""
        self.show(self.settings, self.words, self.keys)
        self.set_interval(LOOKS, self.look)

    def look(self) -> None:
        """Have the file read again where it changed."""
        if self.is_current and self.is_changed():
            self.choose(SettingsResult("read"))

    def show(self, settings: Settings, words: Words, keys: Mapping[str, str]) -> None:
        """Show these settings, in a language."""
        self.settings, self.words, self.keys = settings, words, keys
        self.title_line.title = words("settings.title")
        self.title_line.show(self.path)
        self.forget_columns()
        self.listed.show(ROWS)
        self._explain()
        self.on_descendant_focus()
        self.refresh(layout=True)

    def draw(self, entry: Setting, width: int, tone: Tones) -> list[Cell]:
        """Draw the name, the value in words, and whether it is the default or holds later."""
        words = self.words
        name = Cell(f" {words(f'settings.name_{entry.name}')}", min(NAME, width // 2), Style())
        value = self._value(entry)
        note = self._note(entry)
        is_own = entry is not KEYS_LINE and entry.of(self.settings) != entry.default
        shown = Cell(f" {value}", 0, tone("accent", bold=True) if is_own else tone("text"))
        room = width - NAME - VALUE
        return [name, shown, *([Cell(f" {note}", room, tone("muted"))] if room > 0 else [])]

    def _value(self, entry: Setting) -> str:
        if entry is KEYS_LINE:
            count = len(self.settings.keys)
            return self.words.plural("settings.own_keys", count) if count else self.words("settings.usual")
        return in_words(entry, entry.of(self.settings), self.words)

    def _note(self, entry: Setting) -> str:
        if entry is KEYS_LINE:
            return ""
        if entry.of(self.settings) == entry.default:
            return self.words("settings.usual")
        return self.words("settings.at_start") if entry.needs_restart else ""

    def on_settings_list_moved(self) -> None:
        """Say what the line under the cursor does."""
        self._explain()

    def _explain(self) -> None:
        if entry := self.listed.selected:
            later = f" {self.words('settings.holds_at_start')}" if entry.needs_restart else ""
            self.about.update(f"{self.words(f'settings.about_{entry.name}')}.{later}")

    def action_enter(self) -> None:
        """Change the setting, or open the keys."""
        self._give("enter")

    def action_turn(self, steps: int) -> None:
        """Go to the next value, or to the one before.

        A language turns the direction of the screen, but not the order of its values: else the same key would
        lead back.
        """
        entry = self.listed.selected
        self._give("turn", steps if entry is not None and entry.name == "language" else onward(steps))

    def action_usual(self) -> None:
        """Take the setting back to its default."""
        self._give("usual")

    def action_keys(self) -> None:
        """Open the keys."""
        self.choose(SettingsResult("keys"))

    def _give(self, act: Literal["enter", "turn", "usual"], steps: int = 0) -> None:
        if (entry := self.listed.selected) is None:
            return
        if entry is not KEYS_LINE:
            self.choose(SettingsResult(act, entry, steps))
        elif act == "enter":
            self.action_keys()
