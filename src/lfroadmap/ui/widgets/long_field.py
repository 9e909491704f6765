"""The editor of a long text."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from textual import events
from textual.widgets.text_area import Document, EditResult
from textual.widgets.text_area import Edit as TextAreaEdit

from lfroadmap.bidi.textual.text_areas import BidiTextArea
from lfroadmap.roadmap.edits import SpliceText
from lfroadmap.roadmap.model import Field
from lfroadmap.roadmap.text_diff import diff_texts
from lfroadmap.text import clean
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.examples import ShowsExample, example_of


class LongField(ShowsExample, BidiTextArea, can_focus=True, inherit_css=False):
    """A field of many lines that grows to what it holds.

    Each change is reported as the run that was replaced, so that two people can write in one text.
    It takes no rules from Textual's text area: each rule is tried on each field.
    """

    COMPONENT_CLASSES = BidiTextArea.COMPONENT_CLASSES
    DEFAULT_CSS = """
    LongField {
        width: 1fr;
        height: auto;
        max-height: 16;
        padding: 0 1;
        color: $foreground;
        background: $lf-raised;
        pointer: text;
        overflow: auto auto;
        scrollbar-background: $scrollbar-background;
        scrollbar-background-hover: $scrollbar-background-hover;
        scrollbar-background-active: $scrollbar-background-active;
        scrollbar-color: $scrollbar;
        scrollbar-color-active: $scrollbar-active;
        scrollbar-color-hover: $scrollbar-hover;
        scrollbar-corner-color: $scrollbar-corner-color;
        scrollbar-size: 1 1;
        &:hover, &:focus { background: $lf-cursor; color: $lf-on-cursor; }
        & .text-area--cursor {
            background: $input-cursor-background;
            color: $input-cursor-foreground;
            text-style: $input-cursor-text-style;
        }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--selection {
            background: $input-selection-background;
            color: $input-selection-foreground;
        }
        & .text-area--placeholder { color: $foreground; text-style: dim italic; }
        &:light .text-area--cursor { color: $text 90%; background: $foreground 70%; }
        &:ansi .text-area--cursor { text-style: reverse; }
        &:ansi .text-area--selection { background: transparent; text-style: reverse; }
    }
    """

    def __init__(self, field: Field, context: Context) -> None:
        self.field = field
        self.context = context
        self._filling = True
        self.example = example_of(field, context)
        super().__init__(
            clean(field.value),
            placeholder=self.example,
            tab_behavior="focus",
            show_line_numbers=False,
        )
        self.cursor_blink = False
        self._filling = False

    @property
    def to_copy(self) -> str:
        """The selected text, or else all of it."""
        return self.selected_text or self.text

    @property
    def _pages(self) -> Document:
        """The document with its indexes, which every kind that a text area makes has."""
        return cast(Document, self.document)

    def edit(self, edit: TextAreaEdit) -> EditResult:
        """Do the edit and report it at once."""
        if self._filling:
            return super().edit(edit)
        start = self._pages.get_index_from_location(edit.top)
        end = self._pages.get_index_from_location(edit.bottom)
        before = self.text
        result = super().edit(edit)
        self._report(before, start, end, edit.text)
        return result

    def _report(self, before: str, start: int, end: int, inserted: str) -> None:
        after = self.text
        whole = self.field.value != before  # the stored text holds characters that may not be shown
        if whole or before[:start] + inserted + before[end:] != after:
            start, end, inserted = 0, len(self.field.value), after
        self.field = replace(self.field, value=after)
        self.context.change(SpliceText(self.field.id, start, end - start, inserted))

    def show(self, field: Field, *, force: bool) -> None:
        """Take the field as it is now; the cursor stays with its letters while it is being edited."""
        if field.value == self.field.value:
            return
        before, after = self.text, clean(field.value)
        self.field = field
        run = diff_texts(before, after)
        place = self._pages.get_location_from_index
        self._filling = True
        self.replace(
            run.inserted,
            place(run.at),
            place(run.at + run.removed),
            maintain_selection_offset=not force,
        )
        self._filling = False

    def commit_pending(self) -> None:
        """Nothing: each change was reported at once."""

    def on_blur(self) -> None:
        """End the burst of typing."""
        self.context.settle()

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted without its escape sequences."""
        event.prevent_default()
        event.stop()
        self.replace(clean(event.text), *self.selection, maintain_selection_offset=False)

    @property
    def reason(self) -> str:
        """A text is always right."""
        return ""

    @property
    def remark(self) -> str:
        """Nothing to add to a text."""
        return ""
