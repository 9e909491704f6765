"""A long history on a page: folded away on a phone, open on a wider screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lfroadmap.export.markup import Html, fill
from lfroadmap.report.nodes import Grid, Section
from lfroadmap.words import Words

HISTORY: Final = "history"
LONG: Final = 6
"""Most rows of a history that is not folded."""


def folded(section: Section, inner: Iterator[Html], words: Words) -> Iterator[Html]:
    """The body of a section, whose rows a long history has behind a summary with their number."""
    rows = sum(len(node.rows) for node in section.body if isinstance(node, Grid))
    if section.id != HISTORY or rows <= LONG:
        yield from inner
        return
    yield fill('<details class="past"><summary>{text}</summary>', text=words.plural("report.entries", rows))
    yield from inner
    yield fill("</details>")
