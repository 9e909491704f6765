"""The notes of a card or a task: a place to write one, and all that there are."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from lfroadmap.roadmap.edits import Edit, Rename
from lfroadmap.roadmap.model import Note
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.text import clean
from lfroadmap.ui.commands import bindings
from lfroadmap.ui.screens.base import BaseScreen
from lfroadmap.ui.screens.key_hints import show_keys
from lfroadmap.ui.screens.listing import TitleLine
from lfroadmap.ui.widgets.chrome import Footer
from lfroadmap.ui.widgets.entry_list import EntryList, EntryScroll
from lfroadmap.ui.widgets.note_area import NoteArea
from lfroadmap.ui.widgets.note_list import NoteList, ShownNote
from lfroadmap.ui.widgets.removal import report_removed
from lfroadmap.words import Words


class NotesSource(NamedTuple):
    """Where the notes come from, and how they are changed."""

    read: Callable[[], tuple[ShownNote, ...]]
    change: Callable[[Edit], None]
    settle: Callable[[], None]
    """Ends a burst of typing."""
    make: Callable[[str], Add]
    """Returns the edit that adds a note with a text."""
    is_there: Callable[[str], bool]
    """True if a note is in the roadmap, or for an empty id what the notes are on."""
    undo: Callable[[], None]
    redo: Callable[[], None]
    open_link: Callable[[str], Coroutine[None, None, None]]
    """Opens the link in a text, of several a chosen one."""


class NotesScreen(BaseScreen[None]):
    """Every letter is kept as it is typed: the first one adds the note."""

    CSS_PATH = "notes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("notes")
    starts = frozenset(("undo", "redo"))
    AUTO_FOCUS = "NoteArea"
    place = "notes"

    def __init__(self, title: str, source: NotesSource, words: Words, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.words, self.keys, self.source = words, keys, source
        self.title_line = TitleLine(title)
        self.area = NoteArea(words("notes.write"), self._typed)
        self.listed = NoteList(words)
        self.footer = Footer()
        self._note: Note | None = None
        """The note that is being written, as it was before; without a text where it is new."""

    def compose(self) -> ComposeResult:
        """Stack the title, the place to write, and the notes."""
        yield self.title_line
        yield self.area
        yield EntryScroll(self.listed)
        yield self.footer

    def on_mount(self) -> None:
        """Show the notes."""
        self.follow_roadmap()

    def follow_roadmap(self) -> None:
        """Show the notes that there are now."""
        before, entries = self.listed.selected, self.source.read()
        self.listed.show(entries)
        self.title_line.show(self.words.plural("report.notes", len(entries)) if entries else "")
        ids = [entry.note.id for entry in entries]
        if before and before.note.id in ids:
            self.listed.put_cursor(ids.index(before.note.id))

    def on_descendant_focus(self) -> None:
        """Name the keys that matter here."""
        show_keys(self.footer, self, self.words, self.keys, up=True)

    # writing

    def _typed(self, text: str) -> None:
        """Keep a text as it is being typed."""
        note, source = self._note, self.source
        if note is None:
            if text.strip():
                add = source.make(text)
                assert isinstance(add.node, Note)
                source.change(add)
                self._note = Note(add.node.id)
        elif note.text is None and not text.strip():
            source.change(Remove(note.id))
            self._note = None
        else:
            source.change(Rename(note.id, text))
        self.follow_roadmap()
        if text.strip() and self._note is not None and not source.is_there(self._note.id):
            self._report_gone()

    def _report_gone(self) -> None:
        """Say that what is written is kept nowhere, as what it is on was removed elsewhere."""
        key = "note_gone" if self.source.is_there("") else "gone"
        self.notify(self.words(f"notes.{key}"), severity="warning", markup=False)

    def _finish(self) -> bool:
        """End the writing of a note; True if there was one. One that was emptied gets its text back.

        The text of one that was removed elsewhere stays, to be copied or written again.
        """
        note = self._note
        if note is not None and not self.source.is_there(note.id):
            self._report_gone()
            if self.source.is_there(""):
                self._note = None  # the next letter makes another one of it
            return False
        self._note = None
        if note is None:
            return False
        text = self.area.text.strip() or note.text or ""
        self.source.change(Rename(note.id, text))
        self.source.settle()
        self.area.fill("")
        self.follow_roadmap()
        return True

    def action_keep(self) -> None:
        """End this note; the next one can be written, or another one chosen."""
        was_old = self._note is not None and self._note.text is not None
        if self._finish() and was_old:
            self.set_focus(self.listed)

    @on(EntryList.Entered)
    def action_enter(self) -> None:
        """Write on the note under the cursor."""
        self._finish()
        if entry := self.listed.selected:
            self._note = entry.note
            self.area.fill(clean(entry.note.text or ""))
            self.set_focus(self.area)

    def action_write(self) -> None:
        """Go to where a note is written."""
        self.set_focus(self.area)

    def action_link(self) -> None:
        """Open the link in the note under the cursor."""
        if entry := self.listed.selected:
            self.start("link", partial(self.source.open_link, entry.note.text or ""))

    def action_remove(self) -> None:
        """Remove the note under the cursor; undo brings it back."""
        if entry := self.listed.selected:
            self._finish()
            self.source.change(Remove(entry.note.id))
            self.source.settle()
            self.follow_roadmap()
            report_removed(self.listed, entry.note.text or "", self.words)

    def action_undo(self) -> None:
        """Take the last step back; a note that is being written ends."""
        self._finish()
        self.source.undo()

    def action_redo(self) -> None:
        """Do the step again that was taken back."""
        self._finish()
        self.source.redo()

    def action_level_up(self) -> None:
        """Keep what was written, and go back."""
        self._finish()
        self.dismiss(None)
