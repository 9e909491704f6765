"""The palette: every tone can be read on its grounds, and differs from the others, at each depth of color."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color, ColorSystem, ColorType
from rich.color_triplet import ColorTriplet

from lfroadmap.report.palette import (
    LINES,
    Depth,
    PaletteName,
    ToneName,
    contrast,
    has_one_ink,
    palette,
)

NAMES: tuple[PaletteName, ...] = ("deep", "paper")
DEPTHS: tuple[Depth, ...] = ("truecolor", "256", "16", "gray", "gray16")
INKS: tuple[ToneName, ...] = ("text", "muted", "accent", "late", "risk", "done", *sorted(LINES))
STATES: tuple[ToneName, ...] = ("late", "risk", "done", "accent")
BARS: tuple[ToneName, ...] = ("low", "half", "high")


def on_cursor(tone: ToneName, depth: Depth) -> ToneName:
    """The tone in which another is drawn on the row of the cursor."""
    if has_one_ink(depth):
        return "on"
    return "muted" if tone in ("border", "fill") else tone


SYSTEMS: dict[Depth, ColorSystem] = {
    "truecolor": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "16": ColorSystem.STANDARD,
    "gray": ColorSystem.TRUECOLOR,
    "gray16": ColorSystem.STANDARD,
}


def sent(name: PaletteName, depth: Depth) -> dict[ToneName, Color]:
    """The colors that a terminal is asked for."""
    return {
        tone: Color.parse(color).downgrade(SYSTEMS[depth]) for tone, color in palette(name, depth).items()
    }


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", NAMES)
def test_every_tone_can_be_read_on_every_ground(name: PaletteName, depth: Depth) -> None:
    colors = {tone: color.get_truecolor().hex for tone, color in sent(name, depth).items()}
    if depth in ("16", "gray16"):  # Rich's sixteen: those of terminals differ from each other
        colors = {tone: color.lower() for tone, color in palette(name, depth).items()}
    for tone in INKS:
        least = 3 if tone in LINES else 4.5
        assert contrast(colors[tone], colors["ground"]) >= least, tone
        assert contrast(colors[tone], colors["raised"]) >= least, tone
        assert contrast(colors[on_cursor(tone, depth)], colors["cursor"]) >= least, tone
    assert contrast(colors["on"], colors["accent"]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_256_colors_is_sent_as_chosen(name: PaletteName) -> None:
    chosen = palette(name, "256")
    for tone, color in sent(name, "256").items():
        assert color.type is ColorType.EIGHT_BIT and (color.number or 0) >= 16
        shown, written = color.get_truecolor(), Color.parse(chosen[tone]).get_truecolor()
        assert max(abs(a - b) for a, b in zip(shown, written, strict=True)) <= 7, tone


@pytest.mark.parametrize("depth", ["16", "gray16"])
@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_sixteen_colors_is_sent_as_chosen(name: PaletteName, depth: Depth) -> None:
    numbers = {
        color: STANDARD_PALETTE.match(Color.parse(color).get_truecolor())
        for color in palette(name, depth).values()
    }
    for color, number in numbers.items():
        assert ColorTriplet(*STANDARD_PALETTE[number]).hex.upper() == color


@pytest.mark.parametrize("depth", ["truecolor", "256", "16"])
@pytest.mark.parametrize("name", NAMES)
def test_what_means_something_else_has_another_color(name: PaletteName, depth: Depth) -> None:
    colors = palette(name, depth)
    for group in (STATES, BARS):
        for first, second in combinations(group, 2):
            assert colors[first] != colors[second], (first, second)
    for tone in (*BARS, "fill"):
        assert colors[tone] != colors["border"], tone
    assert colors["text"] != colors["muted"]


@pytest.mark.parametrize("depth", ["gray", "gray16"])
@pytest.mark.parametrize("name", NAMES)
def test_without_colors_what_is_late_is_the_strongest(name: PaletteName, depth: Depth) -> None:
    colors = palette(name, depth)
    strength = {tone: contrast(colors[tone], colors["ground"]) for tone in INKS}
    assert strength["late"] == max(strength.values())
    assert strength["late"] >= strength["risk"] >= strength["done"] < strength["text"]
    assert len(set(colors[tone] for tone in BARS)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_no_ground_turns_blue_in_256_colors(name: PaletteName) -> None:
    for tone in ("ground", "raised", "on"):
        red, green, blue = sent(name, "256")[tone].get_truecolor()
        assert red == green == blue, tone
