"""Where a text is broken that is wrapped to a width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content

_WORD = re.compile(r"\s*\S+\s*")
_HYPHENATED = re.compile(r"\s*\S*?[A-Za-z]-(?=[A-Za-z])|\s*\S+\s*")


def line_starts(text: str, width: int) -> tuple[int, ...]:
    """The indexes at which the lines of a text begin that is wrapped between words to a width in cells."""
    if width < 2 or cell_len(text) <= width:
        return (0,)
    plain = text.isascii() and text.isprintable()
    return (plain and _plain_starts(text, width)) or _content_starts(text, width)


def _plain_starts(text: str, width: int) -> tuple[int, ...]:
    """The same for a text of one cell a character, which is much faster; empty where a word is too long."""
    starts, taken = [0], 0
    for word in _parts(text, width):
        length = len(word[0].rstrip())
        if length > width:
            return ()
        if length > width - taken and taken:
            starts.append(word.start())
            taken = 0
        taken += len(word[0])
    return tuple(starts)


def _parts(text: str, width: int) -> Iterator[re.Match[str]]:
    """The words with the blanks behind them; of a word longer than a line the parts that end in a hyphen."""
    for word in _WORD.finditer(text):
        if len(word[0].rstrip()) > width:
            yield from _HYPHENATED.finditer(text, *word.span())
        else:
            yield word


def _content_starts(text: str, width: int) -> tuple[int, ...]:
    starts, at = [], 0
    for part in Content(text).wrap(width):
        at = max(text.find(part.plain, at), at)
        starts.append(at)
        at += len(part.plain)
    return (0, *starts[1:])
