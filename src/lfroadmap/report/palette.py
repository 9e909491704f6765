"""The colors of the product: one palette of tones, in two themes, for as many colors as a screen has.

A tone says what something means, such as `late`; screens, reports and exported files take its color from
here. Each theme has a table for each depth of color, because rounding truecolor to a shorter list turns dark
grounds blue and reds white. `gray` is for screens without colors: there what is late is the strongest.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

ToneName = Literal[
    "ground", "raised", "cursor", "text", "muted", "border", "accent", "on", "late", "risk", "done",
    "low", "half", "high", "fill",
]  # fmt: skip
"""ground: behind everything; raised: header, footer, fields, hover; cursor: the cursor's row, the focused
field; border: borders and the rest of a bar; on: ink on the accent; late, risk, done: how something goes;
low, half, high: how far a bar is; fill: past columns of charts."""
Depth = Literal["truecolor", "256", "16", "gray", "gray16"]
"""Colors that a screen can show; `gray16` is gray where there are sixteen colors."""
PaletteName = Literal["deep", "paper"]
Palette = dict[ToneName, str]


class _Row(NamedTuple):
    """A tone at each depth.

    The entries of `c256` are colors 16 to 255 of xterm, the lightest grays as Rich rounds to them (`#EBEBEB`
    is sent as 254, which is `#E4E4E4`); those of `c16` are Rich's sixteen.
    """

    truecolor: str
    c256: str
    c16: str
    gray: str
    gray16: str


_BLACK, _DARK, _LIGHT, _WHITE = "#000000", "#555555", "#AAAAAA", "#FFFFFF"
_TABLES: Final[dict[PaletteName, dict[ToneName, _Row]]] = {
    "deep": {
        "ground": _Row("#0D1321", "#121212", _BLACK, "#121212", _BLACK),
        "raised": _Row("#182238", "#262626", _BLACK, "#222222", _BLACK),
        "cursor": _Row("#25375C", "#3A3A3A", _LIGHT, "#D0D0D0", _LIGHT),
        "text": _Row("#E8EDF7", "#EBEBEB", _WHITE, "#EDEDED", _WHITE),
        "muted": _Row("#A3B0CA", "#B8B8B8", _LIGHT, "#ABABAB", _LIGHT),
        "border": _Row("#5F7196", "#767676", _LIGHT, "#777777", _LIGHT),
        "accent": _Row("#6FC3FF", "#5FD7FF", "#55FFFF", _WHITE, _WHITE),
        "on": _Row("#0D1321", "#121212", _BLACK, "#121212", _BLACK),
        "late": _Row("#FF8088", "#FF8787", "#FF5555", _WHITE, _WHITE),
        "risk": _Row("#FFB85C", "#FFAF5F", "#FFFF55", "#EDEDED", _WHITE),
        "done": _Row("#7FDB98", "#87D787", "#55FF55", "#ABABAB", _LIGHT),
        "low": _Row("#FF8088", "#FF8787", "#FF5555", "#EDEDED", _WHITE),
        "half": _Row("#FFB85C", "#FFAF5F", "#FFFF55", "#EDEDED", _WHITE),
        "high": _Row("#7FDB98", "#87D787", "#55FF55", "#EDEDED", _WHITE),
        "fill": _Row("#366FA6", "#5F87AF", "#5555FF", "#6E6E6E", _LIGHT),
    },
    "paper": {
        "ground": _Row("#FAF8F3", _WHITE, _WHITE, "#F8F8F8", _WHITE),
        "raised": _Row("#EFEBE1", "#F5F5F5", _WHITE, "#EAEAEA", _WHITE),
        "cursor": _Row("#D9E6F5", "#D7FFFF", "#0000AA", "#333333", _DARK),
        "text": _Row("#1A2330", "#1C1C1C", _BLACK, "#222222", _BLACK),
        "muted": _Row("#545E6C", "#4E4E4E", _DARK, "#5C5C5C", _DARK),
        "border": _Row("#7F858D", "#767676", _DARK, "#858585", _DARK),
        "accent": _Row("#0A5FAE", "#005FAF", "#0000AA", _BLACK, _BLACK),
        "on": _Row(_WHITE, _WHITE, _WHITE, "#F8F8F8", _WHITE),
        "late": _Row("#B3202E", "#AF0000", "#AA0000", _BLACK, _BLACK),
        "risk": _Row("#8A5100", "#875F00", "#AA00AA", "#222222", _BLACK),
        "done": _Row("#1B6E36", "#005F00", _BLACK, "#5C5C5C", _DARK),
        "low": _Row("#CC3344", "#D70000", "#AA0000", "#222222", _BLACK),
        "half": _Row("#C26A00", "#AF5F00", "#AA00AA", "#222222", _BLACK),
        "high": _Row("#27874A", "#008700", "#00AA00", "#222222", _BLACK),
        "fill": _Row("#5688BC", "#5F5FD7", "#5555FF", "#868686", _DARK),
    },
}
_COLUMNS: Final[dict[Depth, int]] = {"truecolor": 0, "256": 1, "16": 2, "gray": 3, "gray16": 4}
LINES: Final[frozenset[ToneName]] = frozenset(("border", "fill", "low", "half", "high"))
"""Tones of lines and bars, which need less contrast than texts."""


def palette(name: PaletteName, depth: Depth = "truecolor") -> Palette:
    """The color of each tone, as `#RRGGBB`."""
    column = _COLUMNS[depth]
    return {tone: row[column] for tone, row in _TABLES[name].items()}


def has_one_ink(depth: Depth) -> bool:
    """True if a row on `cursor` is drawn in `on` alone, because the other tones cannot be read there."""
    return depth not in ("truecolor", "256")


def is_gray(depth: Depth) -> bool:
    """True if there are no colors, so that what is late is bold as well."""
    return depth in ("gray", "gray16")


def is_plain(depth: Depth) -> bool:
    """True if the fonts may have only the oldest signs, and black in bold may turn gray."""
    return depth in ("16", "gray16")


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colors, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
