"""What is drawn for a change: the widgets that it lies on, and of these its lines.

Textual draws everything within the smallest rectangle around all changes. A letter and the mark that it is
saved are on opposite sides of the screen, so that with each letter everything between them would be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class ChangesCompositor(Compositor):
    """The compositor of a screen."""

    def __init__(self) -> None:
        super().__init__()
        self._changes: tuple[Region, ...] = ()
        """The regions that are being drawn; empty: everything is."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Draw what has changed; None where nothing has."""
        self._changes = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changes = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if not self._changes:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            touched = [change for each in self._changes if (change := seen.intersection(each))]
            if touched:
                rows = Region.from_union(touched)
                lines = Region(seen.x, rows.y, seen.width, rows.height)
                yield region, lines, widget.render_lines(lines.translate(-region.offset))
