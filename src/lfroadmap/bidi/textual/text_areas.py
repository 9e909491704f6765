"""A text area with text, cursor, selection and mouse in visual order."""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Location, Selection, TextAreaTheme

from lfroadmap.bidi.line import LIMIT, BidiLine, Paragraph, line_of
from lfroadmap.bidi.policy import paragraph_level
from lfroadmap.bidi.segments import in_visual_order
from lfroadmap.bidi.tables import classes, needs_reordering
from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.bidi.textual.layout import left_scrollbar_width


def text_level(text: str) -> int:
    """The base level of a paragraph that is edited: that of the interface until it has a Latin letter."""
    page = screen_direction()
    if page == "rtl" and "L" not in classes(text):
        return 1
    return paragraph_level(text, page)


class BidiWrappedDocument(WrappedDocument):
    """A wrapped document whose offsets are cells on the screen."""

    view_width = 0
    """Width in cells of the lines, to align right-to-left ones."""

    def section(self, location: Location) -> tuple[int, int]:
        """Number and first column of the wrapped line at a location."""
        wraps = self.get_offsets(location[0])
        number = bisect_right(wraps, location[1])
        return number, [0, *wraps][number]

    def line(self, row: int, section: int) -> BidiLine:
        """A wrapped line; the last one of a row has a free cell for the cursor at its end."""
        text = self.document.get_line(row).replace("\t", " ")
        starts = [0, *self.get_offsets(row)]
        section %= len(starts)
        if len(text) > LIMIT:
            last = section == len(starts) - 1
            text = text[starts[section] :] if last else text[starts[section] : starts[section + 1]]
            starts, section = ([0], 0) if last else ([0, len(text)], 0)
        level = text_level(text)
        if section == len(starts) - 1:
            return Paragraph(text + " ", level).line(starts[section], len(text) + 1)
        return Paragraph(text, level).line(starts[section], starts[section + 1])

    def pad(self, line: BidiLine) -> int:
        """Free cells to the left of a right-aligned line."""
        return max(self.view_width - line.width, 0) if line.rtl else 0

    def location_to_offset(self, location: Location) -> Offset:
        """The cell of a location."""
        y = super().location_to_offset(location).y
        section, start = self.section(location)
        line = self.line(location[0], section)
        return Offset(self.pad(line) + line.cell_of(location[1] - start), y)

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """The column of the letter in a cell; the end of the line beside it."""
        starts = [0, *self.get_offsets(line_index)]
        section = y_offset % len(starts)
        line = self.line(line_index, section)
        column = starts[section] + line.index_at(x_offset - self.pad(line))
        if section == len(starts) - 1:
            return min(column, len(self.document.get_line(line_index)))
        return min(column, starts[section + 1] - 1)


class BidiNavigator(DocumentNavigator):
    """Moves up and down in the same cell of the screen."""

    def _vertical(self, location: Location, lines: int) -> Location:
        document = self._wrapped_document
        y = document.location_to_offset(location).y + lines
        if y < 0:
            return (0, 0)
        if y >= document.height:
            row = self._document.line_count - 1
            return (row, len(self._document[row]))
        return document.offset_to_location(Offset(self.last_x_offset, y))

    def get_location_above(self, location: Location) -> Location:
        """The location one line above."""
        return self._vertical(location, -1)

    def get_location_below(self, location: Location) -> Location:
        """The location one line below."""
        return self._vertical(location, 1)


class BidiTextArea(TextArea):
    """A text area that draws its lines in visual order, each aligned to the side on which it begins.

    Arrow keys move on the screen; with Shift they extend the selection in logical order. The actions that
    delete are Textual's: they use the navigator's locations to the left and right, which are in logical
    order.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", show=False)]
    _colored: TextAreaTheme | None = None
    """The theme that has the colors of the style as it is now."""

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
        """The number of lines at a width, to which the text is wrapped: layout precedes the resize event."""
        columns = width - self.gutter_width - self.scrollbar_size_vertical * self.show_vertical_scrollbar
        if self.soft_wrap and columns != self._screen_document.view_width:
            self._screen_document.view_width = columns
            self._screen_document.wrap(max(columns - 1, 0), tab_width=self.indent_width)
            self._line_cache.clear()
            self.set_reactive(Widget.virtual_size, Size(0, self._screen_document.height))
        return self.virtual_size.height

    @property
    def _screen_document(self) -> BidiWrappedDocument:
        document = self.wrapped_document
        assert isinstance(document, BidiWrappedDocument)
        return document

    # drawing

    def notify_style_update(self) -> None:
        """Take the colors out of the style again."""
        self._colored = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; Textual would take the colors out of the style again for each of them."""
        if self._theme is not self._colored:
            self._theme.apply_css(self)
            self._colored = self._theme
        return super(TextArea, self).render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw a line; the placeholder is aligned to the side on which typed text will begin."""
        strip = super().render_line(y)
        if self.text or not self.placeholder or screen_direction() == "ltr":
            return strip
        pad = max(self.content_size.width - strip.cell_length, 0)
        return Strip.join([Strip([Segment(" " * pad, self.rich_style)], pad), strip])

    def _render_line(self, y: int) -> Strip:
        strip = super()._render_line(y)
        document = self._screen_document
        row = y + self.scroll_offset.y
        info = document._offset_to_line_info[row] if row < document.height else None
        if info is None or not self.soft_wrap:
            return strip
        line = document.line(*info)
        if not line.rtl and not needs_reordering(line.text):
            return strip
        gutter = self.gutter_width
        body, rest = strip.crop(gutter, gutter + line.width), strip.crop(gutter + line.width)
        if len(body.text) != len(line.text):  # Textual adds a cell to an empty line in the selection
            return strip
        drawn = Strip(in_visual_order(list(body), line), line.width)
        parts = [rest, drawn] if line.rtl else [drawn, rest]
        return Strip.join([strip.crop(0, gutter), *parts])

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is on the screen."""
        return super().cursor_screen_offset + Offset(left_scrollbar_width(self), 0)

    # the mouse

    def get_target_document_location(self, event: events.MouseEvent) -> Location:
        """The row and the column under the mouse."""
        x = event.x - self.gutter.left - left_scrollbar_width(self) - self.gutter_width
        place = Offset(x, event.y - self.gutter.top) + self.scroll_offset
        return self._screen_document.offset_to_location(place)

    def on_click(self, event: events.Click) -> None:
        """Select the word on a double click, the paragraph on a triple click."""
        row, column = self.cursor_location
        text = self.document[row]
        if event.chain == 2 and text:
            start, end = line_of(text, 0).word_at(min(column, len(text) - 1))
            self.selection = Selection((row, start), (row, end))
        elif event.chain == 3:
            self.select_line(row)

    # keys

    def _is_rtl(self) -> bool:
        """True if the paragraph of the cursor is right to left."""
        return bool(text_level(self.document[self.cursor_location[0]]))

    def action_cursor_left(self, select: bool = False) -> None:
        """Move left on the screen."""
        self._move(-1, select)

    def action_cursor_right(self, select: bool = False) -> None:
        """Move right on the screen."""
        self._move(1, select)

    def _move(self, cells: int, select: bool) -> None:
        forward = (cells > 0) != self._is_rtl()
        if select:
            neighbor = self.navigator.get_location_right if forward else self.navigator.get_location_left
            self.move_cursor(neighbor(self.cursor_location), select=True)
        elif not self.selection.is_empty:
            self.move_cursor((max if forward else min)(*self.selection))
        else:
            self.move_cursor(self._step(cells, forward))
        self.record_cursor_width()

    def _step(self, cells: int, forward: bool) -> Location:
        """The location beside the cursor on the screen; at the edge of a line, one in the adjacent line."""
        row, column = self.cursor_location
        document = self._screen_document
        section, start = document.section((row, column))
        index = document.line(row, section).step(column - start, cells)
        if index is not None:
            return (row, start + index)
        if forward:
            return self.navigator.get_location_right((row, column))
        return self.navigator.get_location_left((row, column))

    def action_cursor_word_left(self, select: bool = False) -> None:
        """Move left by a word: forward in a right-to-left line."""
        left, right = super().action_cursor_word_left, super().action_cursor_word_right
        (right if self._is_rtl() else left)(select)

    def action_cursor_word_right(self, select: bool = False) -> None:
        """Move right by a word: backward in a right-to-left line."""
        left, right = super().action_cursor_word_left, super().action_cursor_word_right
        (left if self._is_rtl() else right)(select)
