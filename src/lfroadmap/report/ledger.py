"""The rows of the change log as lines that a person reads and searches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from lfroadmap.report.history import Teller, Told
from lfroadmap.report.known import Known
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.excerpt import WHOLE, Scope
from lfroadmap.roadmap.model import Roadmap
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
    def undo_of(self) -> int | None:
        """Number of the change that it took back."""


@dataclass(frozen=True, slots=True)
class Line:
    """A change: when, who, where and what."""

    number: int
    at: datetime
    author: str
    told: Told

    def plain(self) -> dict[str, object]:
        """The line as JSON has it: ids and values as they are, words in the reader's language."""
        told = self.told
        return {
            "id": self.number,
            "time": self.at.isoformat("T", "seconds"),
            "author": self.author,
            "what": told.does,
            "node": told.node,
            "card": told.card,
            "place": told.place,
            "before": told.old,
            "after": told.new,
            "text": told.sentence,
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

    def fits(self, line: Line, words: Words) -> bool:
        """Whether the line is wanted."""
        told = line.told
        if self.since and line.at.date() < self.since:
            return False
        if self.author and self.author.casefold() != line.author.casefold():
            return False
        if self.card and self.card != told.home and self.card.casefold() not in told.card.casefold():
            return False
        wanted = self.text.casefold().split()
        return not wanted or _holds(wanted, told, line, words)


def _holds(wanted: list[str], told: Told, line: Line, words: Words) -> bool:
    day = line.at.date()
    shown = " ".join(
        (words.day(day), day.isoformat(), line.author, told.card, told.sentence, told.old, told.new)
    ).casefold()
    return all(word in shown for word in wanted)


def lines(rows: Iterable[Row], teller: Teller) -> Iterator[Line]:
    """The rows as lines, in their order, as far as the teller's scope goes.

    Best from the newest on, so that every name is known.
    """
    for row in rows:
        read = _read(row, teller)
        told = read and teller.tell(*read, undone=row.undo_of is not None)
        if told or (read is None and (told := _unknown(row, teller))):
            yield Line(row.number, row.at, row.author, told)


def told(rows: Iterable[Row], roadmap: Roadmap, words: Words, scope: Scope = WHOLE) -> tuple[Line, ...]:
    """The history of a whole roadmap, as much of it as a scope lets be told; the rows come newest first.

    Of changes that were made at once each has a line; their number is the same.
    """
    teller = Teller(Known(roadmap), words, scope)
    return tuple(line for row in rows for line in _each(row, teller))


def _each(row: Row, teller: Teller) -> Iterator[Line]:
    read = _read(row, teller)
    every: Iterable[Told]
    if read is None:
        every = filter(None, (_unknown(row, teller),))
    elif isinstance(read[0], Batch) or _was_in_scope(row, teller):
        every = teller.tell_each(*read, undone=row.undo_of is not None)
    else:
        teller.known.learn(*read)
        return
    yield from (Line(row.number, row.at, row.author, told) for told in every)


def _was_in_scope(row: Row, teller: Teller) -> bool:
    """Whether the change was made where the scope goes; what it was made to may have moved there later."""
    return not row.card or teller.known.stage(row.card) is None or teller.may_tell(row.card)


def _read(row: Row, teller: Teller) -> tuple[Edit, Edit] | None:
    """The change and what takes it back; None where that is damaged, or of a newer version's kind."""
    teller.known.remember(row.node, row.label, row.card)
    try:
        return load_edit(row.edit), load_edit(row.inverse)
    except ValueError:
        return None


def _unknown(row: Row, teller: Teller) -> Told | None:
    """That something happened; that much can be told."""
    if not teller.may_tell(row.node):
        return None
    return Told("unknown", row.node, "", "", "", sentence=teller.words("change.unknown"))
