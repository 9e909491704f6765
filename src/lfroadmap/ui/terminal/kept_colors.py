"""The colors of widgets while a picture is drawn: what several lie on is mixed once for all.

Textual mixes them for each widget from the app down, which took a tenth of drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from rich.style import Style
from textual.color import Color
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget


class _Mixed(NamedTuple):
    """The colors of a node on all that it lies on."""

    ground: Color
    below: Color
    """The ground of what it lies on."""
    painted: Color
    """The ground as its own text has it, where only the nodes count that have one."""
    ink: Color
    style: Style
    opacity: float


_NO_COLOR = Color(0, 0, 0, 0)
_ON_NOTHING = _Mixed(_NO_COLOR, _NO_COLOR, _NO_COLOR, Color(255, 255, 255, 0), Style(), 1.0)


class _Kept:
    """What was mixed for the picture that is being drawn; None between two pictures."""

    mixed: dict[DOMNode, _Mixed] | None = None
    screen: Screen[Any] | None = None
    """The screen that is being drawn."""


@contextmanager
def colors_kept(screen: Screen[Any] | None = None) -> Iterator[None]:
    """Mix the colors of each node once, and find the screen of each at once.

    Nothing may change its style meanwhile, and no widget of another screen may be drawn.
    """
    before = _Kept.mixed, _Kept.screen
    _Kept.mixed, _Kept.screen = {}, screen
    try:
        yield
    finally:
        _Kept.mixed, _Kept.screen = before


class MixedOnce(Widget):
    """A widget that takes its colors from what was mixed for those that it lies on."""

    @property
    def rich_style(self) -> Style:
        """The colors of the widget on those that it lies on."""
        if _Kept.mixed is None:
            return super().rich_style
        mixed = _mix(self, _Kept.mixed)
        ground, ink = mixed.painted, mixed.ink
        return mixed.style + Style.from_color(
            (ground + ink).rich_color if ground.a or ink.a else None, ground.rich_color if ground.a else None
        )

    @property
    def background_colors(self) -> tuple[Color, Color]:
        """The ground of what the widget lies on, and its own."""
        if _Kept.mixed is None:
            return super().background_colors
        mixed = _mix(self, _Kept.mixed)
        return mixed.below, mixed.ground

    @property
    def opacity(self) -> float:
        """How much of the widget is seen, with all that it lies on."""
        return super().opacity if _Kept.mixed is None else _mix(self, _Kept.mixed).opacity

    @property
    def screen(self) -> Screen[Any]:
        """The screen of the widget; it is asked for with each look at a widget's size."""
        return _Kept.screen or super().screen


def _mix(node: DOMNode, known: dict[DOMNode, _Mixed]) -> _Mixed:
    if node not in known:
        above = node.parent
        known[node] = _on(_mix(above, known) if above is not None else _ON_NOTHING, node)
    return known[node]


def _on(below: _Mixed, node: DOMNode) -> _Mixed:
    """The colors of a node on what it lies on."""
    styles = node.styles
    opacity = below.opacity * styles.opacity
    own = styles.background.tint(styles.background_tint)
    paint, ink = below.painted, below.ink
    text_ground = paint
    if styles.has_rule("background"):
        text_ground, paint = paint + own, paint + own.multiply_alpha(opacity)
    if styles.has_rule("color"):
        ink = styles.color
    if styles.has_rule("auto_color") and styles.auto_color:
        ink = text_ground.get_contrast_text(ink.a)
    ground = below.ground + own.multiply_alpha(opacity)
    return _Mixed(ground, below.ground, paint, ink, below.style + styles.text_style, opacity)
