"""Plainer signs for terminals whose fonts or widths do not suit those of the product."""

from __future__ import annotations

from typing import Final, Literal

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

Glyphs = Literal["full", "plain", "ascii"]
"""plain: only signs that the oldest fonts have; ascii: none that a terminal may draw in two columns."""
_FULL: Final = "╭╮╰╯━╾╼╌✓┏┓┗┛┃┣┫┻╺╸╹╻▌▐"
_PLAIN: Final = "┌┐└┘═──-√╔╗╚╝║╠╣╩══║║  "
_AMBIGUOUS: Final = "╭╮╰╯┌┐└┘━═╾╼─╌│┃║✓√▲■●○□◆·…—→←↑↓▁▂▃▄▅▆▇█▀▌▐┏┓┗┛┣┫┻╺╸╹╻╔╗╚╝╠╣╩┴┬◇◊↻"
_ASCII: Final = "++++++++==----|||vv!*o._+.~-><^v__.-=+##->>++++|||==||++++|||++o<@"
TABLES: Final[dict[Glyphs, dict[int, str]]] = {
    "full": {},
    "plain": dict(zip(map(ord, _FULL), _PLAIN, strict=True)),
    "ascii": dict(zip(map(ord, _AMBIGUOUS), _ASCII, strict=True)),
}


class PlainerGlyphs(LineFilter):
    """Puts a plainer sign in the place of each that may not be drawn right; the columns stay."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self.table = TABLES[glyphs]

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line in plainer signs."""
        table = self.table
        return [Segment(text.translate(table), style, control) for text, style, control in segments]
