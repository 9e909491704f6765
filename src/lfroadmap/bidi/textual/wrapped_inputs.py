"""An input whose text is wrapped to its width, with text, cursor, selection and mouse in visual order."""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets.input import Selection

from lfroadmap.bidi.line import LIMIT, BidiLine, Paragraph
from lfroadmap.bidi.segments import in_visual_order
from lfroadmap.bidi.textual.inputs import BidiInput
from lfroadmap.bidi.textual.wrapping import line_starts


class WrappedInput(BidiInput):
    """An input as tall as its styles say; its text is wrapped to one cell less, which the cursor needs.

    Up and Down move by lines. A text of more than LIMIT characters stays on one line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "line(-1)", show=False),
        Binding("down", "line(1)", show=False),
        Binding("shift+up", "line(-1, True)", show=False),
        Binding("shift+down", "line(1, True)", show=False),
    ]
    _mouse_row = 0
    """The line on which the mouse was last."""
    _wrapped: tuple[str, int, tuple[int, ...]] = ("", 0, (0,))
    """A text, a width, and the starts of its lines."""

    @property
    def _starts(self) -> tuple[int, ...]:
        text, width = self.value, self.scrollable_content_region.width - 1
        if self._wrapped[:2] != (text, width):
            starts = (0,) if len(text) > LIMIT or self.password else line_starts(text, width)
            self._wrapped = (text, width, starts)
        return self._wrapped[2]

    @property
    def _is_wrapped(self) -> bool:
        return len(self._starts) > 1

    def _row_of(self, index: int) -> int:
        return bisect_right(self._starts, index) - 1

    def _row(self, number: int) -> BidiLine:
        """A line of the text; the last one has a free cell for the cursor at its end."""
        text, starts = self.value.replace("\t", " ") + " ", (*self._starts, len(self.value) + 1)
        return Paragraph(text, self._level).line(starts[number], starts[number + 1])

    def _cell_in(self, line: BidiLine, index: int) -> int:
        """The cell of an index of a line."""
        last = self.scrollable_content_region.width - 1
        return min(max(self._pad(line) + line.cell_of(index), 0), max(last, 0))

    def _index_in(self, number: int, cell: int) -> int:
        """The index in a cell of a line; in a line that another follows, before its last character."""
        line, starts = self._row(number), self._starts
        index = starts[number] + line.index_at(cell - self._pad(line))
        return min(index, starts[number + 1] - 1 if number + 1 < len(starts) else len(self.value))

    @property
    def _cursor_offset(self) -> int:
        return 0 if self._is_wrapped else super()._cursor_offset

    @property
    def content_width(self) -> int:
        """Width in cells of the text; that of the widget where it is wrapped."""
        return self.scrollable_content_region.width if self._is_wrapped else super().content_width

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is on the screen."""
        if not self._is_wrapped:
            return super().cursor_screen_offset
        number = self._row_of(self.cursor_position)
        x = self._cell_in(self._row(number), self.cursor_position - self._starts[number])
        return self.content_region.offset + Offset(x, number)

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line in visual order."""
        if not self._is_wrapped:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        if y >= len(self._starts):
            return Strip.blank(width, self.rich_style)
        line, start = self._drawn_row(y), self._starts[y]
        segments = in_visual_order(self._styled(line.text, start).render(self.app.console), line)
        pad = self._pad(line)
        strip = Strip([Segment(" " * pad), *segments], pad + line.width)
        hidden = max(line.width - width, 0) if line.rtl else 0
        return strip.crop(hidden, hidden + width).extend_cell_length(width).apply_style(self.rich_style)

    def _drawn_row(self, number: int) -> BidiLine:
        """A line of the text; the last one with the completion."""
        offered = self.completion if number + 1 == len(self._starts) else ""
        if not offered:
            return self._row(number)
        text = self.value + offered[len(self.value) :] + " "
        return Paragraph(text, self._level).line(self._starts[number])

    def _styled(self, text: str, start: int) -> Text:
        """The text of a line that begins at an index, with the selection and the cursor."""
        styled = Text(text, end="")
        rest = max(len(self.value) - start, 0)
        styled.stylize(self.get_component_rich_style("input--suggestion"), rest, max(len(text) - 1, rest))
        if self.has_focus:
            first, last = (max(index - start, 0) for index in sorted(self.selection))
            styled.stylize(self.get_component_rich_style("input--selection"), first, last)
            at = self.cursor_position - start
            if self._cursor_visible and 0 <= at < len(text):
                styled.stylize(self.get_component_rich_style("input--cursor"), at, at + 1)
        return styled

    # the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Note the line, which Textual's own handler of an input drops."""
        self._mouse_row = event.get_content_offset_capture(self).y

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Note the line."""
        self._mouse_row = event.get_content_offset_capture(self).y

    def _cell_offset_to_index(self, offset: int) -> int:
        if not self._is_wrapped:
            return super()._cell_offset_to_index(offset)
        return self._index_in(min(max(self._mouse_row, 0), len(self._starts) - 1), offset)

    # keys

    def action_line(self, lines: int, select: bool = False) -> None:
        """Move up or down; beyond the first and the last line, to the start and the end of the text."""
        number = self._row_of(self.cursor_position)
        to = number + lines
        if 0 <= to < len(self._starts):
            cell = self._cell_in(self._row(number), self.cursor_position - self._starts[number])
            index = self._index_in(to, cell)
        elif select or self._is_wrapped:
            index = 0 if lines < 0 else len(self.value)
        else:
            return
        self.selection = Selection(self.selection.start, index) if select else Selection.cursor(index)

    def _move(self, cells: int, select: bool) -> None:
        if select or not self._is_wrapped or self._plain or not self.selection.is_empty:
            super()._move(cells, select)
            return
        number = self._row_of(self.cursor_position)
        line, start = self._row(number), self._starts[number]
        index = line.step(self.cursor_position - start, cells)
        if index is not None and (index < len(line.text) or number + 1 < len(self._starts)):
            self.cursor_position = min(start + index, len(self.value))
            return
        forward = (cells > 0) != bool(self._level)
        self.cursor_position = self._next_start(self._line(), self.cursor_position, forward)
