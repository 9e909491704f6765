"""Styled pieces of a line in visual order, and as they are sent to a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.segment import Segment

from lfroadmap.bidi.dialect import Dialect, encode_texts

if TYPE_CHECKING:
    from lfroadmap.bidi.line import BidiLine


def in_visual_order(segments: Iterable[Segment], line: BidiLine) -> list[Segment]:
    """The segments of a line in logical order -> in visual order; each letter keeps its style."""
    spans = ((segment.text, segment.style) for segment in segments)
    return [Segment(glyphs, style) for glyphs, style, _ in line.visual_segments(spans)]


def encoded(segments: list[Segment], dialect: Dialect) -> list[Segment]:
    """The segments of a line in visual order -> in a terminal's dialect; styles stay with their cells."""
    texts = [segment.text for segment in segments]
    sent = encode_texts(dialect, texts)
    if sent == texts:
        return segments
    return [Segment(text, style, control) for text, (_, style, control) in zip(sent, segments, strict=True)]
