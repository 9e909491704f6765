"""The lines of a widget, as they were drawn last."""

from __future__ import annotations

from collections.abc import Sequence

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_HOVERED = Widget.hover_style.internal_name
"""Where a widget keeps the style of what the mouse is on."""


class KeptLines(StylesCache):
    """Textual's cache, which gives lines that are all in it without asking for the widget's colors first.

    Those are looked up through all that the widget lies on, which takes longer than finding the lines.
    """

    _ground: Color | None = None
    """The background that the lines lie on, once it was asked for; a filter may mix it in."""

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """Draw the lines of a widget in a region of it, or find them."""
        kept = self._kept(widget, crop)
        if kept is None:
            self._ground = None
            return super().render_widget(widget, crop)
        return kept

    def _kept(self, widget: Widget, crop: Region) -> list[Strip] | None:
        """The lines, if nothing of them changed; None else."""
        width, lines = widget.outer_size.width, self._cache
        rows: Sequence[int] = crop.line_range
        is_whole = width == self._width and self._dirty_lines.isdisjoint(rows)
        hovered = vars(widget).get(_HOVERED)  # reading the reactive takes ten times as long
        if not is_whole or (hovered and hovered.link_id) or any(y not in lines for y in rows):
            return None
        strips = [lines[y] for y in rows]
        for line_filter in widget.get_line_filters():
            ground = self._ground = self._ground or widget.background_colors[1]
            strips = [strip.apply_filter(line_filter, ground) for strip in strips]
        if crop.column_span != (0, width):
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        return strips
