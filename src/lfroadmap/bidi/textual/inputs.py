"""A single-line input with text, cursor, selection and mouse in visual order."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from lfroadmap.bidi.cutting import cut
from lfroadmap.bidi.line import LIMIT, BidiLine, line_of
from lfroadmap.bidi.policy import field_level, paragraph_level
from lfroadmap.bidi.segments import in_visual_order
from lfroadmap.bidi.tables import needs_reordering
from lfroadmap.bidi.textual.direction import screen_direction

FieldDirection = Literal["auto", "ltr"]
"""`ltr` for text that is never right to left: links, e-mail addresses, paths, event names."""


class BidiInput(Input):
    """An input that draws its text in visual order, aligned to the side on which the text begins.

    Arrow keys move on the screen; with Shift they extend the selection in logical order. Home moves to the
    start of the text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+a", "select_all", show=False),
        Binding("shift+up", "home(True)", show=False),
        Binding("shift+down", "end(True)", show=False),
    ]
    field_direction: FieldDirection = "auto"
    complete: Callable[[str], str] | None = None
    """Returns the text that a beginning stands for, or an empty one. The rest of it is shown behind the
    cursor at the end of the text; the arrow key that moves forward, or End, takes it."""
    virtual_size = Reactive(Size(0, 0), layout=False)
    """Without `layout`: the size of the field does not depend on its text, so typing needs no new layout."""

    @property
    def _level(self) -> int:
        """The base level: that of the interface, or of the text if the interface is left to right."""
        page, ltr = screen_direction(), self.field_direction == "ltr"
        return field_level(page, ltr=ltr) or (0 if ltr else paragraph_level(self.value, page))

    @property
    def _plain(self) -> bool:
        """True if Textual's own drawing is used: no reordering is needed, or the text is too long for it.

        Reordering more than LIMIT characters at each key would take seconds.
        """
        if len(self.value) > LIMIT:
            return True
        if self.completion:
            return False
        return not self._level and not needs_reordering(self.value or self.placeholder)

    def _line(self) -> BidiLine:
        """The value, and the free cell for the cursor at its end."""
        text = "•" * len(self.value) if self.password else self.value.replace("\t", " ")
        return line_of(text + " ", self._level)

    def _pad(self, line: BidiLine) -> int:
        """Free cells to the left of a right-aligned line."""
        return max(self.scrollable_content_region.width - line.width, 0) if self._level else 0

    # positions

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
        """Width in cells of the text, with the cursor at its end."""
        if self.placeholder and not self.value:
            return cell_len(self.placeholder)
        return cell_len(self.value) + 1

    def render_line(self, y: int) -> Strip:
        """Draw the line in visual order."""
        width = self.scrollable_content_region.width
        if not y and not self.has_focus and not self.password and _is_cut(self.value, width):
            return _cut_line(self.value, width, self._level).apply_style(self.rich_style)
        if y or self._plain:
            is_still = not (y or self.has_focus or self.password or self.scroll_offset.x)
            return _still_line(self, width) if is_still else super().render_line(y)
        text, line = self._drawn()
        pad = self._pad(line)
        segments = in_visual_order(text.render(self.app.console), line)
        strip = Strip([Segment(" " * pad), *segments], pad + line.width)
        hidden = max(line.width - width, 0)
        # the line shows the start of the text; while the field has the focus, the cursor
        start = hidden if self._level else 0
        left = self.scroll_offset.x if hidden and self.has_focus and self.value else start
        return strip.crop(left, left + width).extend_cell_length(width).apply_style(self.rich_style)

    def _drawn(self) -> tuple[Text, BidiLine]:
        """The styled text, and its line."""
        cursor = self.get_component_rich_style("input--cursor")
        if not self.value:
            placeholder = cut(self.placeholder, self.scrollable_content_region.width, cell_len) or " "
            text = Text(placeholder, end="")
            text.stylize(self.get_component_rich_style("input--placeholder"))
            if self.has_focus and self._cursor_visible:
                text.stylize(cursor, 0, 1)
            return text, line_of(placeholder, self._level)
        line, offered = self._line(), self.completion
        if offered:
            line = line_of(self.value + offered[len(self.value) :] + " ", self._level)
        text = Text(line.text, end="")
        text.stylize(self.get_component_rich_style("input--suggestion"), len(self.value), len(offered))
        if self.has_focus:
            start, end = sorted(self.selection)
            text.stylize(self.get_component_rich_style("input--selection"), start, end)
            if self._cursor_visible:
                text.stylize(cursor, self.cursor_position, self.cursor_position + 1)
        return text, line

    # completion

    @property
    def completion(self) -> str:
        """The text that is offered for what was typed; empty for none."""
        if self.complete is None or not self.has_focus or not self.value or not self.cursor_at_end:
            return ""
        offered = self.complete(self.value) if self.selection.is_empty else ""
        return offered if len(offered) > len(self.value) else ""

    def take_completion(self) -> bool:
        """Take the text that is offered; False where there is none."""
        offered = self.completion
        if offered:
            self.value = offered
            self.cursor_position = len(offered)
        return bool(offered)

    def action_home(self, select: bool = False) -> None:
        """Move to the start of the text; with `select` the selection goes from where it began to there."""
        self.selection = Selection(self.selection.start if select else 0, 0)

    def action_end(self, select: bool = False) -> None:
        """Take the completion, or move to the end of the text."""
        if select or not self.take_completion():
            end = len(self.value)
            self.selection = Selection(self.selection.start if select else end, end)

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """Select the word on a double click, the whole text on a triple click."""
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
        if not select and (cells > 0) != bool(self._level) and self.take_completion():
            return
        if self._plain:
            (super().action_cursor_right if cells > 0 else super().action_cursor_left)(select)
            return
        start, end = self.selection
        line = self._line()
        forward = (cells > 0) != bool(self._level)
        if select:
            self.selection = Selection(start, self._next_start(line, end, forward))
        elif start != end:
            side = min if cells < 0 else max
            self.cursor_position = side(start, end, key=line.cell_of)
        else:
            index = line.step(end, cells)
            if index is not None:
                self.cursor_position = min(index, len(self.value))

    def _next_start(self, line: BidiLine, index: int, forward: bool) -> int:
        """The start of the next or previous cluster in logical order; the index itself if there is none."""
        starts = [cluster.start for cluster in line.clusters]
        if forward:
            return next((start for start in starts if start > index), index)
        return next((start for start in reversed(starts) if start < index), index)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """Move left by a word: forward in a right-to-left line."""
        move = super().action_cursor_right_word if self._level else super().action_cursor_left_word
        move(select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """Move right by a word: backward in a right-to-left line."""
        move = super().action_cursor_left_word if self._level else super().action_cursor_right_word
        move(select)


def _shown(value: str, width: int) -> str:
    """As much of a value as could be seen in so many columns."""
    return value[: 8 * width + 64].replace("\t", " ")


def _is_cut(value: str, width: int) -> bool:
    """True if a value does not fit; where the cursor is in it, it shows where the value goes on."""
    return cell_len(_shown(value, width)) > width


def _cut_line(value: str, width: int, level: int) -> Strip:
    """The start of a value, with a sign that it goes on."""
    text = cut(_shown(value, width), width, cell_len)
    line = line_of(text, level)
    segments, free = in_visual_order([Segment(text)], line), Segment(" " * (width - line.width))
    return Strip([free, *segments] if level else [*segments, free], width)


def _still_line(field: BidiInput, width: int) -> Strip:
    """The text without a cursor; Textual would lay it out as a paragraph, which takes far longer."""
    if field.value:
        text = Segment(field.value)
    else:
        text = Segment(field.placeholder, field.get_component_rich_style("input--placeholder"))
    return Strip([text]).adjust_cell_length(width + 1).apply_style(field.rich_style)
