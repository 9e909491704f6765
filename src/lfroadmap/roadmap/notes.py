"""Notes of cards and tasks: making one, their order, and their form in the cell of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime

from lfroadmap.roadmap.model import Note
from lfroadmap.roadmap.progress import iso_day

_HEAD = re.compile(r"'?(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?(?: ([^:\n]*))?: ?(.*)", re.ASCII | re.DOTALL)
"""The first line of a note in a cell: `2026-03-15 09:30 Dana: text`, as `cell_of` writes it."""
BETWEEN = "\x1d"
"""Between the notes of several columns in one cell."""
_JIRA = re.compile(r"(\d\d/[A-Za-z]{3}/\d\d \d{1,2}:\d\d [AP]M);([^;\n]*);(.*)", re.ASCII | re.DOTALL)
"""A comment as Jira writes it: `01/Feb/26 10:00 AM;dana;text`."""
_INDENT = "  "
"""Before every further line of a note in a cell."""
_INDENTED = re.compile("^'?  ")


def new_note(note_id: str, text: str, author: str, at: datetime) -> Note:
    """A note that `author` writes at an aware time."""
    return Note(note_id, text.strip(), author, utc_time(at))


def utc_time(at: datetime) -> str:
    """An aware time as notes and readings store it: `YYYY-MM-DDTHH:MM:SS.sssZ`."""
    return _utc(at, "milliseconds")


def _utc(at: datetime, exactness: str) -> str:
    return at.astimezone(UTC).isoformat(timespec=exactness).replace("+00:00", "Z")


def newest_first(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes in the order in which they are shown; those of the same time as they stand."""
    return tuple(sorted(notes, key=lambda note: note.time, reverse=True))


def written(note: Note) -> tuple[date | None, str]:
    """The day of a note and its clock time, `HH:MM`, where the reader is; None and empty where unknown."""
    if iso_day(note.time) or not note.time.endswith("Z"):
        return iso_day(note.time), ""
    try:
        at = datetime.fromisoformat(note.time).astimezone()
    except (ValueError, OverflowError, OSError):
        return None, ""
    return at.date(), f"{at:%H:%M}"


def cell_of(notes: Iterable[Note]) -> str:
    """The notes as the text of one cell, the newest first; `notes_in` reads it."""
    return "\n".join(map(_entry, newest_first(notes)))


def _entry(note: Note) -> str:
    day, clock = written(note)
    head = " ".join(part for part in (day.isoformat() if day else "", clock, _name(note.author)) if part)
    lines = (note.text or "").split("\n")
    first = f"{head}: {lines[0]}" if day else lines[0]
    return "\n".join((first, *(f"{_INDENT}{line}" for line in lines[1:])))


def _name(author: str) -> str:
    """A name that a colon does not end."""
    return " ".join(author.replace(":", " ").split())


def notes_in(cell: str, new_id: Callable[[], str], today: date) -> Iterator[Note]:
    """The notes in a cell; a text that is not ours is one note, of today and of an unknown author."""
    for part in cell.split(BETWEEN):
        texts: list[list[str]] = []
        for line in part.strip().split("\n"):
            if not texts or _is_head(line):
                texts.append([line])
            else:
                texts[-1].append(line)
        for lines in texts:
            if text := "\n".join(lines).strip():
                yield _note(text, new_id(), today)


def _is_head(line: str) -> bool:
    found = _HEAD.fullmatch(line)
    return found is not None and iso_day(found[1]) is not None


def _note(text: str, note_id: str, today: date) -> Note:
    if found := _JIRA.fullmatch(text):
        return Note(note_id, found[3].strip(), found[2].strip(), _jira_time(found[1]) or today.isoformat())
    if not _is_head(text.split("\n", maxsplit=1)[0]):
        return Note(note_id, text, "", today.isoformat())
    found = _HEAD.fullmatch(text)
    assert found is not None
    first, *rest = found[4].split("\n")
    whole = "\n".join((first, *(_INDENTED.sub("", line) for line in rest)))
    return Note(note_id, whole.strip(), (found[3] or "").strip(), _time(found[1], found[2]))


def _jira_time(typed: str) -> str:
    try:
        return _utc(datetime.strptime(typed, "%d/%b/%y %I:%M %p"), "seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def _time(day: str, clock: str | None) -> str:
    """The time of a note that was written on a day where the reader is."""
    if clock is None:
        return day
    try:
        return _utc(datetime.fromisoformat(f"{day} {clock}"), "seconds")
    except (ValueError, OverflowError, OSError):
        return day
