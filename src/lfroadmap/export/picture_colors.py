"""The colors of a picture that stands alone, as attributes of its shapes.

Every shape has its color of the day as a literal attribute, which each program that draws SVG reads. For a
dark screen there is one rule of a style sheet more; it is written so that programs which know no media
queries take nothing of it.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from lfroadmap.export.markup import Html, fill, style_sheet
from lfroadmap.export.page_colors import blend
from lfroadmap.report.palette import PaletteName, ToneName, palette

Ink = ToneName | Literal["page", "line", "grid", "track"]
"""A tone, the ground of the picture, a line, a line of the grid, or the open part of a bar."""
_BLENDS: Final[dict[str, float]] = {"line": 0.45, "grid": 0.22, "track": 0.35}
_TONES: Final[tuple[ToneName, ...]] = (
    "text", "muted", "accent", "late", "risk", "done", "low", "half", "high", "fill"
)  # fmt: skip


@cache
def inks(name: PaletteName) -> dict[Ink, str]:
    """The color of each ink, in lower case."""
    tones = palette(name)
    out: dict[Ink, str] = {"page": tones["ground"].lower()}
    out |= {tone: tones[tone].lower() for tone in _TONES}
    for ink in ("line", "grid", "track"):
        out[ink] = blend(tones["ground"], tones["border"], _BLENDS[ink]).lower()
    return out


def filled(ink: Ink) -> Html:
    """The attributes of a shape or text that is filled with an ink."""
    return fill('class="f-{ink}" fill="{color}"', ink=ink, color=inks("paper")[ink])


def stroked(ink: Ink, width: float = 1) -> Html:
    """The attributes of a line in an ink, so many pixels wide."""
    return fill(
        'class="s-{ink}" fill="none" stroke="{color}" stroke-width="{width:g}"',
        ink=ink,
        color=inks("paper")[ink],
        width=width,
    )


def outlined(ink: Ink, width: float = 1) -> Html:
    """The attributes of an outline in an ink on the ground of the picture."""
    return fill(
        'class="s-{ink} f-page" fill="{ground}" stroke="{color}" stroke-width="{width:g}"',
        ink=ink,
        ground=inks("paper")["page"],
        color=inks("paper")[ink],
        width=width,
    )


def dark_style() -> Html:
    """The rules for a dark screen; no program that skips their head knows `:is` (LibreOffice)."""
    night = inks("deep")
    rules = "".join(
        f"svg :is(.f-{ink}){{fill:{color}}}svg :is(.s-{ink}){{stroke:{color}}}"
        for ink, color in night.items()
    )
    return style_sheet(f"@media(prefers-color-scheme:dark){{{rules}}}")
