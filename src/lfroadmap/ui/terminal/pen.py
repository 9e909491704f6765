"""A pen that writes at places of a terminal, and of each style only what is another than before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""Attribute -> what ends it, and colors do not; those of others end with everything."""
_DRAWS_BLANKS = frozenset(["4", "7", "9", "21", "51", "52", "53"])
"""Attributes that can be seen on a blank."""


class Look(NamedTuple):
    """A style as the codes of a terminal."""

    attributes: str = ""
    ink: str = "39"
    ground: str = "49"
    link: str = ""


PLAIN = Look()


@lru_cache(maxsize=2048)
def look_of(style: Style | None, system: ColorSystem) -> Look:
    """The codes of a style."""
    if style is None:
        return PLAIN
    ink, ground = (color and color.downgrade(system) for color in (style.color, style.bgcolor))
    return Look(
        Strip.render_ansi(style.without_color, system),
        ";".join(ink.get_ansi_codes()) if ink else PLAIN.ink,
        ";".join(ground.get_ansi_codes(False)) if ground else PLAIN.ground,
        style.link or "",
    )


@lru_cache(maxsize=2048)
def on_blank(look: Look) -> Look:
    """What can be seen of it on a blank."""
    is_plain = not look.link and _DRAWS_BLANKS.isdisjoint(look.attributes.split(";"))
    return Look(ground=look.ground) if is_plain else look


@lru_cache(maxsize=4096)
def _switch(before: Look, look: Look) -> str:
    """What a terminal is sent to go from one style to another."""
    link = f"\x1b]8;;{look.link}\x1b\\" if look.link != before.link else ""
    attributes = _attribute_codes(before.attributes, look.attributes)
    colors = PLAIN[1:3] if attributes[:1] == ["0"] else before[1:3]
    codes = attributes + [new for new, old in zip(look[1:3], colors, strict=True) if new != old]
    return f"{link}\x1b[{';'.join(codes)}m" if codes else link


def _attribute_codes(before: str, after: str) -> list[str]:
    """The codes that lead from some attributes to others."""
    old, new = (text.split(";") if text else [] for text in (before, after))
    ended = [each for each in old if each not in new]
    if any(each not in _OFF for each in ended):
        return ["0", *new]
    off = sorted({_OFF[each] for each in ended})  # bold and dim end together
    return off + [each for each in new if each not in old or _OFF.get(each) in off]


class Pen:
    """Collects what is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._look = self._on_blank = PLAIN

    def move_to(self, x: int, y: int) -> None:
        """Go on at a place, counted from 0."""
        self.sent.append(f"\x1b[{y + 1};{x + 1}H")

    def write(self, text: str, look: Look) -> None:
        """Write a text in a style; of blanks only the ground counts."""
        known = self._look if text.strip(" ") else self._on_blank
        if look is not known and look != known:
            self._change(look)
        self.sent.append(text)

    def write_line(self, segments: Iterable[Segment], system: ColorSystem) -> None:
        """Write texts in their styles, as `write` does, without a call for each."""
        looks: dict[
            int, Look
        ] = {}  # by the identity of the style: to hash one takes longer than all the rest
        for text, style, _ in segments:
            look = looks.get(id(style))
            if look is None:
                look = looks[id(style)] = look_of(style, system)
            known = self._look
            if not text.strip(" "):
                look, known = on_blank(look), self._on_blank
            if look is not known and look != known:
                self._change(look)
            self.sent.append(text)

    def _change(self, look: Look) -> None:
        self.sent.append(_switch(self._look, look))
        self._look, self._on_blank = look, on_blank(look)

    def text(self) -> str:
        """Everything that was written, and what ends the last style."""
        self._change(PLAIN)
        return "".join(self.sent)
