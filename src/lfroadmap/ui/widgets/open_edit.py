"""A task that is being written while its card is built again: the writing goes on in the new widgets."""

from __future__ import annotations

from typing import Literal, NamedTuple

from textual.widget import Widget
from textual.widgets.input import Selection

from lfroadmap.ui.widgets.checklist import Checklist
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.task_details import Detail


class OpenEdit(NamedTuple):
    """An editor over a task, and what is in it."""

    editor: InlineEditor
    task: str
    """Id of the task; empty for a new one without a letter."""
    part: Literal["text", Detail]
    text: str
    selection: Selection

    def go_on(self, focused: Widget | None) -> None:
        """Open the editor again, where the focus came to the task in another list."""
        if not isinstance(focused, Checklist) or focused.is_writing:
            return
        if not self.task:
            focused.action_add()
        elif focused.selected is None or focused.selected.id != self.task:
            return
        elif self.part == "text":
            focused.action_edit()
        else:
            focused.action_edit_detail(self.part)
        if focused.editor is not None:
            focused.editor.value = self.text
            focused.editor.selection = self.selection


def open_edit(focused: Widget | None) -> OpenEdit | None:
    """The edit that the focused widget is the editor of; None for another widget."""
    listed = focused.parent if isinstance(focused, InlineEditor) else None
    if not isinstance(focused, InlineEditor) or not isinstance(listed, Checklist) or listed.written is None:
        return None
    task = "" if listed.draft else listed.written.task
    return OpenEdit(focused, task, listed.written.part, focused.value, focused.selection)
