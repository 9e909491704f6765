"""Replacements for the functions with which Textual lays out widgets, mirrored if right to left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.geometry import Offset, Region, Size, Spacing
from textual.layout import DockArrangeResult, WidgetPlacement
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from lfroadmap.bidi.textual.direction import screen_direction

_arrange = Widget.arrange
_screen_arrange = Screen.arrange
_scrollable_region = Widget._get_scrollable_region
_arrange_scrollbars = Widget._arrange_scrollbars
_render_lines = Widget.render_lines
_focus_sort_key: property = vars(Widget)["_focus_sort_key"]


def mirrored(region: Region, width: int) -> Region:
    """A region mirrored in a container that is `width` cells wide."""
    return Region(width - region.right, region.y, region.width, region.height)


class _Mirrored(DockArrangeResult):
    """A mirrored arrangement, moved to the right by a scrollbar on its left without getting wider."""

    scrollbar = 0
    """Width of that scrollbar in columns."""

    @property
    def total_region(self) -> Region:
        """The region of the placements, without the columns of the scrollbar."""
        return super().total_region.shrink((0, self.scrollbar, 0, 0))

    def get_visible_placements(self, region: Region) -> list[WidgetPlacement]:
        """The placements in a region that is given relative to the content beside the scrollbar."""
        return super().get_visible_placements(region.translate((self.scrollbar, 0)))


def arrange_mirrored(self: Widget, size: Size, optimal: bool = False) -> DockArrangeResult:
    """Arrange the children of a widget, mirrored on a right-to-left screen."""
    result = _arrange(self, size, optimal)
    return result if optimal else _mirror_of(result, size, left_scrollbar_width(self))


def screen_arrange_mirrored(self: Screen[Any], size: Size, _optimal: bool = False) -> DockArrangeResult:
    """Arrange the children of a screen, mirrored if it is right to left."""
    return _mirror_of(_screen_arrange(self, size, _optimal), size, left_scrollbar_width(self))


def left_scrollbar_width(widget: Widget) -> int:
    """Columns of a widget's scrollbar if it is on the left, else 0."""
    if screen_direction() == "ltr":
        return 0
    region = Region(0, 0, 999, 999)
    return region.width - _scrollable_region(widget, region).width


def _mirror_of(result: DockArrangeResult, size: Size, scrollbar: int) -> DockArrangeResult:
    """The arrangement mirrored if the screen is right to left; cached on the result, which Textual caches."""
    if screen_direction() == "ltr" or isinstance(result, _Mirrored):
        return result
    cached: _Mirrored | None = getattr(result, "mirror", None)
    if cached is None or cached.scrollbar != scrollbar:
        ends = (p.region.right + p.margin.right for p in result.placements if not p.overlay)
        width = max([size.width, *ends]) + scrollbar
        placements = [_mirror_placement(placement, width) for placement in result.placements]
        cached = _Mirrored(placements, result.widgets, result.scroll_spacing)
        cached.scrollbar = scrollbar
        result.mirror = cached  # type: ignore[attr-defined]
    return cached


def _mirror_placement(placement: WidgetPlacement, width: int) -> WidgetPlacement:
    if placement.overlay or placement.widget.absolute_offset is not None:
        return placement
    margin = placement.margin
    return placement._replace(
        region=mirrored(placement.region, width),
        margin=Spacing(margin.top, margin.left, margin.bottom, margin.right),
        offset=Offset(-placement.offset.x, placement.offset.y),
    )


def scrollable_region_mirrored(self: Widget, region: Region) -> Region:
    """The part of a region beside the scrollbars."""
    rest = _scrollable_region(self, region)
    return rest if screen_direction() == "ltr" else _mirrored_in(region, rest)


def scrollbars_mirrored(self: Widget, region: Region) -> Iterable[tuple[Widget, Region]]:
    """The scrollbars of a widget with their regions, the vertical one where lines end."""
    for bar, place in _arrange_scrollbars(self, region):
        yield bar, place if screen_direction() == "ltr" else _mirrored_in(region, place)


def lines_beside_scrollbar(self: Widget, crop: Region) -> list[Strip]:
    """The lines of a widget; what it draws itself begins behind a scrollbar on its left."""
    width = 0 if self.is_container else left_scrollbar_width(self)
    if not width:
        return _render_lines(self, crop)
    whole = self.outer_size.width
    left, right = self.styles.gutter.left, whole - self.styles.gutter.right
    cuts = (left, right - width, right, whole)
    strips = []
    for strip in _render_lines(self, Region(0, crop.y, whole, crop.height)):
        before, drawn, beside, after = strip.adjust_cell_length(whole).divide(cuts)
        strips.append(Strip.join([before, beside, drawn, after]).crop(crop.x, crop.right))
    return strips


def _mirrored_in(whole: Region, part: Region) -> Region:
    """A part of a region, mirrored in that region."""
    return Region(whole.x + whole.right - part.right, part.y, part.width, part.height)


def focus_sort_key_mirrored(self: Widget) -> tuple[int, int]:
    """The sort key for the focus order: rows from top to bottom, each in reading order."""
    if screen_direction() == "ltr":
        key: tuple[int, int] = _focus_sort_key.__get__(self)
        return key
    region, margin = self.virtual_region, self.styles.margin
    return region.y - margin.top, -(region.right + margin.left)
