"""Long histories and done tasks on a page: folded away on a phone, open on a wider screen and on paper.

What is folded stands behind the `<details>` and not in it: a rule of the screen of a phone hides it while
that is closed, so that any browser, however old, shows it everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from lfroadmap.export.markup import Html, fill
from lfroadmap.report.nodes import Grid, Item, Section
from lfroadmap.words import Words

HISTORY: Final = "history"
LONG: Final = 6
"""Most rows of a history that is not folded."""
FEW: Final = 4
"""Least number of done tasks one behind the other that are folded."""


def folded(section: Section, inner: Iterator[Html], words: Words) -> Iterator[Html]:
    """The body of a section, whose rows a long history has behind a summary with their number."""
    rows = sum(len(node.rows) for node in section.body if isinstance(node, Grid))
    if section.id != HISTORY or rows <= LONG:
        yield from inner
        return
    yield from behind(words.plural("report.entries", rows), inner)


def behind(summary: str, inner: Iterator[Html]) -> Iterator[Html]:
    """Parts that a summary is shown for where there is little room."""
    yield fill('<details class="past"><summary>{summary}</summary></details><div>', summary=summary)
    yield from inner
    yield fill("</div>")


def runs_of_done(items: Sequence[Item]) -> Iterator[tuple[tuple[Item, ...], bool]]:
    """The tasks in their order, those between the folded ones together; True for the done ones to fold."""
    waiting: tuple[Item, ...] = ()
    for is_done, group in groupby(items, key=lambda item: item.done):
        run = tuple(group)
        if is_done and len(run) >= FEW:
            if waiting:
                yield waiting, False
            yield run, True
            waiting = ()
        else:
            waiting += run
    if waiting:
        yield waiting, False
