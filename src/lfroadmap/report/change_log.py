"""The rows of the change log as readable and searchable lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from lfroadmap.report.history import ChangeFormatter, ChangeText, Step
from lfroadmap.report.node_index import NodeIndex
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.scope import WHOLE, Scope
from lfroadmap.text import one_line
from lfroadmap.words import Words

APART = timedelta(minutes=1)
"""Time from which on the making of a change and its arrival are told apart."""


class Row(Protocol):
    """The attributes of a row of the change log that are needed; the edits are JSON."""

    @property
    def number(self) -> int:
        """Later changes have higher ones."""

    @property
    def at(self) -> datetime:
        """Local time."""

    @property
    def author(self) -> str:
        """Author of the change."""

    @property
    def made(self) -> datetime | None:
        """When its author made it on another device; None: at the time when it came into the file."""

    @property
    def actor(self) -> str:
        """Id of the person; empty where it is unknown."""

    @property
    def origin(self) -> str:
        """Id of the device that it came from; empty: made in this file."""

    @property
    def node(self) -> str:
        """Id of the changed node."""

    @property
    def card(self) -> str:
        """Id of the node's card or stage, or empty."""

    @property
    def label(self) -> str | None:
        """The node's own text at that time."""

    @property
    def edit(self) -> str:
        """The full edit."""

    @property
    def inverse(self) -> str:
        """The inverse of the edit."""

    @property
    def step(self) -> Step | None:
        """`undo` if it undid another change, `redo` if it undid an undo."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A change: time, author, place and description."""

    number: int
    at: datetime
    author: str
    change: ChangeText
    made: datetime | None = None
    """When its author made it, where that was at least a minute from `at`, when it came into the file."""
    who: str = ""
    """The author as the reader knows them: by the name, or the reader on another device."""
    person: tuple[str, str] = ("", "")
    """Ids of the person and the device, as far as they are known: two persons may have one name."""

    def plain(self) -> dict[str, object]:
        """The line as JSON values: ids and values unchanged, descriptions in the reader's language."""
        change = self.change
        out: dict[str, object] = {
            "id": self.number,
            "time": self.at.isoformat("T", "seconds"),
            "author": self.author,
            "what": change.action,
            "node": change.node,
            "card": change.card,
            "place": change.place,
            "before": change.old,
            "after": change.new,
            "text": change.sentence,
        }
        return out | ({"made": self.made.isoformat("T", "seconds")} if self.made else {})


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of lines; an empty attribute filters nothing."""

    text: str = ""
    """Words that must all occur in the line, in any case: in the day, the author, the card or the change."""
    card: str = ""
    """A card's id or a part of its title."""
    author: str = ""
    since: date | None = None
    """The first day that is included."""

    def fits(self, line: HistoryLine, words: Words) -> bool:
        """True if the line matches."""
        change = line.change
        if self.since and line.at.date() < self.since:
            return False
        if self.author and self.author.casefold() != line.author.casefold():
            return False
        if self.card and self.card != change.home and self.card.casefold() not in change.card.casefold():
            return False
        terms = self.text.casefold().split()
        return not terms or _contains_all(terms, change, line, words)


def _contains_all(terms: list[str], change: ChangeText, line: HistoryLine, words: Words) -> bool:
    day = line.at.date()
    shown = " ".join(
        (
            words.day(day),
            day.isoformat(),
            line.author,
            line.who,
            change.card,
            change.sentence,
            change.old,
            change.new,
        )
    ).casefold()
    return all(word in shown for word in terms)


def lines_of(rows: Iterable[Row], formatter: ChangeFormatter) -> Iterator[HistoryLine]:
    """The rows as lines, in their order, within the formatter's scope.

    Best from the newest on, so that the names of removed nodes are known.
    """
    for row in rows:
        pair = _read(row, formatter)
        change = pair and formatter.describe(*pair, step=row.step)
        if change or (pair is None and (change := _unknown(row, formatter))):
            yield _line(row, change, formatter)


def _line(row: Row, change: ChangeText, formatter: ChangeFormatter) -> HistoryLine:
    """The line of a change; one that came later than it was made says when that was."""
    words, made = formatter.words, _made_apart(row)
    change = replace(change, sentence=_with_made(change.sentence, made, words)) if made else change
    who = describe_author(row, formatter.reader, words)
    return HistoryLine(row.number, row.at, row.author, change, made, who, (row.actor, row.origin))


def describe_author(row: Row, reader: str, words: Words) -> str:
    """The author of a change by the name, or as the reader on another device; `reader` is a person's id."""
    is_reader = row.actor != "" and row.actor == reader and row.origin != ""
    return words("history.own_device") if is_reader else row.author


def describe_author_and_time(row: Row, reader: str, words: Words) -> str:
    """The author of a change, and when it was made where it came later; empty where neither is known."""
    who, made = one_line(describe_author(row, reader, words)), _made_apart(row)
    return _with_made(who or "—", made, words) if made else who


def _made_apart(row: Row) -> datetime | None:
    """When a change was made, where that differs from its arrival."""
    return row.made if row.made and abs(row.made - row.at) >= APART else None


def _with_made(what: str, made: datetime, words: Words) -> str:
    return words("change.made", what=what, when=f"{words.day(made.date())} {made:%H:%M}")


def history_lines(
    rows: Iterable[Row], roadmap: Roadmap, words: Words, scope: Scope = WHOLE
) -> tuple[HistoryLine, ...]:
    """The history of a whole roadmap, within a scope; the rows come newest first.

    Each edit of a batch has a line of its own; their number is the same.
    """
    formatter = ChangeFormatter(NodeIndex(roadmap), words, scope)
    return tuple(line for row in rows for line in _each(row, formatter))


def _each(row: Row, formatter: ChangeFormatter) -> Iterator[HistoryLine]:
    pair = _read(row, formatter)
    changes: Iterable[ChangeText]
    if pair is None:
        changes = filter(None, (_unknown(row, formatter),))
    elif isinstance(pair[0], Batch) or _was_made_in_scope(row, formatter):
        changes = formatter.describe_each(*pair, step=row.step)
    else:
        formatter.index.add_edit(*pair)
        return
    yield from (_line(row, change, formatter) for change in changes)


def _was_made_in_scope(row: Row, formatter: ChangeFormatter) -> bool:
    """True if the change was made within the scope; its node may have moved there later."""
    return not row.card or formatter.index.stage(row.card) is None or formatter.is_in_scope(row.card)


def _read(row: Row, formatter: ChangeFormatter) -> tuple[Edit, Edit] | None:
    """The edit and its inverse; None where they are damaged, or of a newer version's kind."""
    formatter.index.add_label(row.node, row.label, row.card)
    try:
        return load_edit(row.edit), load_edit(row.inverse)
    except ValueError:
        return None


def _unknown(row: Row, formatter: ChangeFormatter) -> ChangeText | None:
    """A placeholder for a change that cannot be read."""
    if not formatter.is_in_scope(row.node):
        return None
    return ChangeText("unknown", row.node, "", "", "", sentence=formatter.words("change.unknown"))
