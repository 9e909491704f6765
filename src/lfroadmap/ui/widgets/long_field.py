"""The editor of a long text."""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.widgets.text_area import Edit as TextAreaEdit
from textual.widgets.text_area import EditResult

from lfroadmap.roadmap.edits import SpliceText
from lfroadmap.roadmap.model import Field
from lfroadmap.roadmap.text_diff import diff_texts
from lfroadmap.text import clean
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.examples import example_of
from lfroadmap.ui.widgets.text_area import PlainTextArea


class LongField(PlainTextArea):
    """A field of many lines: each change is reported as the run that was replaced.

    So two people can write in one text.
    """

    def __init__(self, field: Field, context: Context) -> None:
        self.field = field
        self.context = context
        self._filling = True
        super().__init__(clean(field.value), example_of(field, context))
        self._filling = False

    def edit(self, edit: TextAreaEdit) -> EditResult:
        """Do the edit and report it at once."""
        if self._filling:
            return super().edit(edit)
        start = self.pages.get_index_from_location(edit.top)
        end = self.pages.get_index_from_location(edit.bottom)
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
        place = self.pages.get_location_from_index
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

    def on_click(self, event: events.Click) -> None:
        """Open a link with Ctrl."""
        if event.ctrl:
            self.call_later(self.run_action, "app.start('open_link')")

    def on_blur(self) -> None:
        """End the burst of typing."""
        self.context.settle()

    @property
    def reason(self) -> str:
        """A text is always right."""
        return ""

    @property
    def remark(self) -> str:
        """Nothing to add to a text."""
        return ""
