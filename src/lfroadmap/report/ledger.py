"""The rows of the change log as lines that a person reads and searches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from lfroadmap.report.history import Teller, Told
from lfroadmap.report.known import Known
from lfroadmap.roadmap.codec import load_edit
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
        if told := _told(row, teller):
            yield Line(row.number, row.at, row.author, told)


def _told(row: Row, teller: Teller) -> Told | None:
    teller.known.remember(row.node, row.label, row.card)
    try:
        edit, inverse = load_edit(row.edit), load_edit(row.inverse)
    except ValueError:  # damaged, or of a newer version's kind: it happened, and that much is told
        known = teller.may_tell(row.node)
        return (
            Told("unknown", row.node, "", "", "", sentence=teller.words("change.unknown")) if known else None
        )
    return teller.tell(edit, inverse, undone=row.undo_of is not None)


def told(rows: Iterable[Row], roadmap: Roadmap, words: Words, scope: Scope = WHOLE) -> tuple[Line, ...]:
    """The history of a whole roadmap, as much of it as a scope lets be told; the rows come newest first."""
    return tuple(lines(rows, Teller(Known(roadmap), words, scope)))
