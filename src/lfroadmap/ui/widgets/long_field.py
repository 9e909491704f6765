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
from lfroadmap.ui.widgets.examples import example_of, fit_example


class LongField(BidiTextArea):
    """A field of many lines that grows to what it holds.

    Each change is reported as the run that was replaced, so that two people can write in one text.
    """

    DEFAULT_CSS = """
    LongField, LongField:focus {
        height: auto;
        max-height: 16;
        border: none;
        padding: 0 1;
        background: $lf-raised;
        scrollbar-size-vertical: 1;
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $foreground; text-style: dim italic; }
    }
    LongField:hover { background: $lf-cursor; color: $lf-on-cursor; }
    LongField:focus { background: $lf-cursor; color: $lf-on-cursor; }
    """

    def __init__(self, field: Field, context: Context) -> None:
        self.field = field
        self.context = context
        self._filling = True
        self._example = example_of(field, context)
        super().__init__(
            clean(field.value),
            placeholder=self._example,
            tab_behavior="focus",
            show_line_numbers=False,
        )
        self.cursor_blink = False
        self._filling = False

    def on_mount(self) -> None:
        """Fit the example: Textual posts no resize where a layout was made before the first picture."""
        self.call_after_refresh(fit_example, self, self._example)

    def on_resize(self, event: events.Resize) -> None:
        """Show as much of the example as there is room for."""
        fit_example(self, self._example, event.size.width - self.gutter.width)

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
