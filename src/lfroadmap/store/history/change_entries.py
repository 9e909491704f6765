"""What people are told of a roadmap's past: its changes, and the moments that were marked in it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple, get_args

from lfroadmap.store.sqlite.file_schema import Change, Moment, MomentKind, StepKind


class ChangeEntry(NamedTuple):
    """One change, as it is told."""

    number: int
    """Its number in the change log; later changes have higher ones, whatever the clock said."""
    at: datetime
    """In local time, aware."""
    author: str
    kind: str
    """Name of the edit's class: `SetField`, `Tick`, `Move`, …"""
    node: str
    attribute: str
    """What of the node changed; `added`, `removed`, `place`, `done`, `title`, `value`, a KPI's column, …"""
    old: object
    new: object
    """What stood there and what came: a text (its first 300 characters), a bool, an id, or None."""
    card: str
    """Id of the card, or else of the stage, that the node is in or is; empty for KPI rows and the roadmap."""
    label: str | None
    """The node's own words at that time; None where they were the template's."""
    undo_of: int | None
    """Number of the change that this one took back or did again."""
    edit: str = ""
    inverse: str = ""
    """The whole of it as JSON, and what takes it back; `codec.load_edit` reads them."""
    step: StepKind | None = None
    """`undo` if it took another change back, `redo` if it took an undo back."""


class MarkedMoment(NamedTuple):
    """A moment that was marked; the roadmap of then is `Past.at(mark.change)`."""

    id: int
    at: datetime
    author: str
    kind: MomentKind
    name: str
    """What a person called it; empty for those that were made by themselves."""
    change: int


def entry(change: Change, step: StepKind | None = None) -> ChangeEntry:
    """A row of the change log as it is told."""
    return ChangeEntry(
        change.seq, moment(change.at), _text(change.author), _text(change.kind), _text(change.node),
        _text(change.attribute), value(change.old), value(change.new),
        _text(change.card), change.label and _text(change.label), _number(change.undo_of),
        _text(change.edit), _text(change.inverse), step,
    )  # fmt: skip


def _text(held: object) -> str:
    """A text as it is; a damaged row may hold anything."""
    return held if isinstance(held, str) else ""


def _number(held: object) -> int | None:
    """A number as it is."""
    return held if isinstance(held, int) else None


def mark(row: Moment) -> MarkedMoment | None:
    """A row of the moments as it is told; None for a damaged one, which marks no moment."""
    if row.kind not in get_args(MomentKind) or not isinstance(row.change, int):
        return None
    return MarkedMoment(row.id, moment(row.at), _text(row.author), row.kind, _text(row.name), row.change)


def moment(milliseconds: int) -> datetime:
    """Local time for milliseconds since 1970; the nearest that there is for what no clock shows."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000).astimezone()
    except (OverflowError, OSError, TypeError, ValueError):  # a damaged row may hold anything
        return datetime.fromtimestamp(0).astimezone()


def milliseconds(at: datetime) -> int:
    """Milliseconds since 1970; a time without a zone is local."""
    return int(at.timestamp() * 1000)


def value(held: str | None) -> object:
    """An old or new value out of its row; None where there is none, or it cannot be read."""
    try:
        loaded = None if held is None else json.loads(held)
    except (TypeError, ValueError, RecursionError):
        return None
    return loaded if type(loaded) in (str, bool) else None
