"""The themes: `deep` and `paper` beside Textual's own, each with the product's tones as variables `lf-…`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, cast

from rich.console import Console
from textual import constants
from textual.color import Color
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.reactive import Initialize, Reactive
from textual.theme import BUILTIN_THEMES, Theme
from textual.widget import Widget

from lfroadmap.bidi.dialect import Dialect
from lfroadmap.bidi.probe import Detected
from lfroadmap.report.palette import (
    Depth,
    Palette,
    PaletteName,
    ToneName,
    has_one_ink,
    is_gray,
    is_plain,
    palette,
)
from lfroadmap.ui import quick_lookups
from lfroadmap.ui.kept_rules import KeptRules
from lfroadmap.ui.terminal.driver import DialectApp
from lfroadmap.ui.widgets.tones import DEPTH

OWN: Final[tuple[PaletteName, ...]] = ("deep", "paper")


def color_depth(environ: Mapping[str, str] = os.environ) -> Depth:
    """How many colors the terminal shows, by TERM, COLORTERM and NO_COLOR, as Textual and Rich read them."""
    colored = {name: value for name, value in environ.items() if name != "NO_COLOR"}
    console = Console(color_system=cast(Any, constants.COLOR_SYSTEM), force_terminal=True, _environ=colored)
    few = console.color_system in ("standard", "windows", None)
    if "NO_COLOR" in environ:
        return "gray16" if few else "gray"
    return "16" if few else "256" if console.color_system == "256" else "truecolor"


@lru_cache(maxsize=8)
def own_themes(depth: Depth) -> dict[str, Theme]:
    """The product's own themes in the colors of a depth."""
    return {name: _own_theme(name, depth) for name in OWN}


def _own_theme(name: PaletteName, depth: Depth) -> Theme:
    tones = palette(name, depth)
    return Theme(
        name=name,
        dark=name == "deep",
        primary=tones["accent"],
        secondary=tones["border"],
        accent=tones["accent"],
        foreground=tones["text"],
        background=tones["ground"],
        surface=tones["ground"],
        panel=tones["raised"],
        boost=tones["raised"],
        success=tones["done"],
        warning=tones["risk"],
        error=tones["late"],
        variables=_own_variables(tones, depth) | _as_variables(tones),
    )


def _own_variables(tones: Palette, depth: Depth) -> dict[str, str]:
    """The variables of Textual's own widgets; nothing is blended: each color is one of the palette."""
    text, muted, accent, on = tones["text"], tones["muted"], tones["accent"], tones["on"]
    border, cursor, ground, raised = tones["border"], tones["cursor"], tones["ground"], tones["raised"]
    selected = on if has_one_ink(depth) else text
    return {
        "text": text, "text-muted": muted, "text-disabled": muted, "foreground-muted": muted,
        "foreground-disabled": muted, "text-primary": accent, "text-secondary": muted, "text-accent": accent,
        "text-error": tones["late"], "text-warning": tones["risk"], "text-success": tones["done"],
        "border": accent, "border-blurred": border, "surface-active": raised,
        "block-cursor-foreground": selected, "block-cursor-background": cursor,
        "block-cursor-text-style": "none" if is_plain(depth) else "bold",
        "block-cursor-blurred-foreground": text, "block-cursor-blurred-background": raised,
        "block-hover-background": raised, "input-cursor-background": on if has_one_ink(depth) else text,
        "input-cursor-foreground": cursor if has_one_ink(depth) else ground,
        "input-selection-background": accent, "input-selection-foreground": on,
        "screen-selection-background": cursor, "screen-selection-foreground": selected,
        "scrollbar": border, "scrollbar-hover": muted, "scrollbar-active": accent,
        "scrollbar-background": ground, "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground, "scrollbar-corner-color": ground,
        "button-foreground": text, "button-color-foreground": on,
        "button-focus-text-style": "none" if is_plain(depth) else "bold",
        "link-color": accent, "link-color-hover": on, "link-background-hover": accent,
        "markdown-h1-color": accent, "markdown-h2-color": accent, "markdown-h3-color": text,
    }  # fmt: skip


def _as_variables(tones: Palette) -> dict[str, str]:
    return {f"lf-{tone}": color for tone, color in tones.items()}


def _derived(tones: Mapping[str, str], depth: Depth) -> dict[str, str]:
    """Variables that follow from the tones: ink on the cursor's row, buttons, the page behind a dialog."""
    backdrop = "transparent" if is_plain(depth) else f"{tones['lf-ground']} 60%"
    ink = tones["lf-on" if has_one_ink(depth) else "lf-text"]
    button = tones["lf-cursor" if is_plain(depth) else "lf-raised"]
    return {
        "lf-on-cursor": ink,
        "lf-backdrop": backdrop,
        "lf-button": button,
        "lf-on-button": ink if is_plain(depth) else tones["lf-text"],
        DEPTH: depth,
    }


def tones_of_theme(theme: Theme, depth: Depth) -> dict[str, str]:
    """The variables `lf-…` of a theme of Textual's: from its own colors, where there are enough of them."""
    colors = theme.to_color_system().generate()
    tones = palette("deep" if theme.dark else "paper", depth)
    grounds: dict[ToneName, str] = {"ground": colors["background"], "raised": colors["panel"]}
    if is_plain(depth) or is_gray(depth):
        return _as_variables(tones | ({} if theme.ansi else grounds))
    if theme.ansi:
        return _as_variables(_ansi_tones(colors))
    return _as_variables(tones | grounds | _blended(colors))


def _blended(colors: Mapping[str, str]) -> dict[ToneName, str]:
    """The tones of a theme in truecolor, between its text and its background where it has none."""
    ground, text, primary = (Color.parse(colors[name]) for name in ("background", "foreground", "primary"))
    accent = Color.parse(colors["text-accent"])
    late, risk, done = colors["text-error"], colors["text-warning"], colors["text-success"]
    return {
        "text": text.hex, "muted": ground.blend(text, 0.7).hex, "border": ground.blend(text, 0.45).hex,
        "cursor": ground.blend(primary, 0.3).hex, "fill": ground.blend(primary, 0.8).hex,
        "accent": accent.hex, "on": accent.get_contrast_text(1.0).hex,
        "late": late, "risk": risk, "done": done, "low": late, "half": risk, "high": done,
    }  # fmt: skip


def _ansi_tones(colors: Mapping[str, str]) -> Palette:
    """The tones of a theme in the terminal's own colors."""
    text, ground, late = colors["foreground"], colors["background"], colors["error"]
    return {
        "ground": ground, "raised": ground, "cursor": "ansi_blue", "text": text, "muted": text,
        "border": text, "accent": colors["primary"], "on": "ansi_bright_white",
        "late": late, "risk": colors["warning"], "done": colors["success"],
        "low": late, "half": colors["warning"], "high": colors["success"], "fill": colors["primary"],
    }  # fmt: skip


def _glyph_filters(glyphs: str, depth: Depth) -> list[LineFilter]:
    chosen = ("plain" if is_plain(depth) else "full") if glyphs == "auto" else glyphs
    if chosen == "full":
        return []
    from lfroadmap.ui.glyphs import PlainerGlyphs  # noqa: PLC0415 - most terminals need none

    return [PlainerGlyphs("ascii" if chosen == "ascii" else "plain")]


def _has_gone(widget: Widget) -> bool:
    """True if a widget is being removed, or is on a screen that has its result."""
    return widget._pruning or not widget.is_attached or getattr(widget.screen, "has_ended", False)


class ThemedApp(DialectApp):
    """An app with the product's themes, which begins in the one that is asked for."""

    theme: Reactive[str] = Reactive(Initialize(lambda app: cast(ThemedApp, app).first_theme))
    _current: Theme | None = None

    def __init__(self, theme: str, glyphs: str, dialect: Dialect, detected: Detected | None) -> None:
        self.depth = color_depth()
        self._glyphs = _glyph_filters(glyphs, self.depth)
        self.first_theme: str = theme if theme in (*OWN, *BUILTIN_THEMES) else OWN[0]
        quick_lookups.install()
        super().__init__(dialect, detected)
        self.stylesheet = KeptRules(self.stylesheet._variables)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """The product's themes, and then Textual's."""
        return own_themes(self.depth) | super().available_themes

    @property
    def current_theme(self) -> Theme:
        """The theme in use, looked up once: Textual asks for it with each widget that it draws."""
        if self._current is None or self._current.name != self.theme:
            self._current = super().current_theme
        return self._current

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Style a node again; not one that has gone, and loses the focus by that: nobody sees it."""
        if not (isinstance(node, Widget) and _has_gone(node)):
            super().update_styles(node, animate)

    def use_glyphs(self, glyphs: str) -> None:
        """Draw everything with other signs."""
        before, self._glyphs = self._glyphs, _glyph_filters(glyphs, self.depth)
        if [type(each) for each in before] == [type(each) for each in self._glyphs] == []:
            return
        for screen in self.screen_stack:
            for node in screen.walk_children(with_self=True):
                if isinstance(node, Widget):
                    node.notify_style_update()
                    node.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that takes plainer signs where they are needed."""
        return [*super().get_line_filters(), *self._glyphs]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The tones of a theme that has none itself, and what follows from the tones."""
        theme = self.current_theme
        tones = theme.variables if theme.name in OWN else tones_of_theme(theme, self.depth)
        return tones | _derived(tones, self.depth)
