"""A container that draws nothing of its own between its edges."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.layout import DockArrangeResult
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget


class Piled(Widget):
    """A container whose children are as tall as they have to be, whatever its own height.

    Textual places them once to find out its height and once more in it.
    """

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Place the children, which finding out the height has done already."""
        return super().arrange(size.with_height(0), optimal)


class Hollow(Widget):
    """A container whose inner lines are all alike, so that one is drawn for all.

    Textual draws each line of a container again when its height changes, though most are blank.
    """

    is_hollow = True
    """Read by the compositor: with another height only the lower edge is another."""
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """Without a second layout and drawing: what is in it was just placed."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the second line once in place of each; the edges are for others to draw."""
        if self.outer_size.height <= 1:
            return super().render_lines(crop)
        return super().render_lines(Region(crop.x, 1, crop.width, 1)) * crop.height
