"""A list whose rows, or cells of them, are edited in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.geometry import Region

from lfroadmap.bidi.cutting import cut
from lfroadmap.roadmap.edit import NOTHING, Edit
from lfroadmap.roadmap.model import Node
from lfroadmap.text import one_line
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.inline_editor import Exit, InlineEditor, Kind, right
from lfroadmap.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from lfroadmap.roadmap.structure import Add, Move

NAME_LENGTH = 40
"""Characters of a removed row's name in the notice."""


def _any(text: str) -> bool:
    return True


def _no_edit(text: str) -> Edit:
    return NOTHING


@dataclass(frozen=True, slots=True)
class LineEdit:
    """How one text of a list is edited: the edits of its changes and of its end."""

    text: str
    change: Callable[[str], Edit]
    """The edit by which the roadmap takes the text."""
    fill: Callable[[str], Node]
    """The new node with the text, where it is written into a row that is in no roadmap yet."""
    restore: Callable[[], Edit]
    """The edit that takes everything back; done after Escape, and where the last text is not valid."""
    done: Callable[[Exit, bool], None]
    """Called at the end, with the way out and whether the text was kept."""
    is_valid: Callable[[str], bool] = _any
    kind: Kind = "line"
    finish: Callable[[str], Edit] = _no_edit
    """The edit that follows the last text where it is kept; the same undo step as its last letters."""
    wrong: Callable[[str], str] = right
    """The reason why a text cannot be taken; it keeps the editor open, and is said where it closes."""
    pasted: Callable[[str], bool] | None = None
    complete: Callable[[str], str] | None = None


class EditableList(LineList):
    """A list with one editor at most, and at most one row that is being added and has no letter yet."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.editor: InlineEditor | None = None
        self.draft: Add | None = None
        """The row without a letter: the edit that will add it."""

    # the rows, defined by each kind of list

    @property
    def selected(self) -> Node | None:
        """The node under the cursor."""
        raise NotImplementedError

    def editor_region(self) -> Region:
        """Where the text under the cursor is written."""
        raise NotImplementedError

    def show_rows(self) -> None:
        """Show the nodes that there are, with the draft among them."""
        raise NotImplementedError

    # editing in place

    @property
    def is_writing(self) -> bool:
        """True if the rows are not the roadmap's, or one of them is being written."""
        return self.draft is not None or self.editor is not None

    def edit_line(self, edit: LineEdit) -> None:
        """Open the editor over the text under the cursor; there is none open."""

        def typed(text: str) -> None:
            self._typed(edit, text)

        def left(way: Exit, text: str) -> None:
            # the mouse button that went down elsewhere is still to be handled, on the rows as they were drawn
            if way != "blur" or not self.call_later(self._left, edit, way, text):
                self._left(edit, way, text)

        self.editor = InlineEditor(
            edit.text,
            self.editor_region(),
            typed,
            left,
            kind=edit.kind,
            wrong=edit.wrong,
            pasted=edit.pasted,
            complete=edit.complete,
        )
        self.mount(self.editor)
        self.screen.set_focus(self.editor)

    def on_resize(self) -> None:
        """Keep the editor over its text at another size, and where it was opened before there was one."""
        self.place_editor()

    def place_editor(self) -> None:
        """Keep the editor over its text after the rows have moved."""
        if self.editor:
            self.editor.place(self.editor_region())

    def _typed(self, edit: LineEdit, text: str) -> None:
        """Change the roadmap by a text; its first letter adds a new row."""
        draft, self.draft = self.draft, None
        if draft is None:
            self.context.change(edit.change(text))
        else:
            self.context.change(replace(draft, node=edit.fill(text)))

    def _left(self, edit: LineEdit, way: Exit, text: str) -> None:
        self.editor = None
        reason = edit.wrong(text) if way != "cancel" else ""
        kept = self.draft is None and way != "cancel" and edit.is_valid(text) and not reason
        if self.draft is not None:
            self._drop(self.draft)
        elif not kept:
            self.context.change(edit.restore())
        else:
            self.context.change(edit.finish(text))
        self.context.settle()
        if reason:
            self.notify(reason, severity="warning", markup=False)
        if way != "blur":
            self.screen.set_focus(self)
        edit.done(way, kept)

    def _drop(self, draft: Add) -> None:
        """Take the row without a letter away; the cursor goes from it to the row above."""
        if self.selected is not None and self.selected.id == draft.node.id:
            self.cursor = max(self.cursor - 1, 0)
        self.draft = None
        self.show_rows()

    # removing and moving rows

    def report_removed(self, name: str) -> None:
        """Say which row went and which key brings it back."""
        shown = one_line(name)
        shown = cut(shown, NAME_LENGTH)
        self.notify(self.context.words("list.removed", name=shown), markup=False)

    def shift_by(self, at: int, rows: int, siblings: tuple[Node, ...], parent: str) -> Move | None:
        """The edit that moves a node by rows among its siblings; None beyond their ends, or while writing."""
        from lfroadmap.roadmap.structure import move_by  # noqa: PLC0415 - behind the first picture, as all edits

        return None if self.is_writing else move_by(siblings, parent, at, rows)
