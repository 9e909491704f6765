"""The entries of a roadmap's history: its changes and its marked moments."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple, get_args

from lfroadmap.store.sqlite.file_schema import Change, Moment, MomentKind, StepKind


class ChangeEntry(NamedTuple):
    """One change, for people."""

    number: int
    """Its number in the change log; later changes have higher ones, regardless of the clock."""
    at: datetime
    """In local time, aware."""
    author: str
    kind: str
    """Name of the edit's class: `SetField`, `Tick`, `Move`, …"""
    node: str
    attribute: str
    """The changed attribute: `added`, `removed`, `place`, `done`, `title`, `value`, a KPI's column, …"""
    old: object
    new: object
    """The value before and after: a text (its first 300 characters), a bool, an id, or None."""
    card: str
    """Id of the card, or else of the stage, that the node is in or is; empty for KPI rows and the roadmap."""
    label: str | None
    """The node's own text at that time; None where it was the template's."""
    undo_of: int | None
    """Number of the change that this one undid or redid."""
    edit: str = ""
    inverse: str = ""
    """The full edit as JSON, and its inverse; `codec.load_edit` reads them."""
    step: StepKind | None = None
    """`undo` if it undid another change, `redo` if it undid an undo."""
    origin: str = ""
    """Id of the device that it was merged from; empty: made in this file."""
    made: datetime | None = None
    """When its author made it, in local time; None: at the same time as `at`, when it came into the file."""
    actor: str = ""
    """Id of the person; empty where it is unknown."""


class MarkedMoment(NamedTuple):
    """A marked moment; its roadmap is `TimeTravel.at(moment.change)`."""

    id: int
    at: datetime
    author: str
    kind: MomentKind
    name: str
    """The name given by a person; empty for automatic ones."""
    change: int


def change_entry(change: Change, step: StepKind | None = None) -> ChangeEntry:
    """The entry for a row of the change log."""
    return ChangeEntry(
        change.seq, local_time(change.at), _text(change.author), _text(change.kind), _text(change.node),
        _text(change.attribute), parse_value(change.old), parse_value(change.new),
        _text(change.card), change.label and _text(change.label), _number(change.undo_of),
        _text(change.edit), _text(change.inverse), step, _text(change.origin),
        None if change.made is None else local_time(change.made), _text(change.actor),
    )  # fmt: skip


def _text(item: object) -> str:
    """A text as it is; empty where a damaged row has another type."""
    return item if isinstance(item, str) else ""


def _number(item: object) -> int | None:
    """A number as it is; None for another type."""
    return item if isinstance(item, int) else None


def marked_moment(row: Moment) -> MarkedMoment | None:
    """The entry for a row of the moments; None for a damaged row."""
    if row.kind not in get_args(MomentKind) or not isinstance(row.change, int):
        return None
    return MarkedMoment(row.id, local_time(row.at), _text(row.author), row.kind, _text(row.name), row.change)


def local_time(milliseconds: int) -> datetime:
    """Local time for milliseconds since 1970; the epoch for values out of range."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000).astimezone()
    except (OverflowError, OSError, TypeError, ValueError):  # a damaged row can have any value
        return datetime.fromtimestamp(0).astimezone()


def milliseconds(at: datetime) -> int:
    """Milliseconds since 1970; a time without a zone is local."""
    return int(at.timestamp() * 1000)


def parse_value(item: str | None) -> object:
    """An old or new value from its column; None where there is none, or it cannot be read."""
    try:
        loaded = None if item is None else json.loads(item)
    except (TypeError, ValueError, RecursionError):
        return None
    return loaded if type(loaded) in (str, bool) else None
