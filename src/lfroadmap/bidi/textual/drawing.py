"""Replacements for the functions with which Textual draws text: labels, buttons, lists, toasts, titles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content, _FormattedLine
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from lfroadmap.bidi.cutting import SIGN, cut
from lfroadmap.bidi.segments import in_visual_order
from lfroadmap.bidi.tables import needs_reordering
from lfroadmap.bidi.textual.direction import screen_direction, screen_line

_NO_STYLE = Style.null()
_wrap_and_format = Content._wrap_and_format
_to_strip = _FormattedLine.to_strip
_render_strips = Content.render_strips
_render_segments = Content.render_segments
_truncate = Content.truncate


def wrap_with_paragraphs(
    self: Content,
    width: int,
    *args: Any,  # noqa: ANN401  passed on unchanged
    **kwargs: Any,  # noqa: ANN401
) -> list[_FormattedLine]:
    """Wrap in logical order; each line keeps its paragraph, which determines its levels."""
    lines = _wrap_and_format(self, width, *args, **kwargs)
    if needs_reordering(self.plain):
        tab = kwargs.get("tab_size", 8)
        paragraphs = [part.expand_tabs(tab).plain for part in self.split(allow_blank=True)]
        for line in lines:
            line.paragraph = paragraphs[line.y]  # type: ignore[attr-defined]
    return lines


def visual_strip(self: _FormattedLine, style: Style) -> tuple[list[Segment], int]:
    """Draw a line in visual order; each cell keeps the offset of its letter in the text.

    `text-align: justify` is drawn as `left`.
    """
    paragraph: str | None = getattr(self, "paragraph", None)
    text = self.content.plain
    if paragraph is None or not text:
        return _to_strip(self, style)
    end = self.x + len(text)
    line = screen_line(paragraph, self.x, end) if paragraph[self.x : end] == text else screen_line(text)
    free = max(self.width - line.width, 0)
    left = {"end": free, "right": free, "center": free // 2}.get(self.align, 0)
    right = free - left if self.align == "center" else 0
    blank = style.background_style.rich_style
    spans = (
        (run, style + own) for run, own in self.content.render(style, end="", parse_style=self.get_style)
    )
    segments = [
        Segment(glyphs, own.rich_style_with_offset(self.x + first, self.y))
        for glyphs, own, first in line.visual_segments(spans, ascending=True)
    ]
    padded = [Segment(" " * left, blank), *segments, Segment(" " * right, blank)]
    return [segment for segment in padded if segment.text], left + line.width + right


def aligned_strips(
    self: Content, width: int, height: int | None, style: Style, options: RenderOptions
) -> list[Strip]:
    """Draw `text-align: start`, the default, on the right of a right-to-left screen, and `end` on the left.

    Textual always draws them on the left and on the right. Other alignments stay, also those of content that
    `content-align` aligns as a whole.
    """
    if screen_direction() == "rtl" and options.rules.get("content_align_horizontal") in (None, "left"):
        align = options.rules.get("text_align")
        if align in (None, "start", "end"):
            side = "left" if align == "end" else "right"
            options = replace(options, rules=_Aligned(options.rules, side))  # type: ignore[arg-type]
    return _render_strips(self, width, height, style, options)


class _Aligned:
    """Style rules with a different text alignment."""

    def __init__(self, rules: RulesMap, align: str) -> None:
        self._rules = rules
        self._align = align

    def get(self, key: str, default: object = None) -> object:
        """The rule, as `dict.get` returns it."""
        return self._align if key == "text_align" else self._rules.get(key, default)


def visual_segments(self: Content, base_style: Style = _NO_STYLE, end: str = "") -> list[Segment]:
    """Draw a single line in visual order: the title of a border, the placeholder of a text area."""
    segments = _render_segments(self, base_style, end)
    if not needs_reordering(self.plain):
        return segments
    return in_visual_order(segments, screen_line("".join(segment.text for segment in segments)))


def cut_content(self: Content, max_width: int, ellipsis: bool = False, pad: bool = False) -> Content:
    """Cut a line with a sign where a number is whole and the sign stands in the order of reading."""
    if not ellipsis or not 0 < max_width < self.cell_length:
        return _truncate(self, max_width, ellipsis=ellipsis, pad=pad)
    text = cut(self.plain, max_width, cell_len)
    kept = text.rindex(SIGN)
    return self[:kept].append(text[kept:])
