"""A field for a path, behind a button that chooses it by going through the folders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input

from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.paths import home_folder
from lfroadmap.ui.paths import path_of
from lfroadmap.ui.screens.files import FileScreen
from lfroadmap.words import Words


class FileField(Horizontal):
    """An `Input` with the id `file`, which is submitted when a file was chosen.

    With `in_folder` a folder is chosen, and `in_folder(folder)` is the path in it.
    """

    DEFAULT_CSS = """
    FileField { height: 1; }
    FileField > #file { width: 1fr; }
    FileField > #browse { margin: 0 1; }
    """

    def __init__(
        self,
        words: Words,
        keys: Mapping[str, str],
        value: str = "",
        in_folder: Callable[[Path], Path] | None = None,
        *,
        kind: type[BidiInput] = BidiInput,
        is_button_first: bool = False,
        selects: bool = True,
        folders_too: bool = False,
    ) -> None:
        """`selects`: the first letter typed replaces the path; `folders_too`: it may be a folder's."""
        super().__init__()
        self.words, self.keys = words, keys
        self.value, self.in_folder = value, in_folder
        self.kind, self.is_button_first, self.selects = kind, is_button_first, selects
        self.folders_too = folders_too

    def compose(self) -> ComposeResult:
        """Put the button behind the field, or before it where a notice would cover it there."""
        file = self.kind(self.value, id="file", compact=True, select_on_focus=self.selects)
        file.field_direction = "ltr"
        browse = Button(self.words("files.browse"), id="browse", compact=True)
        yield from (browse, file) if self.is_button_first else (file, browse)

    @on(Button.Pressed, "#browse")
    def _browse(self, event: Button.Pressed) -> None:
        event.stop()
        typed = self.query_one("#file", Input).value
        start = path_of(typed) if typed.strip() else home_folder() or Path()
        screen = FileScreen(
            self.words,
            self.keys,
            start,
            wants_folder=self.in_folder is not None,
            folders_too=self.folders_too,
        )
        self.app.push_screen(screen, self._chosen)

    def _chosen(self, path: Path | None) -> None:
        """Write the path into the field."""
        file = self.query_one("#file", Input)
        if path is not None:
            file.value = str(self.in_folder(path) if self.in_folder else path)
        file.focus()
        if path is not None and self.in_folder is None:
            submitted = Input.Submitted(file, file.value)
            submitted.set_sender(file)  # Textual takes it to be this field's, which would get it back
            file.post_message(submitted)
