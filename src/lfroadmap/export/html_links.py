"""Addresses in typed text as links of a page; the only typed text that stands in an attribute."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.export.bidi_markup import direction_runs
from lfroadmap.export.markup import Html, escaped, fill, joined
from lfroadmap.roadmap.links import Link
from lfroadmap.text import Direction, direction


def left_to_right(text: str) -> Html:
    """A text that is isolated left to right."""
    return fill('<bdi dir="ltr">{text}</bdi>', text=text)


def in_direction(inner: Html, way: Direction, base: Direction) -> Html:
    """A line of a direction on a page of direction `base`, isolated where it runs against it."""
    return inner if way == base else fill('<bdi dir="{way}">{inner}</bdi>', way=way, inner=inner)


def anchor(address: str, way: Direction) -> Html:
    """A link to an address, which stays whole in a line of a direction."""
    shown = escaped(address) if way == "ltr" else left_to_right(address)
    return fill('<a href="{link}" rel="noopener noreferrer">{text}</a>', link=address, text=shown)


def linked_line(text: str, links: Sequence[Link], base: Direction) -> Html:
    """One line of clean text with its links."""
    way, end = direction(text, base), 0
    pieces: list[Html] = []
    for link in links:
        pieces += [_piece(text[end : link.start], way), anchor(link.address, way)]
        end = link.end
    return in_direction(joined([*pieces, _piece(text[end:], way)]), way, base)


def _piece(text: str, way: Direction) -> Html:
    """A piece of a line of a direction."""
    if way == "ltr":
        return escaped(text)
    _, parts = direction_runs(text, way)
    return joined(left_to_right(part.text) if part.apart else escaped(part.text) for part in parts)
