"""The tones in which widgets draw, so that late, at risk and done look alike everywhere.

They come from the theme's variables `lf-…`, not from style rules: Textual styles a node for every named
style of every widget, which was a fifth of the time to the first picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.report.palette import Depth, ToneName, has_one_ink, is_gray, is_plain
from lfroadmap.ui.terminal.kept_colors import MixedOnce

DEPTH: Final = "lf-depth"
"""The variable that says how many colors there are."""
_ON_CURSOR: Final[dict[ToneName, ToneName]] = {"border": "muted", "fill": "muted"}
"""Tones that look like the row of the cursor, and those that replace them there."""
_BLACK: Final = "#000000"


class Tones:
    """The tones of one theme as styles, each made once."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.depth = cast(Depth, variables[DEPTH])
        self.one_ink = has_one_ink(self.depth)
        self.plain = is_plain(self.depth)
        self._kept: dict[tuple[ToneName, bool], Style] = {}
        self._on_cursor: dict[Style, Style] = {}

    def __call__(self, name: ToneName, *, bold: bool = False) -> Style:
        """The tone as ink, without a ground; what is late is bold where there are no colors."""
        key = (name, bold)
        if key not in self._kept:
            strong = bold or (name == "late" and is_gray(self.depth))
            strong = strong and self._can_be_bold(name)
            self._kept[key] = Style(color=self._color(name), bold=strong or None)
        return self._kept[key]

    def ground(self, name: ToneName) -> Style:
        """The tone as a ground."""
        return Style(bgcolor=self._color(name))

    def block(self, *, bold: bool = True) -> Style:
        """Ink on the accent: a title's chip, the chosen tab, the chosen button."""
        bold = bold and self._can_be_bold("on")
        return Style(color=self._color("on"), bgcolor=self._color("accent"), bold=bold)

    def on_cursor(self, strip: Strip, *, mark: bool = False) -> Strip:
        """A row as it is drawn under the cursor, with a mark on the blank at its start."""
        segments = [Segment(text, self._under_cursor(style or Style())) for text, style, _ in strip]
        if mark and not self.plain:
            _mark(segments, self("accent") + self.ground("cursor"))
        return Strip(segments, strip.cell_length)

    def _under_cursor(self, style: Style) -> Style:
        if style not in self._on_cursor:
            self._on_cursor[style] = style + self.ground("cursor") + self._ink_under_cursor(style)
        return self._on_cursor[style]

    def _ink_under_cursor(self, style: Style) -> Style:
        if self.one_ink:
            return Style(color=self._color("on"), bold=self._can_be_bold("on") and style.bold, dim=False)
        for name, other in _ON_CURSOR.items():
            if style.color == self._color(name):
                return self(other)
        return Style()

    def _color(self, name: ToneName) -> RichColor:
        return Color.parse(self.variables[f"lf-{name}"]).rich_color

    def _can_be_bold(self, name: ToneName) -> bool:
        """False for black ink in sixteen colors: in many terminals it turns gray."""
        return not (self.plain and self.variables[f"lf-{name}"] == _BLACK)


def _mark(segments: list[Segment], style: Style) -> None:
    """Put the cursor's mark on the first cell in reading, where that is blank."""
    if screen_direction() == "ltr" and segments and segments[0].text.startswith(" "):
        first = segments[0]
        segments[:1] = [Segment("▌", style), Segment(first.text[1:], first.style)]
    elif screen_direction() == "rtl" and segments and segments[-1].text.endswith(" "):
        last = segments[-1]
        segments[-1:] = [Segment(last.text[:-1], last.style), Segment("▐", style)]


class _Kept:
    """The tones of the theme that was asked for last."""

    tones: Tones | None = None


def tones_in(variables: Mapping[str, str]) -> Tones:
    """The tones in the variables of an app's theme."""
    if _Kept.tones is None or _Kept.tones.variables is not variables:
        _Kept.tones = Tones(variables)
    return _Kept.tones


class Toned(MixedOnce):
    """A widget that draws in the tones of its app's theme."""

    _drawing = False
    _base: Style | None = None
    """The style of the lines that are being drawn."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines, with the style that they have in common looked up once: it is asked for by each."""
        self._drawing = True
        try:
            return super().render_lines(crop)
        finally:
            self._drawing, self._base = False, None

    @property
    def rich_style(self) -> Style:
        """The colors of the widget on those that it lies on."""
        if self._base is None or not self._drawing:
            self._base = super().rich_style
        return self._base

    @property
    def tones(self) -> Tones:
        """The tones of the theme."""
        return tones_in(self.app.theme_variables)

    def tone(self, name: ToneName, *, bold: bool = False) -> Style:
        """The style of a tone, without a ground."""
        return self.tones(name, bold=bold)

    def tone_of(self, name: ToneName | None) -> Style:
        """The style of a share's tone or of a health; plain where it has none."""
        return self.tone(name) if name else Style()
