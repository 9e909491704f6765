"""A one-line input in which the cursor, the selection and the mouse go by what is on the screen."""

from __future__ import annotations

from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from lfroadmap.bidi.line import LIMIT, BidiLine, line_of
from lfroadmap.bidi.policy import field_level, paragraph_level
from lfroadmap.bidi.textual.hooks import needs_ordering, reordered, screen_direction

FieldDirection = Literal["auto", "ltr"]
"""`ltr` for what is never right to left: links, e-mail addresses, paths, event names."""


class BidiInput(Input):
    """An input whose text stands in the order of the screen, from the side on which its line begins.

    Arrows move on the screen, with Shift they extend the selection by letters; Home is the text's start.
    """

    field_direction: FieldDirection = "auto"
    virtual_size = Reactive(Size(0, 0), layout=False)
    """Its room does not depend on its text: a letter lays out nothing anew."""

    @property
    def _level(self) -> int:
        """Which way the line reads: as the interface does, or on a left-to-right one as its text does."""
        page, ltr = screen_direction(), self.field_direction == "ltr"
        return field_level(page, ltr=ltr) or (0 if ltr else paragraph_level(self.value, page))

    @property
    def _plain(self) -> bool:
        """Whether Textual's own drawing will do, or has to: ordering a huge text takes seconds a key."""
        if len(self.value) > LIMIT:
            return True
        return not self._level and not needs_ordering(self.value or self.placeholder)

    def _line(self) -> BidiLine:
        """The value and the free cell behind it, where the cursor rests at the end."""
        text = "•" * len(self.value) if self.password else self.value.replace("\t", " ")
        return line_of(text + " ", self._level)

    def _pad(self, line: BidiLine) -> int:
        """Free cells before a line that stands at the right side."""
        return max(self.scrollable_content_region.width - line.width, 0) if self._level else 0

    # Textual's questions

    @property
    def _cursor_offset(self) -> int:
        if self._plain:
            return super()._cursor_offset
        line = self._line()
        return self._pad(line) + line.cell_of(self.cursor_position)

    def _cell_offset_to_index(self, offset: int) -> int:
        if self._plain:
            return super()._cell_offset_to_index(offset)
        line = self._line()
        return min(line.index_at(offset + self.scroll_offset.x - self._pad(line)), len(self.value))

    @property
    def content_width(self) -> int:
        """Cells of the text and of the cursor behind it."""
        if self.placeholder and not self.value:
            return cell_len(self.placeholder)
        return cell_len(self.value) + 1

    def render_line(self, y: int) -> Strip:
        """Draw the line in the order of the screen."""
        if y or self._plain:
            return super().render_line(y)
        width = self.scrollable_content_region.width
        text, line = self._drawn()
        pad = self._pad(line)
        segments = reordered(text.render(self.app.console), line)
        strip = Strip([Segment(" " * pad), *segments], pad + line.width)
        left = self._left_edge(line.width - width)
        return strip.crop(left, left + width).extend_cell_length(width).apply_style(self.rich_style)

    def _left_edge(self, hidden: int) -> int:
        """First cell seen of a line `hidden` cells too long: where it begins, or where the cursor is."""
        if hidden <= 0:
            return 0
        if self.has_focus and self.value:
            return self.scroll_offset.x
        return hidden if self._level else 0

    def _drawn(self) -> tuple[Text, BidiLine]:
        """The styled text, and how it stands on its line."""
        cursor = self.get_component_rich_style("input--cursor")
        if not self.value:
            shown = self.placeholder or " "
            text = Text(shown, end="")
            text.stylize(self.get_component_rich_style("input--placeholder"))
            if self.has_focus and self._cursor_visible:
                text.stylize(cursor, 0, 1)
            return text, line_of(shown, self._level)
        text = Text(self._line().text, end="")
        if self.has_focus:
            start, end = sorted(self.selection)
            text.stylize(self.get_component_rich_style("input--selection"), start, end)
            if self._cursor_visible:
                text.stylize(cursor, self.cursor_position, self.cursor_position + 1)
        return text, self._line()

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """Select the word by a double click, all by a third."""
        if event.chain == 2 and self.value:
            start, end = self._line().word_at(min(self.cursor_position, len(self.value) - 1))
            self.selection = Selection(start, min(end, len(self.value)))
        elif event.chain == 3:
            self.action_select_all()

    # keys

    def action_cursor_left(self, select: bool = False) -> None:
        """Move left on the screen."""
        self._move(-1, select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Move right on the screen."""
        self._move(1, select)

    def _move(self, cells: int, select: bool) -> None:
        if self._plain:
            (super().action_cursor_right if cells > 0 else super().action_cursor_left)(select)
            return
        start, end = self.selection
        line = self._line()
        onward = (cells > 0) != bool(self._level)
        if select:
            self.selection = Selection(start, self._beside(line, end, onward))
        elif start != end:
            side = min if cells < 0 else max
            self.cursor_position = side(start, end, key=line.cell_of)
        else:
            there = line.step(end, cells)
            if there is not None:
                self.cursor_position = min(there, len(self.value))

    def _beside(self, line: BidiLine, index: int, onward: bool) -> int:
        """Where the next letter with its marks begins, or the one before, in the order of writing."""
        starts = [cluster.start for cluster in line.clusters]
        if onward:
            return next((start for start in starts if start > index), index)
        return next((start for start in reversed(starts) if start < index), index)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """Move left by a word: onward in a line that reads to the left."""
        act = super().action_cursor_right_word if self._level else super().action_cursor_left_word
        act(select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """Move right by a word: back in a line that reads to the left."""
        act = super().action_cursor_left_word if self._level else super().action_cursor_right_word
        act(select)
