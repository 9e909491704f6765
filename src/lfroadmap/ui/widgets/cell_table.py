"""A table of cells whose rows are added, removed and moved."""

from __future__ import annotations

from typing import cast

from lfroadmap.roadmap.structure import LAST, Add, Remove
from lfroadmap.roadmap.tree import insert
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.cell_editing import CellEditing
from lfroadmap.ui.widgets.cell_rows import N
from lfroadmap.ui.widgets.removal import report_removed


class CellTable(CellEditing[N]):
    """The roadmap's rows, and among them the one that is being added and has no letter yet."""

    def __init__(self, nodes: tuple[N, ...], context: Context) -> None:
        super().__init__(nodes, context)
        self._written = nodes
        """The roadmap's rows, without the draft."""

    @property
    def parent_id(self) -> str:
        """Id of the node that the rows are in."""
        raise NotImplementedError

    def show(self, nodes: tuple[N, ...]) -> None:
        """Show the rows as they are now; an editor goes on where its cell went."""
        self._written = nodes
        self.show_rows()

    def show_rows(self) -> None:
        """Show the roadmap's rows and the draft."""
        draft, written = self.draft, self._written
        self.show_nodes(cast("tuple[N, ...]", insert(written, draft.node, draft.after)) if draft else written)
        self.place_editor()

    @property
    def place_id(self) -> str:
        """The id to come back to: the row under the cursor, or the one above a row without a letter."""
        fresh = self.draft.node.id if self.draft else ""
        above = [node.id for node in self.nodes[: self.cursor] if node.id != fresh]
        return above[-1] if above else ""

    def action_add(self) -> None:
        """Add a row below the cursor and begin with its first cell."""
        if self.is_writing:
            return
        here = self.selected
        fresh = self.empty_row(self.context.new_id())
        self.context.settle()
        self.draft = Add(fresh, self.parent_id, here.id if here else LAST)
        self.column = 0
        self.show_rows()
        self.move_to(self.nodes.index(fresh) + 1)
        self.action_edit()

    def action_remove(self) -> None:
        """Take the row out; undo brings it back."""
        if node := self.selected:
            self.context.change(Remove(node.id))
            if node not in self.nodes:
                report_removed(self, self.text(node, self.fillable[0]), self.context.words)

    def action_shift(self, rows: int) -> None:
        """Move the row up or down."""
        if move := self.shift_by(self.cursor - 1, rows, self.nodes, self.parent_id):
            to = self.cursor + rows
            self.context.change(move)
            self.move_to(to)
