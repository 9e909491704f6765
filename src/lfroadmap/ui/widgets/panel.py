"""A panel: a rounded border whose edges carry data: title and measure above, health below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.text import one_line
from lfroadmap.ui.widgets.row_drawing import Cell, cells_width, row, spread
from lfroadmap.ui.widgets.tones import Toned

EDGE_MARGIN = 4
"""Columns of an edge around the cells at its end: blanks, a line, and the corner."""
_CORNERS = {"upper": ("╭", "╮"), "lower": ("╰", "╯")}


class Panel(Toned):
    """A container with a border; the one that has the focus in it has the accent, and its title is a chip."""

    DEFAULT_CSS = """
    Panel { border: round $lf-border; }
    """
    # no `:focus-within`: with each move of the focus Textual would style everything in the panel again

    panel_title = ""
    is_lit = False
    """True if it is always drawn as if the focus were in it."""
    _edges: Mapping[tuple[bool, int], Strip] = MappingProxyType({})
    """The edges as they were last drawn, by whether it is the upper one and by width."""

    def upper(self, width: int) -> list[Cell]:
        """The cells at the end of the upper edge, in at most `width` columns."""
        return []

    def lower(self, width: int) -> list[Cell]:
        """The cells at the end of the lower edge."""
        return []

    def upper_end(self) -> list[Cell]:
        """The cells at the end of the upper edge, as there is room for them."""
        width = self.outer_size.width
        return self.upper(width - cells_width(self._title(width, focused=self._has_accent)) - 8)

    def lower_end(self) -> list[Cell]:
        """The cells at the end of the lower edge."""
        return self.lower(self.outer_size.width - 6)

    def refresh_edge(self, *, upper: bool, columns: int = 0) -> None:
        """Repaint one edge and nothing else; of it the last `columns` in reading, or all."""
        width, height = self.outer_size
        size = min(columns, width) or width
        x = width - size if screen_direction() == "ltr" else 0
        left, top = self.gutter.left, self.gutter.top
        self.refresh(Region(x - left, -top if upper else height - 1 - top, size, 1))

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the edges again too, as Textual does its own lines."""
        self._edges = MappingProxyType({})
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Draw the edges again: another theme, or the focus, gives them other colors."""
        self._edges = MappingProxyType({})
        super().notify_style_update()

    def on_descendant_focus(self) -> None:
        """Draw the border in the accent."""
        self._refresh_border()

    def on_descendant_blur(self) -> None:
        """Draw the border without the accent."""
        self._refresh_border()

    def _refresh_border(self) -> None:
        width, height = self.outer_size
        left, top = self.gutter.left, self.gutter.top
        sides = (Region(x - left, -top, 1, height) for x in (0, width - 1))
        lines = (Region(-left, y - top, width, 1) for y in (0, height - 1))
        self.refresh(*sides, *lines)

    @property
    def _has_accent(self) -> bool:
        return self.is_lit or self.has_focus_within

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines, with the edges in place of the border's own."""
        strips = super().render_lines(crop)
        if self._has_accent:
            strips = self._with_sides(strips, crop)
        for y in (0, self.outer_size.height - 1):
            if crop.y <= y < crop.bottom:
                strips[y - crop.y] = self._drawn_edge(upper=y == 0).crop(crop.x, crop.right)
        return strips

    def _with_sides(self, strips: list[Strip], crop: Region) -> list[Strip]:
        """The lines with their sides in the accent, as far as these are in the crop."""
        first, last = crop.x == 0, crop.right == self.outer_size.width
        if not (first or last):
            return strips
        ground = Style(bgcolor=self.rich_style.bgcolor)
        side = self._filtered(row([Cell("│", 1, self.tone("accent"))], 1, ground))
        before, behind = ([side] if first else []), ([side] if last else [])
        made: dict[int, Strip] = {}  # lines that are all one are cut once
        for strip in strips:
            if id(strip) not in made:
                inner = strip.crop(int(first), strip.cell_length - int(last))
                made[id(strip)] = Strip.join([*before, inner, *behind])
        return [made[id(strip)] for strip in strips]

    def _drawn_edge(self, *, upper: bool) -> Strip:
        """An edge as it is; it is asked for with every frame of whatever lies between the edges."""
        key = upper, self.outer_size.width
        if key not in self._edges:
            self._edges = {**self._edges, key: self._filtered(self._edge(upper=upper))}
        return self._edges[key]

    def _filtered(self, strip: Strip) -> Strip:
        """The strip through the app's filters, as Textual does with the lines that it draws itself."""
        for each in self.app.get_line_filters():
            strip = strip.apply_filter(each, self.background_colors[1])
        return strip

    def _edge(self, *, upper: bool) -> Strip:
        width, focused = self.outer_size.width, self._has_accent
        line = self.tone("accent" if focused else "border")
        first, last = _CORNERS["upper" if upper else "lower"]
        if screen_direction() == "rtl":
            first, last = last, first
        title = self._title(width, focused=focused) if upper else []
        end = self.upper_end() if upper else self.lower_end()
        end = [Cell(" ", 1, Style()), *end, Cell(" ", 1, Style()), Cell("─", 1, line)] if end else []
        rest = width - 2 - bool(title) - cells_width(title) - cells_width(end)
        cells = [Cell(first, 1, line), *([Cell("─", 1, line)] if title else []), *title]
        cells += [*spread([Cell("─" * rest, max(rest, 0), line)]), *end, Cell(last, 1, line)]
        return row(cells, width, Style(bgcolor=self.rich_style.bgcolor))

    def _title(self, width: int, *, focused: bool) -> list[Cell]:
        if not self.panel_title:
            return []
        style = self.tones.block() if focused else self.tone("text", bold=True)
        room = max(width - 10 - cells_width(self.upper(0)), 8)
        size = min(cell_len(one_line(self.panel_title)), room)
        return [Cell(" ", 1, style), Cell(self.panel_title, size, style), Cell(" ", 1, style)]
