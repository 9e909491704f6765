"""Right-to-left text and a mirrored layout in Textual, put in where Textual turns text into cells.

This module, `inputs` and `text_areas` are the only ones that touch Textual's private names; a test holds
that each of them is there with the signature that is expected here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rich.segment import Segment
from textual.content import Content, _FormattedLine
from textual.css.styles import RulesMap
from textual.geometry import Offset, Region, Size, Spacing
from textual.layout import DockArrangeResult, WidgetPlacement
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget

from lfroadmap.bidi.line import BidiLine, Paragraph
from lfroadmap.bidi.policy import Direction, paragraph_level
from lfroadmap.bidi.tables import has_marks, has_rtl


class _Screens:
    """Which way the interface reads; one value, since what is hooked is of the whole program."""

    direction: Direction = "ltr"


def screen_direction() -> Direction:
    """Which way the interface reads now."""
    return _Screens.direction


def set_screen_direction(direction: Direction) -> None:
    """Have the interface read this way from the next layout on."""
    _Screens.direction = direction


def needs_ordering(text: str) -> bool:
    """Whether a text is drawn otherwise than it is written: it has letters or marks of direction."""
    return has_rtl(text) or has_marks(text)


def screen_line(text: str, start: int = 0, end: int | None = None) -> BidiLine:
    """A part of a paragraph as it stands on a line of the screen, in the interface's direction."""
    return Paragraph(text, paragraph_level(text, _Screens.direction)).line(start, end)


def shown(text: str, whole: str = "", start: int = 0) -> str:
    """The text as it is drawn from left to right; it may be a line of the paragraph `whole`, from `start`."""
    if not needs_ordering(whole or text):
        return text
    line = screen_line(whole, start, start + len(text)) if whole else screen_line(text)
    return line.glyphs


# ---- text: labels, buttons, tabs, lists, toasts, titles


_NO_STYLE = Style.null()
_wrap_and_format = Content._wrap_and_format
_to_strip = _FormattedLine.to_strip
_render_strips = Content.render_strips
_render_segments = Content.render_segments


def _wrap_knowing_paragraphs(
    self: Content,
    width: int,
    *args: Any,  # noqa: ANN401  passed on as they come
    **kwargs: Any,  # noqa: ANN401
) -> list[_FormattedLine]:
    """Wrap in logical order, and leave with each line the paragraph that gives its levels."""
    lines = _wrap_and_format(self, width, *args, **kwargs)
    if needs_ordering(self.plain):
        tab = kwargs.get("tab_size", 8)
        paragraphs = [part.expand_tabs(tab).plain for part in self.split(allow_blank=True)]
        for line in lines:
            line.paragraph = paragraphs[line.y]  # type: ignore[attr-defined]
    return lines


def _strip_in_order(self: _FormattedLine, style: Style) -> tuple[list[Segment], int]:
    """Draw a line in the order of the screen; each cell keeps the place of its letter in the text."""
    whole: str | None = getattr(self, "paragraph", None)
    text = self.content.plain
    if whole is None or not text:
        return _to_strip(self, style)
    end = self.x + len(text)
    line = screen_line(whole, self.x, end) if whole[self.x : end] == text else screen_line(text)
    free = max(self.width - line.width, 0)
    left = {"end": free, "right": free, "center": free // 2}.get(self.align, 0)
    right = free - left if self.align == "center" else 0
    blank = style.background_style.rich_style
    spans = (
        (run, style + own) for run, own in self.content.render(style, end="", parse_style=self.get_style)
    )
    segments = [
        Segment(glyphs, own.rich_style_with_offset(self.x + first, self.y))
        for glyphs, own, first in line.visual_segments(spans, apart=True)
    ]
    padded = [Segment(" " * left, blank), *segments, Segment(" " * right, blank)]
    return [segment for segment in padded if segment.text], left + line.width + right


def _strips_from_the_reading_side(
    self: Content, width: int, height: int | None, style: Style, options: RenderOptions
) -> list[Strip]:
    """Align `start` to the right on a right-to-left screen, where Textual knows only the left."""
    if _Screens.direction == "rtl" and options.rules.get("content_align_horizontal") in (None, "left"):
        align = options.rules.get("text_align")
        if align in (None, "start", "end"):
            side = "left" if align == "end" else "right"
            options = replace(options, rules=_Aligned(options.rules, side))  # type: ignore[arg-type]
    return _render_strips(self, width, height, style, options)


class _Aligned:
    """Style rules with another text alignment."""

    def __init__(self, rules: RulesMap, align: str) -> None:
        self._rules = rules
        self._align = align

    def get(self, key: str, default: object = None) -> object:
        """The rule, as a mapping gives it."""
        return self._align if key == "text_align" else self._rules.get(key, default)


def _segments_in_order(self: Content, base_style: Style = _NO_STYLE, end: str = "") -> list[Segment]:
    """Titles of borders: one line, in the order of the screen."""
    segments = _render_segments(self, base_style, end)
    if not needs_ordering(self.plain):
        return segments
    return reordered(segments, screen_line("".join(segment.text for segment in segments)))


def reordered(segments: Iterable[Segment], line: BidiLine) -> list[Segment]:
    """Styled runs in the order of the screen; each letter keeps its style."""
    spans = ((segment.text, segment.style) for segment in segments)
    return [Segment(glyphs, style) for glyphs, style, _ in line.visual_segments(spans)]


# ---- layout: what stands on the left goes to the right


_arrange = Widget.arrange
_screen_arrange = Screen.arrange
_scrollable_region = Widget._get_scrollable_region
_arrange_scrollbars = Widget._arrange_scrollbars
_focus_sort_key: property = vars(Widget)["_focus_sort_key"]


def mirrored(region: Region, width: int) -> Region:
    """A region as it lies in a mirror `width` wide."""
    return Region(width - region.right, region.y, region.width, region.height)


class _Mirrored(DockArrangeResult):
    """An arrangement in a mirror; a scrollbar on the left moves it aside without making it wider."""

    aside = 0
    """Columns that the scrollbar takes."""

    @property
    def total_region(self) -> Region:
        """What is arranged, from the corner that is not moved."""
        return super().total_region.shrink((0, self.aside, 0, 0))

    def get_visible_placements(self, region: Region) -> list[WidgetPlacement]:
        """What can be seen in a region that begins beside the scrollbar."""
        return super().get_visible_placements(region.translate((self.aside, 0)))


def _arrange_mirrored(self: Widget, size: Size, optimal: bool = False) -> DockArrangeResult:
    result = _arrange(self, size, optimal)
    return result if optimal else _mirror_of(result, size, _beside_scrollbar(self))


def _screen_arrange_mirrored(self: Screen[Any], size: Size, _optimal: bool = False) -> DockArrangeResult:
    return _mirror_of(_screen_arrange(self, size, _optimal), size, _beside_scrollbar(self))


def _beside_scrollbar(widget: Widget) -> int:
    """Columns that a widget's scrollbar takes on its left side."""
    if not _scrollbar_side(widget):
        return 0
    room = Region(0, 0, 999, 999)
    return room.width - _scrollable_region(widget, room).width


def _mirror_of(result: DockArrangeResult, size: Size, aside: int) -> DockArrangeResult:
    """The arrangement mirrored; made once for each that Textual keeps."""
    if _Screens.direction == "ltr" or isinstance(result, _Mirrored):
        return result
    known: _Mirrored | None = getattr(result, "mirror", None)
    if known is None or known.aside != aside:
        ends = (p.region.right + p.margin.right for p in result.placements if not p.overlay)
        width = max([size.width, *ends]) + aside
        placements = [_mirror_placement(placement, width) for placement in result.placements]
        known = _Mirrored(placements, result.widgets, result.scroll_spacing)
        known.aside = aside
        result.mirror = known  # type: ignore[attr-defined]
    return known


def _mirror_placement(placement: WidgetPlacement, width: int) -> WidgetPlacement:
    if placement.overlay or placement.widget.absolute_offset is not None:
        return placement
    margin = placement.margin
    return placement._replace(
        region=mirrored(placement.region, width),
        margin=Spacing(margin.top, margin.left, margin.bottom, margin.right),
        offset=Offset(-placement.offset.x, placement.offset.y),
    )


def _scrollbar_side(widget: Widget) -> bool:
    """Whether a widget's scrollbar goes to the left: one that draws its own lines keeps it where it is."""
    return _Screens.direction == "rtl" and widget.is_container


def _scrollable_region_mirrored(self: Widget, region: Region) -> Region:
    rest = _scrollable_region(self, region)
    return _within(rest, region) if _scrollbar_side(self) else rest


def _scrollbars_mirrored(self: Widget, region: Region) -> Iterable[tuple[Widget, Region]]:
    for bar, place in _arrange_scrollbars(self, region):
        yield bar, _within(place, region) if _scrollbar_side(self) else place


def _within(part: Region, whole: Region) -> Region:
    """A part of a region, mirrored inside it."""
    return Region(whole.x + whole.right - part.right, part.y, part.width, part.height)


def _focus_sort_key_mirrored(self: Widget) -> tuple[int, int]:
    """Where Tab finds a widget: along a row from the side on which reading begins."""
    if _Screens.direction == "ltr":
        key: tuple[int, int] = _focus_sort_key.__get__(self)
        return key
    region, margin = self.virtual_region, self.styles.margin
    return region.y - margin.top, -(region.right + margin.left)


HOOKS: tuple[tuple[type, str, object, object], ...] = (
    (Content, "_wrap_and_format", _wrap_and_format, _wrap_knowing_paragraphs),
    (Content, "render_strips", _render_strips, _strips_from_the_reading_side),
    (Content, "render_segments", _render_segments, _segments_in_order),
    (_FormattedLine, "to_strip", _to_strip, _strip_in_order),
    (Widget, "arrange", _arrange, _arrange_mirrored),
    (Screen, "arrange", _screen_arrange, _screen_arrange_mirrored),
    (Widget, "_get_scrollable_region", _scrollable_region, _scrollable_region_mirrored),
    (Widget, "_arrange_scrollbars", _arrange_scrollbars, _scrollbars_mirrored),
    (Widget, "_focus_sort_key", _focus_sort_key, property(_focus_sort_key_mirrored)),
)
"""What is hooked: the class, the name, Textual's own function, and ours."""


def install() -> None:
    """Put the hooks in; doing it again changes nothing."""
    for owner, name, _, ours in HOOKS:
        setattr(owner, name, ours)


def uninstall() -> None:
    """Take the hooks out again."""
    for owner, name, textual, _ in HOOKS:
        setattr(owner, name, textual)
