"""The last step to the terminal: finished lines, written as its dialect wants them."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from lfroadmap.bidi.dialect import Dialect, write_texts


class DialectFilter(LineFilter):
    """Writes the text of a line, which is in the order of the screen, in a terminal's dialect."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(enabled=dialect.rewrites)
        self.dialect = dialect

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line as it is sent; styles stay with their cells."""
        texts = [segment.text for segment in segments]
        sent = write_texts(self.dialect, texts)
        if sent == texts:
            return segments
        return [
            Segment(text, style, control) for text, (_, style, control) in zip(sent, segments, strict=True)
        ]
