"""The rows of the change log as lines that a person reads and searches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from lfroadmap.report.history import ChangeFormatter, ChangeText, Step
from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.scope import WHOLE, Scope
from lfroadmap.words import Words


class Row(Protocol):
    """What is read of a row of the change log; the edits are JSON."""

    @property
    def number(self) -> int:
        """Newer changes have higher ones."""

    @property
    def at(self) -> datetime:
        """Local time."""

    @property
    def author(self) -> str:
        """Who did it."""

    @property
    def node(self) -> str:
        """What it was done to."""

    @property
    def card(self) -> str:
        """Where that is: the id of a card or a stage, or empty."""

    @property
    def label(self) -> str | None:
        """The node's own words at that time."""

    @property
    def edit(self) -> str:
        """The whole change."""

    @property
    def inverse(self) -> str:
        """What takes it back."""

    @property
    def step(self) -> Step | None:
        """`undo` if it took another change back, `redo` if it took an undo back."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A change: when, who, where and what."""

    number: int
    at: datetime
    author: str
    change: ChangeText

    def plain(self) -> dict[str, object]:
        """The line as JSON has it: ids and values as they are, words in the reader's language."""
        change = self.change
        return {
            "id": self.number,
            "time": self.at.isoformat("T", "seconds"),
            "author": self.author,
            "what": change.does,
            "node": change.node,
            "card": change.card,
            "place": change.place,
            "before": change.old,
            "after": change.new,
            "text": change.sentence,
        }


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines are wanted; what is empty wants all."""

    text: str = ""
    """Words that all stand somewhere in the line, in any case: the day, the person, the card, the change."""
    card: str = ""
    """A card's id or a part of its title."""
    author: str = ""
    since: date | None = None
    """The first day that is wanted."""

    def fits(self, line: HistoryLine, words: Words) -> bool:
        """Whether the line is wanted."""
        change = line.change
        if self.since and line.at.date() < self.since:
            return False
        if self.author and self.author.casefold() != line.author.casefold():
            return False
        if self.card and self.card != change.home and self.card.casefold() not in change.card.casefold():
            return False
        wanted = self.text.casefold().split()
        return not wanted or _holds(wanted, change, line, words)


def _holds(wanted: list[str], change: ChangeText, line: HistoryLine, words: Words) -> bool:
    day = line.at.date()
    shown = " ".join(
        (words.day(day), day.isoformat(), line.author, change.card, change.sentence, change.old, change.new)
    ).casefold()
    return all(word in shown for word in wanted)


def lines_of(rows: Iterable[Row], formatter: ChangeFormatter) -> Iterator[HistoryLine]:
    """The rows as lines, in their order, as far as the formatter's scope goes.

    Best from the newest on, so that every name is known.
    """
    for row in rows:
        read = _read(row, formatter)
        change = read and formatter.describe(*read, step=row.step)
        if change or (read is None and (change := _unknown(row, formatter))):
            yield HistoryLine(row.number, row.at, row.author, change)


def history_lines(
    rows: Iterable[Row], roadmap: Roadmap, words: Words, scope: Scope = WHOLE
) -> tuple[HistoryLine, ...]:
    """The history of a whole roadmap, as much of it as a scope lets be told; the rows come newest first.

    Of changes that were made at once each has a line; their number is the same.
    """
    formatter = ChangeFormatter(NodeIndex(roadmap), words, scope)
    return tuple(line for row in rows for line in _each(row, formatter))


def _each(row: Row, formatter: ChangeFormatter) -> Iterator[HistoryLine]:
    read = _read(row, formatter)
    every: Iterable[ChangeText]
    if read is None:
        every = filter(None, (_unknown(row, formatter),))
    elif isinstance(read[0], Batch) or _was_in_scope(row, formatter):
        every = formatter.describe_each(*read, step=row.step)
    else:
        formatter.index.learn(*read)
        return
    yield from (HistoryLine(row.number, row.at, row.author, change) for change in every)


def _was_in_scope(row: Row, formatter: ChangeFormatter) -> bool:
    """Whether the change was made where the scope goes; what it was made to may have moved there later."""
    return not row.card or formatter.index.stage(row.card) is None or formatter.is_in_scope(row.card)


def _read(row: Row, formatter: ChangeFormatter) -> tuple[Edit, Edit] | None:
    """The change and what takes it back; None where that is damaged, or of a newer version's kind."""
    formatter.index.remember(row.node, row.label, row.card)
    try:
        return load_edit(row.edit), load_edit(row.inverse)
    except ValueError:
        return None


def _unknown(row: Row, formatter: ChangeFormatter) -> ChangeText | None:
    """That something happened; that much can be told."""
    if not formatter.is_in_scope(row.node):
        return None
    return ChangeText("unknown", row.node, "", "", "", sentence=formatter.words("change.unknown"))
