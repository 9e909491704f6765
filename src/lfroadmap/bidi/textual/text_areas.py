"""A text area in which the cursor, the selection and the mouse go by what is on the screen."""

from __future__ import annotations

from bisect import bisect_right

from rich.segment import Segment
from textual import events
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Location, Selection

from lfroadmap.bidi.line import LIMIT, BidiLine, Paragraph, line_of
from lfroadmap.bidi.policy import paragraph_level
from lfroadmap.bidi.tables import classes
from lfroadmap.bidi.textual.hooks import needs_ordering, reordered, screen_direction


def text_level(text: str) -> int:
    """Which way a paragraph that is written reads: as the interface does until there is a Latin letter."""
    page = screen_direction()
    if page == "rtl" and "L" not in classes(text):
        return 1
    return paragraph_level(text, page)


class BidiWrappedDocument(WrappedDocument):
    """A wrapped document whose offsets are cells of the screen."""

    view_width = 0

    def section(self, location: Location) -> tuple[int, int]:
        """Number and first column of the wrapped line that a location is on."""
        wraps = self.get_offsets(location[0])
        number = bisect_right(wraps, location[1])
        return number, [0, *wraps][number]

    def line(self, row: int, section: int) -> BidiLine:
        """A wrapped line; the last of a row has a free cell behind it, for the cursor."""
        text = self.document.get_line(row).replace("\t", " ")
        starts = [0, *self.get_offsets(row)]
        section %= len(starts)
        if len(text) > LIMIT:
            last = section == len(starts) - 1
            text = text[starts[section] :] if last else text[starts[section] : starts[section + 1]]
            starts, section = ([0], 0) if last else ([0, len(text)], 0)
        whole = text_level(text)
        if section == len(starts) - 1:
            return Paragraph(text + " ", whole).line(starts[section], len(text) + 1)
        return Paragraph(text, whole).line(starts[section], starts[section + 1])

    def pad(self, line: BidiLine) -> int:
        """Free cells before a line that stands at the right side."""
        return max(self.view_width - line.width, 0) if line.rtl else 0

    def location_to_offset(self, location: Location) -> Offset:
        """The cell of a location."""
        y = super().location_to_offset(location).y
        section, start = self.section(location)
        line = self.line(location[0], section)
        return Offset(self.pad(line) + line.cell_of(location[1] - start), y)

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """The column of the letter at a cell."""
        starts = [0, *self.get_offsets(line_index)]
        section = y_offset % len(starts)
        line = self.line(line_index, section)
        column = starts[section] + line.index_at(x_offset - self.pad(line))
        if section == len(starts) - 1:
            return min(column, len(self.document.get_line(line_index)))
        return min(column, starts[section + 1] - 1)


class BidiNavigator(DocumentNavigator):
    """Up and down keep to the cell of the screen."""

    def _beside(self, location: Location, lines: int) -> Location:
        document = self._wrapped_document
        y = document.location_to_offset(location).y + lines
        if y < 0:
            return (0, 0)
        if y >= document.height:
            row = self._document.line_count - 1
            return (row, len(self._document[row]))
        return document.offset_to_location(Offset(self.last_x_offset, y))

    def get_location_above(self, location: Location) -> Location:
        """The letter above."""
        return self._beside(location, -1)

    def get_location_below(self, location: Location) -> Location:
        """The letter below."""
        return self._beside(location, 1)


class BidiTextArea(TextArea):
    """A text area whose lines stand in the order of the screen, each from the side on which it begins.

    Arrows move on the screen, with Shift they extend the selection by letters. Only the arrows' actions are
    ours: deleting asks Textual's own functions for the letter before and behind, which is right.
    """

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = BidiWrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = BidiNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def _rewrap_and_refresh_virtual_size(self) -> None:
        if isinstance(self.wrapped_document, BidiWrappedDocument):
            width = self.scrollable_content_region.width - self.gutter_width
            self.wrapped_document.view_width = max(width, 0)
        super()._rewrap_and_refresh_virtual_size()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes at a width, which no resize need have told of."""
        room = width - self.gutter_width - self.scrollbar_size_vertical * self.show_vertical_scrollbar
        if self.soft_wrap and room != self._screen_document.view_width:
            self._screen_document.view_width = room
            self._screen_document.wrap(max(room - 1, 0), tab_width=self.indent_width)
            self._line_cache.clear()
            self.set_reactive(Widget.virtual_size, Size(0, self._screen_document.height))
        return self.virtual_size.height

    @property
    def _screen_document(self) -> BidiWrappedDocument:
        document = self.wrapped_document
        assert isinstance(document, BidiWrappedDocument)
        return document

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line; the hint of an empty text begins where its first letter will stand."""
        strip = super().render_line(y)
        if self.text or not self.placeholder or screen_direction() == "ltr":
            return strip
        pad = max(self.content_size.width - strip.cell_length, 0)
        return Strip.join([Strip([Segment(" " * pad, self.rich_style)], pad), strip])

    def _render_line(self, y: int) -> Strip:
        strip = super()._render_line(y)
        document = self._screen_document
        at = y + self.scroll_offset.y
        info = document._offset_to_line_info[at] if at < document.height else None
        if info is None or not self.soft_wrap:
            return strip
        line = document.line(*info)
        if not line.rtl and not needs_ordering(line.text):
            return strip
        gutter = self.gutter_width
        body, rest = strip.crop(gutter, gutter + line.width), strip.crop(gutter + line.width)
        if len(body.text) != len(line.text):  # the mark of an empty line that is selected
            return strip
        drawn = Strip(reordered(list(body), line), line.width)
        parts = [rest, drawn] if line.rtl else [drawn, rest]
        return Strip.join([strip.crop(0, gutter), *parts])

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """Select the word by a double click, the paragraph by a third."""
        row, column = self.cursor_location
        text = self.document[row]
        if event.chain == 2 and text:
            start, end = line_of(text, 0).word_at(min(column, len(text) - 1))
            self.selection = Selection((row, start), (row, end))
        elif event.chain == 3:
            self.select_line(row)

    # keys

    def _reads_left(self) -> bool:
        return bool(text_level(self.document[self.cursor_location[0]]))

    def action_cursor_left(self, select: bool = False) -> None:
        """Move left on the screen."""
        self._move(-1, select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Move right on the screen."""
        self._move(1, select)

    def _move(self, cells: int, select: bool) -> None:
        onward = (cells > 0) != self._reads_left()
        if select:
            go = self.navigator.get_location_right if onward else self.navigator.get_location_left
            self.move_cursor(go(self.cursor_location), select=True)
        elif not self.selection.is_empty:
            self.move_cursor((max if onward else min)(*self.selection))
        else:
            self.move_cursor(self._step(cells, onward))
        self.record_cursor_width()

    def _step(self, cells: int, onward: bool) -> Location:
        """The letter beside the cursor on the screen, over the ends of lines."""
        row, column = self.cursor_location
        document = self._screen_document
        section, start = document.section((row, column))
        there = document.line(row, section).step(column - start, cells)
        if there is not None:
            return (row, start + there)
        if onward:
            return self.navigator.get_location_right((row, column))
        return self.navigator.get_location_left((row, column))

    def action_cursor_word_left(self, select: bool = False) -> None:
        """Move left by a word: onward in a line that reads to the left."""
        left, right = super().action_cursor_word_left, super().action_cursor_word_right
        (right if self._reads_left() else left)(select)

    def action_cursor_word_right(self, select: bool = False) -> None:
        """Move right by a word: back in a line that reads to the left."""
        left, right = super().action_cursor_word_left, super().action_cursor_word_right
        (left if self._reads_left() else right)(select)
